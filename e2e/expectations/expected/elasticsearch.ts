import { DescribeElasticsearchDomainCommand } from "@aws-sdk/client-elasticsearch-service";
import type { Client } from "../../../config/client";
import type { Workspace } from "../../harness/workspace";
import type { World } from "../../harness/world";
import { equal } from "../equal";
import { ec2Role } from "./iam";
import { statementsOf } from "./statements";

/** Compares the domain's options and its access policy with the client file and the runbook. */
export async function expectElasticsearch(world: World, client: Client, workspace: Workspace): Promise<void> {
  const { elasticsearch: expected, region, accountId } = client;
  if (!expected) {
    return;
  }
  const { domainName, version, instanceType, volumeGiB, encrypted, snapshotHourUtc } = expected;
  const { DomainStatus: domain } = await world.es.send(
    new DescribeElasticsearchDomainCommand({ DomainName: domainName }),
  );
  const { ElasticsearchClusterConfig: cluster, EBSOptions: ebs } = domain ?? {};
  equal(
    `domain ${domainName}`,
    {
      version: domain?.ElasticsearchVersion,
      nodes: [cluster?.InstanceCount, cluster?.InstanceType],
      dedicatedMaster: cluster?.DedicatedMasterEnabled,
      zoneAwareness: cluster?.ZoneAwarenessEnabled,
      volume: [ebs?.EBSEnabled, ebs?.VolumeType, ebs?.VolumeSize],
      snapshotHour: domain?.SnapshotOptions?.AutomatedSnapshotStartHour,
      advancedOption: domain?.AdvancedOptions?.["rest.action.multi.allow_explicit_index"],
      encrypted: [
        domain?.EncryptionAtRestOptions?.Enabled ?? false,
        domain?.NodeToNodeEncryptionOptions?.Enabled ?? false,
      ],
      httpsOnly: domain?.DomainEndpointOptions?.EnforceHTTPS,
      logs: Object.keys(domain?.LogPublishingOptions ?? {}),
    },
    {
      version,
      nodes: [1, instanceType],
      dedicatedMaster: false,
      zoneAwareness: false,
      volume: [true, "gp2", volumeGiB],
      snapshotHour: snapshotHourUtc,
      advancedOption: "true",
      encrypted: [encrypted, encrypted],
      httpsOnly: true,
      logs: expected.applicationLogs ? ["ES_APPLICATION_LOGS"] : [],
    },
  );
  const arn = `arn:aws:es:${region}:${accountId}:domain/${domainName}`;
  const allow = (principal: string, action: string) => ({
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${accountId}:${principal}` },
    Action: action,
    Resource: `${arn}/*`,
  });
  equal(`access policy of ${domainName}`, statementsOf(domain?.AccessPolicies), [
    allow(`user/${client.names.elasticsearchUser}`, "es:*"),
    allow(`role/${ec2Role(client)}`, "es:ESHttp*"),
  ]);
  equal(
    "output elasticsearch_endpoint",
    (await workspace.outputs()).elasticsearch_endpoint,
    domain?.Endpoint ?? domain?.Endpoints?.vpc,
  );
}

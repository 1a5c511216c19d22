import { CreateElasticsearchDomainCommand } from "@aws-sdk/client-elasticsearch-service";
import type { ByHandClient } from "../runbook-by-hand";
import type { World } from "../world";

/**
 * The Elasticsearch domain (runbook, ElasticSearch).
 * @returns its name
 */
export async function domainByHand({ es, region, accountId }: World, { name }: ByHandClient): Promise<string> {
  const domainName = `${name}-analytics-es`;
  await es.send(
    new CreateElasticsearchDomainCommand({
      DomainName: domainName,
      ElasticsearchVersion: "1.5",
      ElasticsearchClusterConfig: {
        InstanceCount: 1,
        InstanceType: "t2.small.elasticsearch",
        DedicatedMasterEnabled: false,
        ZoneAwarenessEnabled: false,
      },
      EBSOptions: { EBSEnabled: true, VolumeType: "gp2", VolumeSize: 10 },
      SnapshotOptions: { AutomatedSnapshotStartHour: 0 },
      AdvancedOptions: { "rest.action.multi.allow_explicit_index": "true" },
      AccessPolicies: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: [`arn:aws:iam::${accountId}:user/analytics_elasticsearch`] },
            Action: ["es:*"],
            Resource: `arn:aws:es:${region}:${accountId}:domain/${domainName}/*`,
          },
        ],
      }),
    }),
  );
  return domainName;
}

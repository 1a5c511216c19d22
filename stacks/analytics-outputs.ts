import type { IamAccessKey } from "@cdktf/provider-aws/lib/iam-access-key";
import type { Client } from "../config/client";
import type { AnalyticsDatabase } from "../modules/analytics-database";
import type { AnalyticsHosts } from "../modules/analytics-hosts";
import type { DataBuckets } from "../modules/data-buckets";
import type { IDirector } from "../modules/director";
import type { EdxappDatabase } from "../modules/edxapp-database";
import type { ElasticsearchDomain } from "../modules/elasticsearch-domain";
import { emrRoleNames } from "../modules/emr-role-names";
import { EmrSecurityGroups, type IEmrSecurityGroups } from "../modules/emr-security-groups";
import type { GradesDownload } from "../modules/grades-download";
import type { INetwork } from "../modules/interfaces";
import type { LoadBalancer } from "../modules/load-balancer";
import type { ReportsUser } from "../modules/reports-user";
import type { UbuntuHost } from "../modules/ubuntu-host";
import type { ClientStack } from "./client-stack";

interface AnalyticsOutputsProps {
  readonly client: Client;
  readonly network: INetwork;
  /** Subnet of EMR's clusters. */
  readonly emrSubnetId: string;
  readonly director: IDirector;
  readonly hosts: AnalyticsHosts;
  /** @default - the stack has none */
  readonly loadBalancer?: LoadBalancer;
  readonly emr: IEmrSecurityGroups;
  readonly database: AnalyticsDatabase;
  readonly edxappDatabase: EdxappDatabase;
  readonly buckets: DataBuckets;
  readonly gradesDownload: GradesDownload;
  /** @default - the client has no problem response reports */
  readonly reportsUser?: ReportsUser;
  /** @default - the release has no Elasticsearch */
  readonly search?: ElasticsearchDomain;
  /** @default - the release has no Elasticsearch */
  readonly searchKey?: IamAccessKey;
}

/** What the six configuration files and the next operator need of a client's stack. */
export function writeOutputs(stack: ClientStack, props: AnalyticsOutputsProps): void {
  writeHosts(stack, props);
  writeLoadBalancer(stack, props);
  writeEmr(stack, props);
  writeDatabases(stack, props);
  writeBuckets(stack, props);
  const { search, searchKey, reportsUser, gradesDownload } = props;
  if (search && searchKey) {
    stack.output("elasticsearch_endpoint", {
      description: "Host name of the Elasticsearch domain, without scheme",
      value: search.endpoint,
    });
    writeAccessKey(stack, "elasticsearch", "analytics_elasticsearch, for vars-analytics.yml", searchKey, props);
  }
  if (reportsUser) {
    writeAccessKey(stack, "reports", "analytics_reports, for vars-analytics.yml", reportsUser.accessKey, props);
  }
  stack.output("grades_download_policy", {
    description: "The grades-download statement, for a bucket owner who adds it by hand",
    value: gradesDownload.bucketPolicyJson,
  });
}

function writeHosts(
  stack: ClientStack,
  { client, network, emrSubnetId, director, hosts }: AnalyticsOutputsProps,
): void {
  stack.output("region", { description: "AWS region of everything", value: client.region });
  stack.output("vpc_id", { description: "VPC of hosts, database and EMR clusters", value: network.vpcId });
  stack.output("subnet_id", { description: "vpc_subnet_id of emr-vars.yml", value: emrSubnetId });
  stack.output("elastic_ip", {
    description: "Address of Insights, on the active iteration's host; for its DNS record",
    value: hosts.elasticIp,
  });
  stack.output("active_hosts", { description: "Iteration that has the Elastic IP", value: client.hosts.active });
  stack.output("hosts", {
    description: "Hosts by iteration and service: instance id and private address, which the director reaches",
    value: Object.fromEntries(
      Object.entries(hosts.iterations).map(([key, { insights, api, jenkins }]) => [
        key,
        { insights: addresses(insights), api: addresses(api), jenkins: addresses(jenkins) },
      ]),
    ),
  });
  stack.output("key_pair_name", { description: "keypair_name of emr-vars.yml", value: hosts.keyPairName });
  stack.output("analytics_security_group_id", {
    description: "Group of the analytics hosts",
    value: hosts.securityGroup.securityGroupId,
  });
  stack.output("director_security_group_id", {
    description: "Group of the director, which may SSH to the analytics hosts",
    value: director.securityGroup.securityGroupId,
  });
  if (director.host) {
    stack.output("director_public_ip", { description: "Address to SSH to", value: director.host.publicIp });
    if (client.sessionManager?.reaches) {
      stack.output("director_instance_id", {
        description: "What Session Manager reaches the director by",
        value: director.host.instanceId,
      });
    }
  }
}

function writeLoadBalancer(stack: ClientStack, { client, loadBalancer }: AnalyticsOutputsProps): void {
  if (loadBalancer === undefined) {
    return;
  }
  stack.output("load_balancer_dns_name", {
    description: "AWS's name of the load balancer before Insights; for the DNS record of Insights",
    value: loadBalancer.dnsName,
  });
  if (client.dns === undefined) {
    stack.output("certificate_validation_record", {
      description: "DNS record by which AWS issues the load balancer's certificate, to be made by hand",
      value: loadBalancer.validation,
    });
  }
}

function writeEmr(stack: ClientStack, { client, emr }: AnalyticsOutputsProps): void {
  stack.output("emr_release_label", {
    description: "release_label of emr-vars.yml",
    value: client.emr.releaseLabel,
  });
  stack.output("emr_service_role", {
    description: "EMR's service role, the only one that the edX playbook takes",
    value: emrRoleNames.service,
  });
  stack.output("emr_ec2_role", {
    description: "role of emr-vars.yml: instance profile and role of EMR's instances",
    value: client.emr.ec2RoleName ?? emrRoleNames.ec2,
  });
  const additional = emr instanceof EmrSecurityGroups ? [] : [emr];
  stack.output("emr_additional_master_security_groups", {
    description: "additional_master_security_groups of emr-vars.yml; empty where the client has EMR's groups to itself",
    value: additional.map(({ master }) => master.securityGroupId),
  });
  stack.output("emr_additional_slave_security_groups", {
    description: "additional_slave_security_groups of emr-vars.yml; empty where the client has EMR's groups to itself",
    value: additional.map(({ slave }) => slave.securityGroupId),
  });
}

function writeDatabases(stack: ClientStack, { client, database, edxappDatabase }: AnalyticsOutputsProps): void {
  stack.output("active_database", {
    description: "Iteration that hosts and configuration files point to",
    value: client.database.active,
  });
  stack.output("databases", {
    description:
      "RDS instances by iteration: identifier, host name, port, master user and the secret that holds its password",
    value: Object.fromEntries(
      Object.entries(database.iterations).map(([key, instance]) => [
        key,
        {
          identifier: instance.identifier,
          address: instance.address,
          port: instance.port,
          master_user: instance.username,
          // Left out where the instance keeps a password that RDS does not manage.
          ...(key in database.masterSecretArns && { master_secret_arn: database.masterSecretArns[key] }),
        },
      ]),
    ),
  });
  stack.output("emr_rds_security_group_id", {
    description: "EMR RDS, the group of the analytics RDS, to be added to the edxapp RDS",
    value: database.securityGroup.securityGroupId,
  });
  stack.output("edxapp_database", {
    description: "The edxapp server: host name, port and MySQL user",
    value: { address: edxappDatabase.address, port: edxappDatabase.port, user: client.edxapp.database.user },
  });
  // With rules in the server's own group it would get a second one, and the next plan would not know which has them.
  if (client.edxapp.database.access === "print") {
    stack.output("edxapp_database_attach_command", {
      description: "Adds EMR RDS to the edxapp RDS's groups; it names the whole list, which the call replaces",
      value: edxappDatabase.attachCommand,
    });
  }
}

function writeBuckets(stack: ClientStack, { client, buckets }: AnalyticsOutputsProps): void {
  const names = {
    tracking_logs: [buckets.trackingLogs, "Tracking logs of the LMS"],
    emr: [buckets.emr, "EMR provisioning"],
    emr_logs: [buckets.emrLogs, "EMR's logs"],
    edxanalytics: [buckets.edxanalytics, "Pipeline configuration and data"],
    hadoop: [buckets.hadoop, "Hive and Hadoop data"],
    api_reports: [buckets.apiReports, "Problem response reports, AWS_STORAGE_BUCKET_NAME of vars-analytics.yml"],
  } as const;
  for (const [key, [bucket, description]] of Object.entries(names)) {
    if (bucket) {
      stack.output(`${key}_bucket`, { description, value: bucket.bucketName });
    }
  }
  stack.output("grades_bucket", {
    description: "EDXAPP_GRADE_BUCKET, edxapp's bucket that grades-download is in",
    value: client.edxapp.gradesBucket.name,
  });
}

function writeAccessKey(
  stack: ClientStack,
  prefix: string,
  whose: string,
  accessKey: IamAccessKey,
  { client }: AnalyticsOutputsProps,
): void {
  stack.output(`${prefix}_access_key_id`, { description: `Access key id of ${whose}`, value: accessKey.id });
  if (client.pgpKey === undefined) {
    stack.output(`${prefix}_secret_access_key`, {
      description: `Secret access key of ${whose}`,
      value: accessKey.secret,
      sensitive: true,
    });
  } else {
    stack.output(`${prefix}_encrypted_secret_access_key`, {
      description: `Secret access key of ${whose}, encrypted with the client's PGP key, base64`,
      value: accessKey.encryptedSecret,
    });
  }
}

/** Without the public address: the Elastic IP takes its place after the apply, and the next plan would show a change. */
function addresses(host: UbuntuHost) {
  return { instance_id: host.instanceId, private_ip: host.privateIp };
}

import type { Client, DatabaseIteration } from "../config/client";
import { isExisting } from "../config/existing";
import { type Outputs, readOutputs } from "../handoff/config-files/outputs";
import { secretEntries } from "../handoff/config-files/secrets";
import { Sources, type SourcesProps } from "../handoff/config-files/sources";

/** What `terraform output -json` would print of a client's stack, made up of the client's file: a synth would take long. */
export function outputJson(client: Client): string {
  const { name, region, edxapp, pgpKey } = client;
  const { trackingLogs, emr, emrLogs, edxanalytics, hadoop, apiReports } = client.buckets;
  const database = ({ identifier, masterUser, masterLogin }: DatabaseIteration) => ({
    identifier,
    address: `${identifier}.cdefg.${region}.rds.amazonaws.com`,
    port: 3306,
    master_user: masterUser,
    ...(masterLogin === undefined && {
      master_secret_arn: `arn:aws:secretsmanager:${region}:${client.accountId}:secret:${identifier}`,
    }),
  });
  const host = (id: string) => ({ instance_id: `i-${id}`, private_ip: `${id}.private` });
  const groups = client.sharedStack === undefined ? [] : ["sg-0a1b2c3d4e5f60718"];
  const accessKey = (owner: string) => ({
    [`${owner}_access_key_id`]: `AKIA-${owner}`,
    [`${owner}_${pgpKey === undefined ? "" : "encrypted_"}secret_access_key`]: `secret-${owner}`,
  });
  const outputs = {
    region,
    vpc_id: "vpc-0a1b2c3d4e5f60718",
    subnet_id: "subnet-0a1b2c3d4e5f60718",
    elastic_ip: "192.0.2.1",
    ...(client.loadBalancer && {
      load_balancer_dns_name: `${client.loadBalancer.name}-1234.${region}.elb.amazonaws.com`,
      ...(client.dns === undefined && {
        certificate_validation_record: {
          name: `_a1.${client.loadBalancer.hostName}.`,
          type: "CNAME",
          value: "_b2.acm-validations.aws.",
        },
      }),
    }),
    active_hosts: client.hosts.active,
    hosts: Object.fromEntries(
      client.hosts.iterations.map(({ key, layout }) => [
        key,
        Object.fromEntries(
          ["insights", "api", "jenkins"].map((service) => [
            service,
            host(layout === "single" ? key : `${key}-${service}`),
          ]),
        ),
      ]),
    ),
    key_pair_name: `${name}-analytics`,
    analytics_security_group_id: "sg-0a1b2c3d4e5f60719",
    director_security_group_id: "sg-0a1b2c3d4e5f6071a",
    ...(!isExisting(client.director) && client.sessionManager && { director_instance_id: "i-director" }),
    ...(!isExisting(client.director) && { director_public_ip: "192.0.2.2" }),
    emr_release_label: client.emr.releaseLabel,
    emr_service_role: "EMR_DefaultRole",
    emr_ec2_role: "EMR_EC2_DefaultRole",
    emr_additional_master_security_groups: groups,
    emr_additional_slave_security_groups: groups,
    active_database: client.database.active,
    databases: Object.fromEntries(client.database.iterations.map((iteration) => [iteration.key, database(iteration)])),
    emr_rds_security_group_id: "sg-0a1b2c3d4e5f6071b",
    edxapp_database: { address: "edxapp.example.org", port: 3306, user: edxapp.database.user },
    ...(edxapp.database.access === "print" && { edxapp_database_attach_command: "aws rds modify-db-instance" }),
    tracking_logs_bucket: trackingLogs?.name,
    emr_bucket: emr?.name,
    emr_logs_bucket: (emrLogs ?? emr)?.name,
    edxanalytics_bucket: edxanalytics?.name,
    hadoop_bucket: (hadoop ?? edxanalytics)?.name,
    ...(apiReports && { api_reports_bucket: apiReports.name, ...accessKey("reports") }),
    grades_bucket: edxapp.gradesBucket.name,
    ...(client.elasticsearch && {
      elasticsearch_endpoint: `search-${name}-abcdef.${region}.es.amazonaws.com`,
      ...accessKey("elasticsearch"),
    }),
    grades_download_policy: "{}",
  };
  return JSON.stringify(Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, { value }])));
}

/** The same, as the files are rendered from it. */
export function outputsOf(client: Client): Outputs {
  return readOutputs(outputJson(client), client);
}

/** A private key in the form that Jenkins' agent reads. */
export const privateKey = "-----BEGIN RSA PRIVATE KEY-----\nsecret-jenkinsPrivateKey\n-----END RSA PRIVATE KEY-----\n";

/** Sources with a secret of its own name for each parameter. */
export function sourcesOf(client: Client, props: Partial<SourcesProps> = {}): Sources {
  const secrets = {
    ...Object.fromEntries(secretEntries.map(([key]) => [key, `secret-${key}`])),
    jenkinsPrivateKey: privateKey,
  };
  const accessKeys = { elasticsearch: "secret-elasticsearch", reports: "secret-reports" };
  return new Sources({ client, outputs: props.outputs ?? outputsOf(client), secrets, accessKeys, ...props });
}

import { DescribeKeyPairsCommand, DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import { DescribeElasticsearchDomainCommand } from "@aws-sdk/client-elasticsearch-service";
import { GetInstanceProfileCommand } from "@aws-sdk/client-iam";
import { DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Client } from "../../config/client";
import { bucketExists, defaultVpc } from "../harness/before";
import type { ReadFiles } from "../harness/config-files";
import { passwordOf } from "../harness/mysql-passwords";
import type { World } from "../harness/world";
import { equal, holds } from "./equal";

/** Follows what the six files say into AWS: what each value names exists, and each key opens what it is for. */
export async function expectFollowed(world: World, client: Client, files: ReadFiles): Promise<void> {
  await followDatabases(world, client, files);
  await followElasticsearch(world, client, files);
  await followReports(world, files);
  await followEmr(world, files);
  await followBuckets(world, files);
}

async function followDatabases(world: World, client: Client, files: ReadFiles): Promise<void> {
  const { name, edxapp } = client;
  const server = async (identifier: string) => {
    const { DBInstances } = await world.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier }));
    const { Address: host, Port } = DBInstances?.[0]?.Endpoint ?? {};
    return { host, port: String(Port) };
  };
  const active = client.database.iterations.find(({ key }) => key === client.database.active);
  const analytics = {
    ...(await server(active?.identifier as string)),
    username: "analytics",
    password: await passwordOf(world, name, "analytics"),
  };
  equal("edxanalytics_creds", files["analytics-tasks/edxanalytics_creds"], analytics);
  equal("edxapp_creds", files["analytics-tasks/edxapp_creds"], {
    ...(await server(edxapp.database.identifier as string)),
    username: "edxapp_ro",
    password: await passwordOf(world, name, "edxapp_ro"),
  });
  const vars = files["vars-analytics.yml evaluated"];
  for (const [database, settings] of [
    ["analytics-api", vars.ANALYTICS_API_DATABASES.default],
    ["reports", vars.ANALYTICS_API_DATABASES.reports],
    ["dashboard", vars.INSIGHTS_DATABASES.default],
  ]) {
    equal(`Django's database ${database}`, settings, {
      ENGINE: "django.db.backends.mysql",
      NAME: database,
      USER: analytics.username,
      PASSWORD: analytics.password,
      HOST: analytics.host,
      PORT: "3306",
    });
  }
  equal(
    "the migration user",
    [vars.COMMON_MYSQL_MIGRATE_USER, vars.COMMON_MYSQL_MIGRATE_PASS],
    [edxapp.database.user, await passwordOf(world, name, "migration")],
  );
}

async function followElasticsearch(world: World, client: Client, files: ReadFiles): Promise<void> {
  const vars = files["vars-analytics.yml evaluated"];
  const { DomainStatus } = await world.es.send(
    new DescribeElasticsearchDomainCommand({ DomainName: `${client.name}-analytics-es` }),
  );
  equal("LEARNERS_HOST", vars.ANALYTICS_API_ELASTICSEARCH_LEARNERS_HOST, `https://${DomainStatus?.Endpoint}`);
  equal(
    "[elasticsearch] host",
    files["analytics-tasks/analytics-override.cfg"].elasticsearch.host,
    DomainStatus?.Endpoint,
  );
  const sts = new STSClient({
    endpoint: world.endpoint,
    region: vars.ANALYTICS_API_ELASTICSEARCH_CONNECTION_DEFAULT_REGION,
    credentials: {
      accessKeyId: vars.ANALYTICS_API_ELASTICSEARCH_AWS_ACCESS_KEY_ID,
      secretAccessKey: vars.ANALYTICS_API_ELASTICSEARCH_AWS_SECRET_ACCESS_KEY,
    },
  });
  const { Arn } = await world.enforcingIam(() => sts.send(new GetCallerIdentityCommand({})));
  equal("whose key it is", Arn, `arn:aws:iam::${client.accountId}:user/${client.names.elasticsearchUser}`);
}

async function followReports(world: World, files: ReadFiles): Promise<void> {
  const backend = files["vars-analytics.yml evaluated"].ANALYTICS_API_REPORT_DOWNLOAD_BACKEND;
  const s3 = new S3Client({
    endpoint: world.endpoint,
    region: world.region,
    forcePathStyle: true,
    credentials: { accessKeyId: backend.AWS_ACCESS_KEY_ID, secretAccessKey: backend.AWS_SECRET_ACCESS_KEY },
  });
  await world.enforcingIam(() => s3.send(new ListObjectsV2Command({ Bucket: backend.AWS_STORAGE_BUCKET_NAME })));
}

async function followEmr(world: World, files: ReadFiles): Promise<void> {
  const emr = files["analytics-tasks/emr-vars.yml evaluated"];
  const environment = files["analytics-tasks/jenkins_env"];
  const { Subnets } = await world.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [emr.vpc_subnet_id] }));
  equal("the subnet's VPC", Subnets?.[0]?.VpcId, (await defaultVpc(world)).id);
  await world.ec2.send(new DescribeKeyPairsCommand({ KeyNames: [emr.keypair_name] }));
  await world.iam.send(new GetInstanceProfileCommand({ InstanceProfileName: emr.role }));
  equal("the cluster's name", emr.name, environment.CLUSTER_NAME);
  equal("regions", [emr.region, environment.AWS_REGION], [world.region, world.region]);
  equal(
    "the script runner",
    [environment.SCRIPT_RUNNER_JAR_S3_URL, emr.steps[0].jar, emr.steps[1].jar],
    Array(3).fill(`s3://${world.region}.elasticmapreduce/libs/script-runner/script-runner.jar`),
  );
  equal("task instances", emr.client_instance_groups.task, {
    num_instances: "2",
    type: "m4.large",
    market: "ON_DEMAND",
  });
}

/** Every bucket that is named anywhere exists, but for AWS's own. */
async function followBuckets(world: World, files: ReadFiles): Promise<void> {
  const named = new Set(
    [...JSON.stringify(files).matchAll(/s3:\/\/([a-z0-9.-]+)/g)].map(([, bucket]) => bucket as string),
  );
  named.delete(`${world.region}.elasticmapreduce`);
  holds("buckets are named", named.size >= 4);
  for (const bucket of named) {
    holds(`bucket ${bucket} exists`, await bucketExists(world, bucket));
  }
}

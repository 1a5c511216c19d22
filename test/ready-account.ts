import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeResourcePoliciesCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeAddressesCommand,
  DescribeImagesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeKeyPairsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  DescribeElasticsearchDomainCommand,
  ElasticsearchServiceClient,
  type ESPartitionInstanceType,
  ListElasticsearchInstanceTypesCommand,
} from "@aws-sdk/client-elasticsearch-service";
import { GetUserCommand, IAMClient, ListPoliciesCommand } from "@aws-sdk/client-iam";
import {
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
  DescribeOrderableDBInstanceOptionsCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { GetBucketPolicyCommand, HeadBucketCommand, HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import { DescribeParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { mockClient } from "aws-sdk-client-mock";
import { preflight } from "../cli/preflight";
import { resourcesOf } from "../cli/stack-resources";
import { admissionOf } from "../cli/state/admission";
import { comparePolicy } from "../cli/state/policy";
import type { Described } from "../config/client";
import type { StackResources } from "../resources/stack-resources";
import { clientOf, type Overrides } from "./client-files";
import { fakeTerminal } from "./fake-terminal";

export const sts = mockClient(STSClient);
export const ec2 = mockClient(EC2Client);
export const iam = mockClient(IAMClient);
export const logs = mockClient(CloudWatchLogsClient);
export const rds = mockClient(RDSClient);
export const s3 = mockClient(S3Client);
export const elasticsearch = mockClient(ElasticsearchServiceClient);
export const ssm = mockClient(SSMClient);
export const quotas = mockClient(ServiceQuotasClient);

const vpc = { VpcId: "vpc-0a1b2c3d", CidrBlock: "172.31.0.0/16" };
export const subnets = ["a", "b"].map((letter) => ({
  SubnetId: `subnet-0a1b2c3${letter}`,
  AvailabilityZone: `eu-west-1${letter}`,
  CidrBlock: "172.31.0.0/20",
  VpcId: vpc.VpcId,
}));
const internetRoute = { DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-0a1b2c3d" };
/** Tags of what example manages. */
export const ownTags = [
  { Key: "Project", Value: "edx-analytics" },
  { Key: "Client", Value: "example" },
];

/** An error as AWS raises it. */
export function failing(name: string, status = 404) {
  return Object.assign(new Error(`the ${name}`), { name, $metadata: { httpStatusCode: status } });
}

/** An account that example can be deployed to. */
export function readyAccount(): void {
  for (const client of [sts, ec2, iam, logs, rds, s3, elasticsearch, ssm, quotas]) {
    client.reset();
  }
  sts
    .on(GetCallerIdentityCommand)
    .resolves({ Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/operator" });

  ec2.on(DescribeVpcsCommand).resolves({ Vpcs: [vpc] });
  ec2
    .on(DescribeVpcAttributeCommand)
    .resolves({ EnableDnsHostnames: { Value: true }, EnableDnsSupport: { Value: true } });
  ec2.on(DescribeSubnetsCommand).resolves({ Subnets: subnets });
  ec2.on(DescribeRouteTablesCommand).resolves({ RouteTables: [{ RouteTableId: "rtb-1", Routes: [internetRoute] }] });
  ec2.on(DescribeSecurityGroupsCommand).resolves({ SecurityGroups: [] });
  ec2.on(DescribeKeyPairsCommand).rejects(failing("InvalidKeyPair.NotFound"));
  ec2
    .on(DescribeImagesCommand)
    .resolves({ Images: [{ ImageId: "ami-0a1b2c3d", CreationDate: "2025-05-01T00:00:00Z", Architecture: "x86_64" }] });
  ec2.on(DescribeInstanceTypeOfferingsCommand).resolves({ InstanceTypeOfferings: [{}] });
  ec2.on(DescribeAddressesCommand).resolves({ Addresses: [{}] });

  iam.rejects(failing("NoSuchEntityException"));
  iam.on(ListPoliciesCommand).resolves({ Policies: [] });
  iam.on(GetUserCommand, { UserName: "edxapp" }).resolves({
    User: {
      Path: "/",
      UserName: "edxapp",
      UserId: "AIDA",
      Arn: "arn:aws:iam::123456789012:user/edxapp",
      CreateDate: new Date(0),
    },
  });

  logs.on(DescribeLogGroupsCommand).resolves({ logGroups: [] });
  logs.on(DescribeResourcePoliciesCommand).resolves({ resourcePolicies: [] });

  rds.on(DescribeDBInstancesCommand).rejects(failing("DBInstanceNotFoundFault"));
  rds.on(DescribeDBInstancesCommand, { DBInstanceIdentifier: "example-edxapp" }).resolves({
    DBInstances: [
      {
        DBInstanceStatus: "available",
        Endpoint: { Address: "example-edxapp.cdefg.eu-west-1.rds.amazonaws.com" },
        VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-0a1b2c3d" }],
      },
    ],
  });
  rds
    .on(DescribeDBInstancesCommand, { Marker: undefined, MaxRecords: undefined }, true)
    .resolves({ DBInstances: [{}] });
  rds.on(DescribeDBSubnetGroupsCommand).rejects(failing("DBSubnetGroupNotFoundFault"));
  rds.on(DescribeDBParameterGroupsCommand).rejects(failing("DBParameterGroupNotFound"));
  rds.on(DescribeDBSnapshotsCommand).rejects(failing("DBSnapshotNotFoundFault"));
  rds
    .on(DescribeOrderableDBInstanceOptionsCommand)
    .resolves({ OrderableDBInstanceOptions: [{ EngineVersion: "5.7.44", StorageType: "gp3" }], Marker: "more" });
  rds
    .on(DescribeOrderableDBInstanceOptionsCommand, { Marker: "more" })
    .resolves({ OrderableDBInstanceOptions: [{ EngineVersion: "8.0.42", StorageType: "gp3" }] });

  ssm.on(DescribeParametersCommand).resolves({ Parameters: [] });
  ssm
    .on(DescribeParametersCommand, {
      ParameterFilters: [{ Key: "Name", Option: "Equals", Values: ["/edx-analytics/example/mysql/migration"] }],
    })
    .resolves({ Parameters: [{}] });

  s3.on(HeadBucketCommand).rejects(failing("NotFound"));
  for (const Bucket of ["example-terraform-state", "example-tracking-logs", "example-edxapp"]) {
    s3.on(HeadBucketCommand, { Bucket }).resolves({ BucketRegion: "eu-west-1" });
  }
  s3.on(HeadObjectCommand).rejects(failing("NotFound"));
  s3.on(GetBucketPolicyCommand).resolves({ Policy: '{"Statement":{"Sid":"Theirs"}}' });
  s3.on(GetBucketPolicyCommand, { Bucket: "example-terraform-state" }).callsFake(() => ({
    Policy: comparePolicy(undefined, "example-terraform-state", admissionOf([clientOf()])).policy,
  }));

  elasticsearch.on(DescribeElasticsearchDomainCommand).rejects(failing("ResourceNotFoundException"));
  elasticsearch
    .on(ListElasticsearchInstanceTypesCommand)
    .resolves({ ElasticsearchInstanceTypes: ["t3.small.elasticsearch" as ESPartitionInstanceType] });

  quotas.on(GetServiceQuotaCommand).rejects(failing("NoSuchResourceException"));
  quotas.on(GetAWSDefaultServiceQuotaCommand).resolves({ Quota: { Value: 40 } });
}

const resources = new Map<string, StackResources>();

/** What a client or shared stack creates, synthesised once for all tests of a file. */
export function resourcesOnce(described: Described): StackResources {
  const key = JSON.stringify(described);
  const known = resources.get(key) ?? resourcesOf(described);
  resources.set(key, known);
  return known;
}

/** Asks for a client, and gives what is not ok, or what names a subject. */
export async function asked(overrides: Overrides = {}, described: Described = clientOf(overrides)) {
  const terminal = fakeTerminal();
  const error = await preflight(described, terminal, resourcesOnce(described)).then(
    () => undefined,
    (reason: Error) => reason,
  );
  const rows = terminal.results
    .filter((line) => /^ {2}(ok|warning|refused|unasked) /.test(line))
    .map((line) => line.trim().replaceAll(/ {2,}/g, " "));
  return {
    error,
    rows,
    notOk: rows.filter((line) => !line.startsWith("ok ")),
    summary: terminal.results.at(-1),
    lines: terminal.results,
  };
}

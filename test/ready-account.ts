import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeResourcePoliciesCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeAddressesCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeInstanceTypesCommand,
  DescribeKeyPairsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  EC2Client,
  GetInstanceMetadataDefaultsCommand,
} from "@aws-sdk/client-ec2";
import {
  DescribeElasticsearchDomainCommand,
  ElasticsearchServiceClient,
  type ESPartitionInstanceType,
  ListDomainNamesCommand,
  ListElasticsearchInstanceTypesCommand,
  ListElasticsearchVersionsCommand,
} from "@aws-sdk/client-elasticsearch-service";
import { EMRClient, GetBlockPublicAccessConfigurationCommand, ListReleaseLabelsCommand } from "@aws-sdk/client-emr";
import { GetUserCommand, IAMClient, ListPoliciesCommand } from "@aws-sdk/client-iam";
import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  DescribeDBInstancesCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBSnapshotsCommand,
  DescribeDBSubnetGroupsCommand,
  DescribeOrderableDBInstanceOptionsCommand,
  RDSClient,
} from "@aws-sdk/client-rds";
import { ListHostedZonesByNameCommand, ListResourceRecordSetsCommand, Route53Client } from "@aws-sdk/client-route-53";
import {
  GetBucketPolicyCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  GetPublicAccessBlockCommand as GetAccountPublicAccessBlockCommand,
  S3ControlClient,
} from "@aws-sdk/client-s3-control";
import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import { DescribeParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { preflight } from "../cli/preflight";
import { resourcesOf } from "../cli/stack-resources";
import { admissionOf } from "../cli/state/admission";
import { comparePolicy } from "../cli/state/policy";
import type { Described } from "../config/client";
import type { StackResources } from "../resources/stack-resources";
import { clientOf, type Overrides } from "./client-files";
import { fakeTerminal } from "./fake-terminal";
import { type Answer, type CommandClass, mockClient } from "./mock-client";
import { once } from "./once";

export const sts = mockClient(STSClient);
export const ec2 = mockClient(EC2Client);
export const emr = mockClient(EMRClient);
export const iam = mockClient(IAMClient);
export const kms = mockClient(KMSClient);
export const logs = mockClient(CloudWatchLogsClient);
export const rds = mockClient(RDSClient);
export const route53 = mockClient(Route53Client);
export const s3 = mockClient(S3Client);
export const s3Control = mockClient(S3ControlClient);
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

/** A KMS key that AWS encrypts with. */
export const enabledKey = {
  KeyId: undefined,
  KeyState: "Enabled",
  KeyUsage: "ENCRYPT_DECRYPT",
  KeySpec: "SYMMETRIC_DEFAULT",
  KeyManager: "CUSTOMER",
} as const;

/** An error as AWS raises it. */
export function failing(name: string, status = 404) {
  return Object.assign(new Error(`the ${name}`), { name, $metadata: { httpStatusCode: status } });
}

/** What AWS gives to a command, or raises. */
type Given<I, O> = Partial<O> | Error | Answer<I, O>;

/** The answer to a command, as the SDK has it. */
function answer<I, O>(command: CommandClass<I, O>, given: Given<I, O>): [unknown, Given<never, object>] {
  return [command, given];
}

const answers = new Map([
  answer(GetCallerIdentityCommand, { Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/operator" }),

  answer(DescribeVpcsCommand, { Vpcs: [vpc] }),
  answer(DescribeVpcAttributeCommand, { EnableDnsHostnames: { Value: true }, EnableDnsSupport: { Value: true } }),
  answer(DescribeSubnetsCommand, { Subnets: subnets }),
  answer(DescribeRouteTablesCommand, { RouteTables: [{ RouteTableId: "rtb-1", Routes: [internetRoute] }] }),
  answer(DescribeSecurityGroupsCommand, { SecurityGroups: [] }),
  answer(DescribeNetworkInterfacesCommand, { NetworkInterfaces: [] }),
  answer(DescribeKeyPairsCommand, failing("InvalidKeyPair.NotFound")),
  answer(DescribeImagesCommand, {
    Images: [{ ImageId: "ami-0a1b2c3d", CreationDate: "2025-05-01T00:00:00Z", Architecture: "x86_64" }],
  }),
  answer(DescribeInstanceTypeOfferingsCommand, { InstanceTypeOfferings: [{}] }),
  answer(DescribeAddressesCommand, { Addresses: [{}] }),
  answer(DescribeInstancesCommand, { Reservations: [] }),
  answer(DescribeInstanceTypesCommand, { InstanceTypes: [{ VCpuInfo: { DefaultVCpus: 2 } }] }),
  answer(DescribeNetworkInterfacesCommand, { NetworkInterfaces: [] }),
  answer(DescribeSecurityGroupRulesCommand, { SecurityGroupRules: [] }),
  answer(GetInstanceMetadataDefaultsCommand, { AccountLevel: { HttpTokens: "required" } }),

  answer(ListReleaseLabelsCommand, { ReleaseLabels: ["emr-4.9.6", "emr-4.7.2"] }),
  answer(GetBlockPublicAccessConfigurationCommand, {
    BlockPublicAccessConfiguration: {
      BlockPublicSecurityGroupRules: true,
      PermittedPublicSecurityGroupRuleRanges: [{ MinRange: 22, MaxRange: 22 }],
    },
  }),

  answer(ListPoliciesCommand, { Policies: [] }),
  answer(GetUserCommand, ({ UserName }) =>
    UserName === "edxapp"
      ? {
          User: {
            Path: "/",
            UserName: "edxapp",
            UserId: "AIDA",
            Arn: "arn:aws:iam::123456789012:user/edxapp",
            CreateDate: new Date(0),
          },
        }
      : failing("NoSuchEntityException"),
  ),

  answer(DescribeKeyCommand, ({ KeyId }) => ({ KeyMetadata: { ...enabledKey, KeyId } })),
  answer(GetKeyPolicyCommand, {
    Policy: JSON.stringify({
      Statement: [
        {
          Sid: "IAM",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  }),

  answer(DescribeLogGroupsCommand, { logGroups: [] }),
  answer(DescribeResourcePoliciesCommand, { resourcePolicies: [] }),

  answer(DescribeDBInstancesCommand, ({ DBInstanceIdentifier }) => {
    const edxapp = {
      DBInstanceStatus: "available",
      Endpoint: { Address: "example-edxapp.cdefg.eu-west-1.rds.amazonaws.com" },
      VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-0a1b2c3d" }],
    };
    if (DBInstanceIdentifier === undefined) return { DBInstances: [{}] };
    return DBInstanceIdentifier === "example-edxapp" ? { DBInstances: [edxapp] } : failing("DBInstanceNotFoundFault");
  }),
  answer(DescribeDBSubnetGroupsCommand, failing("DBSubnetGroupNotFoundFault")),
  answer(DescribeDBParameterGroupsCommand, failing("DBParameterGroupNotFound")),
  answer(DescribeDBSnapshotsCommand, failing("DBSnapshotNotFoundFault")),
  answer(DescribeOrderableDBInstanceOptionsCommand, ({ Marker }) =>
    Marker === "more"
      ? { OrderableDBInstanceOptions: [{ EngineVersion: "8.0.42", StorageType: "gp3" }] }
      : { OrderableDBInstanceOptions: [{ EngineVersion: "5.7.44", StorageType: "gp3" }], Marker: "more" },
  ),

  answer(DescribeParametersCommand, ({ ParameterFilters }) => ({
    Parameters: ParameterFilters?.[0]?.Values?.[0] === "/edx-analytics/example/mysql/migration" ? [{}] : [],
  })),

  answer(ListHostedZonesByNameCommand, {
    HostedZones: [{ Id: "/hostedzone/Z1", Name: "example.com.", CallerReference: "x", Config: { PrivateZone: false } }],
  }),
  answer(ListResourceRecordSetsCommand, { ResourceRecordSets: [] }),

  answer(HeadBucketCommand, ({ Bucket = "" }) =>
    ["example-terraform-state", "example-tracking-logs", "example-edxapp"].includes(Bucket)
      ? { BucketRegion: "eu-west-1" }
      : failing("NotFound"),
  ),
  answer(HeadObjectCommand, failing("NotFound")),
  answer(GetObjectCommand, failing("NoSuchKey")),
  answer(GetPublicAccessBlockCommand, failing("NoSuchPublicAccessBlockConfiguration")),
  answer(GetAccountPublicAccessBlockCommand, failing("NoSuchPublicAccessBlockConfiguration")),
  answer(GetBucketPolicyCommand, ({ Bucket }) => ({
    Policy:
      Bucket === "example-terraform-state"
        ? comparePolicy(undefined, Bucket, admissionOf([clientOf()])).policy
        : '{"Statement":{"Sid":"Theirs"}}',
  })),

  answer(DescribeElasticsearchDomainCommand, failing("ResourceNotFoundException")),
  answer(ListDomainNamesCommand, { DomainNames: [] }),
  answer(ListElasticsearchVersionsCommand, { ElasticsearchVersions: ["7.10", "1.5"] }),
  answer(ListElasticsearchInstanceTypesCommand, {
    ElasticsearchInstanceTypes: ["t3.small.elasticsearch" as ESPartitionInstanceType],
  }),

  answer(GetServiceQuotaCommand, failing("NoSuchResourceException")),
  answer(GetAWSDefaultServiceQuotaCommand, { Quota: { Value: 40 } }),
]);

/** An account that example can be deployed to. What a test says of it with `on` comes first. */
export function readyAccount(): void {
  for (const client of [sts, ec2, emr, iam, kms, logs, rds, route53, s3, s3Control, elasticsearch, ssm, quotas]) {
    const otherwise = client === iam ? failing("NoSuchEntityException") : undefined;
    client.reset();
    client.onAnyCommand().callsFake((input, command) => {
      const given = answers.get(command.constructor) ?? otherwise;
      const answer = typeof given === "function" ? given(input as never) : given;
      if (answer instanceof Error) throw answer;
      return answer;
    });
  }
}

/**
 * Example's state exists.
 * @param held attributes of what it holds, by address
 */
export function withState(held: Readonly<Record<string, object>> = {}): void {
  const place = { Bucket: "example-terraform-state", Key: "example/example.tfstate" };
  s3.on(HeadObjectCommand, place).resolves({});
  const resources = Object.entries(held).map(([address, attributes]) => {
    const [type, name] = address.split(".");
    return { mode: "managed", type, name, instances: [{ attributes }] };
  });
  const text = JSON.stringify({ version: 4, resources });
  const Body = { transformToString: async () => text } as GetObjectCommandOutput["Body"];
  s3.on(GetObjectCommand, place).resolves({ Body });
}

/** What a client or shared stack creates, synthesised once. */
export function resourcesOnce(described: Described): StackResources {
  return once(["resources", described], () => resourcesOf(described));
}

/** Asks for a client, and gives what is not ok, or what names a subject. */
export async function asked(overrides: Overrides = {}, described: Described = clientOf(overrides), destroy = false) {
  const terminal = fakeTerminal();
  const error = await preflight(described, terminal, { resources: resourcesOnce(described), destroy }).then(
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

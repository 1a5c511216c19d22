import {
  type Address,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  DescribeVpcsCommand,
  type Instance,
  paginateDescribeSecurityGroupRules,
  type SecurityGroup,
  type SecurityGroupRule,
  type Subnet,
  type Volume,
} from "@aws-sdk/client-ec2";
import {
  DescribeElasticsearchDomainCommand,
  type ElasticsearchDomainStatus,
} from "@aws-sdk/client-elasticsearch-service";
import {
  type AccessKeyMetadata,
  type AttachedPolicy,
  ListAccessKeysCommand,
  type Policy,
  paginateListAttachedRolePolicies,
  paginateListPolicies,
} from "@aws-sdk/client-iam";
import { type DBInstance, DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
  type LifecycleRule,
} from "@aws-sdk/client-s3";
import { paginateDescribeParameters } from "@aws-sdk/client-ssm";
import type { Aws } from "../aws";
import { pages } from "../pages";
import { policyStatements } from "../policy-statements";
import { absent } from "../preflight/finding";

/** What the account holds; each question is put to AWS once. */
export class Inventory {
  private readonly answers = new Map<string, Promise<unknown>>();

  constructor(
    readonly aws: Aws,
    readonly accountId: string,
    readonly region: string,
  ) {}

  /** Id of the region's default VPC. */
  defaultVpcId(): Promise<string | undefined> {
    return this.once("default VPC", async () => {
      const command = new DescribeVpcsCommand({ Filters: [{ Name: "is-default", Values: ["true"] }] });
      return (await this.aws.ask("ec2:DescribeVpcs", this.aws.ec2.send(command))).Vpcs?.[0]?.VpcId;
    });
  }

  /** The subnets of a VPC. */
  subnets(vpcId: string): Promise<readonly Subnet[]> {
    return this.once(`subnets of ${vpcId}`, async () => {
      const command = new DescribeSubnetsCommand({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] });
      return (await this.aws.ask("ec2:DescribeSubnets", this.aws.ec2.send(command))).Subnets ?? [];
    });
  }

  /** One subnet, or none, by its id. */
  subnet(id: string): Promise<readonly Subnet[]> {
    return this.once(`subnet ${id}`, async () => {
      const command = new DescribeSubnetsCommand({ SubnetIds: [id] });
      const answer = await this.aws.askIfThere("ec2:DescribeSubnets", this.aws.ec2.send(command), absent.subnet);
      return answer?.Subnets ?? [];
    });
  }

  /** The security group of a name, which is unique in its VPC. */
  group(vpcId: string, name: string): Promise<SecurityGroup | undefined> {
    return this.once(`group ${name} of ${vpcId}`, async () => {
      const command = new DescribeSecurityGroupsCommand({
        Filters: [
          { Name: "vpc-id", Values: [vpcId] },
          { Name: "group-name", Values: [name] },
        ],
      });
      return (await this.aws.ask("ec2:DescribeSecurityGroups", this.aws.ec2.send(command))).SecurityGroups?.[0];
    });
  }

  /** The rules of a group, in and out. */
  rules(groupId: string): Promise<readonly SecurityGroupRule[]> {
    return this.once(`rules of ${groupId}`, () =>
      this.aws.ask(
        "ec2:DescribeSecurityGroupRules",
        pages(
          paginateDescribeSecurityGroupRules(
            { client: this.aws.ec2 },
            { Filters: [{ Name: "group-id", Values: [groupId] }] },
          ),
          (page) => page.SecurityGroupRules,
        ),
      ),
    );
  }

  /** Instances whose `Name` tag is like a pattern of EC2's, with * for anything; none that are terminated. */
  instances(namePattern: string): Promise<readonly Instance[]> {
    return this.once(`instances ${namePattern}`, async () => {
      const command = new DescribeInstancesCommand({
        Filters: [
          { Name: "tag:Name", Values: [namePattern] },
          { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] },
        ],
      });
      const answer = await this.aws.ask("ec2:DescribeInstances", this.aws.ec2.send(command));
      return (answer.Reservations ?? []).flatMap(({ Instances = [] }) => Instances);
    });
  }

  /** An instance by its id. */
  instance(id: string): Promise<Instance | undefined> {
    return this.once(`instance ${id}`, async () => {
      const command = new DescribeInstancesCommand({ InstanceIds: [id] });
      const codes = ["InvalidInstanceID.NotFound", "InvalidInstanceID.Malformed"];
      const answer = await this.aws.askIfThere("ec2:DescribeInstances", this.aws.ec2.send(command), codes);
      return answer?.Reservations?.[0]?.Instances?.[0];
    });
  }

  /** The root disk of an instance. */
  rootDisk(instance: Instance): Promise<Volume | undefined> {
    return this.once(`root disk of ${instance.InstanceId}`, async () => {
      const root = instance.BlockDeviceMappings?.find(({ DeviceName }) => DeviceName === instance.RootDeviceName);
      const command = new DescribeVolumesCommand({ VolumeIds: [root?.Ebs?.VolumeId as string] });
      return root && (await this.aws.ask("ec2:DescribeVolumes", this.aws.ec2.send(command))).Volumes?.[0];
    });
  }

  /** The Elastic IP of an instance. */
  address(instanceId: string): Promise<Address | undefined> {
    return this.once(`address of ${instanceId}`, async () => {
      const command = new DescribeAddressesCommand({ Filters: [{ Name: "instance-id", Values: [instanceId] }] });
      return (await this.aws.ask("ec2:DescribeAddresses", this.aws.ec2.send(command))).Addresses?.[0];
    });
  }

  database(identifier: string): Promise<DBInstance | undefined> {
    return this.once(`database ${identifier}`, async () => {
      const command = new DescribeDBInstancesCommand({ DBInstanceIdentifier: identifier });
      const answer = await this.aws.askIfThere("rds:DescribeDBInstances", this.aws.rds.send(command), absent.database);
      return answer?.DBInstances?.[0];
    });
  }

  domain(name: string): Promise<ElasticsearchDomainStatus | undefined> {
    return this.once(`domain ${name}`, async () => {
      const command = new DescribeElasticsearchDomainCommand({ DomainName: name });
      const answer = await this.aws.askIfThere(
        "es:DescribeElasticsearchDomain",
        this.aws.elasticsearch.send(command),
        absent.domain,
      );
      return answer?.DomainStatus;
    });
  }

  /** Whether SSM has a parameter; no value is read. */
  hasParameter(name: string): Promise<boolean> {
    return this.once(`parameter ${name}`, async () => {
      const found = await this.aws.ask(
        "ssm:DescribeParameters",
        pages(
          paginateDescribeParameters(
            { client: this.aws.ssm },
            { ParameterFilters: [{ Key: "Name", Option: "Equals", Values: [name] }] },
          ),
          (page) => page.Parameters,
        ),
      );
      return found.length > 0;
    });
  }

  /** Whether a bucket is there, in this account. */
  hasBucket(name: string): Promise<boolean> {
    return this.once(`bucket ${name}`, async () => {
      const command = new HeadBucketCommand({ Bucket: name, ExpectedBucketOwner: this.accountId });
      const codes = ["NotFound", "NoSuchBucket", "Forbidden", "403"];
      return (await this.aws.askIfThere("s3:ListBucket", this.aws.s3.send(command), codes)) !== undefined;
    });
  }

  /** The account's own managed policies. Their names are unique, but their ARNs have a path in them. */
  policies(): Promise<readonly Policy[]> {
    return this.once("policies", () =>
      this.aws.ask(
        "iam:ListPolicies",
        pages(paginateListPolicies({ client: this.aws.iam }, { Scope: "Local" }), (page) => page.Policies),
      ),
    );
  }

  /** Managed policies on a role; undefined where there is no such role. */
  attachedPolicies(role: string): Promise<readonly AttachedPolicy[] | undefined> {
    return this.once(`policies of ${role}`, () =>
      this.aws.askIfThere(
        "iam:ListAttachedRolePolicies",
        pages(
          paginateListAttachedRolePolicies({ client: this.aws.iam }, { RoleName: role }),
          (page) => page.AttachedPolicies,
        ),
        absent.iam,
      ),
    );
  }

  /** A user's access keys; undefined where there is no such user. */
  accessKeys(user: string): Promise<readonly AccessKeyMetadata[] | undefined> {
    return this.once(`access keys of ${user}`, async () => {
      const command = new ListAccessKeysCommand({ UserName: user });
      return (await this.aws.askIfThere("iam:ListAccessKeys", this.aws.iam.send(command), absent.iam))
        ?.AccessKeyMetadata;
    });
  }

  /** The statements of a bucket's policy; undefined where it has none. */
  bucketStatements(bucket: string): Promise<readonly BucketStatement[] | undefined> {
    return this.once(`policy of ${bucket}`, async () => {
      const command = new GetBucketPolicyCommand({ Bucket: bucket });
      const answer = await this.aws.askIfThere("s3:GetBucketPolicy", this.aws.s3.send(command), [
        ...absent.bucketPolicy,
        "NoSuchBucket",
      ]);
      return answer && policyStatements(answer.Policy ?? "{}");
    });
  }

  /** The rules by which a bucket's objects go; none where it has no lifecycle. */
  lifecycleRules(bucket: string): Promise<readonly LifecycleRule[]> {
    return this.once(`lifecycle of ${bucket}`, async () => {
      const command = new GetBucketLifecycleConfigurationCommand({ Bucket: bucket });
      const answer = await this.aws.askIfThere("s3:GetLifecycleConfiguration", this.aws.s3.send(command), [
        "NoSuchLifecycleConfiguration",
        "NoSuchBucket",
      ]);
      return answer?.Rules ?? [];
    });
  }

  /** One answer to one question, however often it is put. */
  once<T>(question: string, answer: () => Promise<T>): Promise<T> {
    const known = this.answers.get(question) ?? answer();
    this.answers.set(question, known);
    return known as Promise<T>;
  }
}

/** As far as adoption looks at a statement of a bucket's policy. */
export interface BucketStatement {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
}

import type { _InstanceType, EC2, Filter, Instance } from "@aws-sdk/client-ec2";
import { Service } from "./service";

/** Values by the filter of EC2's that they are looked for by. */
type By = Readonly<Record<string, string>>;

/** What is asked of EC2. */
export class Ec2 extends Service<EC2> {
  private readonly vpcsOf = this.list("ec2:DescribeVpcs", "Vpcs", (by: By, VpcIds?: string[]) =>
    this.client.paginateDescribeVpcs({ Filters: filters(by), VpcIds }),
  );
  /** Whether one of a VPC's two DNS attributes is on. */
  readonly vpcAttribute = this.ask(
    "ec2:DescribeVpcAttribute",
    async (VpcId: string, Attribute: "enableDnsSupport" | "enableDnsHostnames") => {
      // The one that was asked for is in the answer.
      const { EnableDnsSupport, EnableDnsHostnames } = await this.client.describeVpcAttribute({ VpcId, Attribute });
      return (EnableDnsSupport ?? EnableDnsHostnames)?.Value ?? false;
    },
  );
  private readonly subnetsOf = this.list("ec2:DescribeSubnets", "Subnets", (by: By, SubnetIds?: string[]) =>
    this.client.paginateDescribeSubnets({ Filters: filters(by), SubnetIds }),
  );
  readonly routeTables = this.list("ec2:DescribeRouteTables", "RouteTables", (by: By) =>
    this.client.paginateDescribeRouteTables({ Filters: filters(by) }),
  );
  /** Names of the region's availability zones. */
  readonly zones = this.ask("ec2:DescribeAvailabilityZones", async () => {
    const { AvailabilityZones = [] } = await this.client.describeAvailabilityZones();
    return AvailabilityZones.map(({ ZoneName = "" }) => ZoneName);
  });
  private readonly groupsOf = this.list("ec2:DescribeSecurityGroups", "SecurityGroups", (by: By, GroupIds?: string[]) =>
    this.client.paginateDescribeSecurityGroups({ Filters: filters(by), GroupIds }),
  );
  /** The rules of a security group, in and out. */
  readonly rules = this.list("ec2:DescribeSecurityGroupRules", "SecurityGroupRules", (groupId: string) =>
    this.client.paginateDescribeSecurityGroupRules({ Filters: filters({ "group-id": groupId }) }),
  );
  /** Groups that have a rule, in or out, whose other side is a group. */
  async groupsThatName(groupId: string) {
    const [into, out] = await Promise.all([
      this.groupsOf({ "ip-permission.group-id": groupId }),
      this.groupsOf({ "egress.ip-permission.group-id": groupId }),
    ]);
    return [...new Map([...into, ...out].map((group) => [group.GroupId ?? "", group])).values()];
  }
  /** Network interfaces that are in a security group. */
  readonly interfacesIn = this.list("ec2:DescribeNetworkInterfaces", "NetworkInterfaces", (groupId: string) =>
    this.client.paginateDescribeNetworkInterfaces({ Filters: filters({ "group-id": groupId }) }),
  );
  private readonly reservationsOf = this.list(
    "ec2:DescribeInstances",
    "Reservations",
    (Filters?: Filter[], InstanceIds?: string[]) => this.client.paginateDescribeInstances({ Filters, InstanceIds }),
  );
  private readonly volume = this.ask(
    "ec2:DescribeVolumes",
    async (id: string) => (await this.client.describeVolumes({ VolumeIds: [id] })).Volumes?.[0],
  );
  /** The region's Elastic IPs, all or by filters. */
  readonly addresses = this.ask(
    "ec2:DescribeAddresses",
    async (by: By = {}) => (await this.client.describeAddresses({ Filters: filters(by) })).Addresses ?? [],
  );
  private readonly interfaces = this.list("ec2:DescribeNetworkInterfaces", "NetworkInterfaces", (by: By) =>
    this.client.paginateDescribeNetworkInterfaces({ Filters: filters(by) }),
  );
  readonly keyPair = this.find(
    "ec2:DescribeKeyPairs",
    async (name: string) => (await this.client.describeKeyPairs({ KeyNames: [name] })).KeyPairs?.[0],
  );
  readonly image = this.find(
    "ec2:DescribeImages",
    async (id: string) => (await this.client.describeImages({ ImageIds: [id], IncludeDeprecated: true })).Images?.[0],
  );
  private readonly snapshot = this.find(
    "ec2:DescribeSnapshots",
    async (id: string) => (await this.client.describeSnapshots({ SnapshotIds: [id] })).Snapshots?.[0],
  );
  /** Images of an owner by a pattern of their names. */
  readonly imagesNamed = this.ask("ec2:DescribeImages", async (owner: string, pattern: string) => {
    const Filters = filters({ name: pattern, "virtualization-type": "hvm" });
    return (await this.client.describeImages({ Owners: [owner], IncludeDeprecated: true, Filters })).Images ?? [];
  });
  /** Offers of an instance type in a region, or in one of its zones. */
  readonly offers = this.list(
    "ec2:DescribeInstanceTypeOfferings",
    "InstanceTypeOfferings",
    (instanceType: string, LocationType: "region" | "availability-zone", location: string) => {
      const Filters = filters({ "instance-type": instanceType, location });
      return this.client.paginateDescribeInstanceTypeOfferings({ LocationType, Filters });
    },
  );
  /** What new instances of the region get or must have, unless they say otherwise. */
  readonly metadataDefaults = this.ask(
    "ec2:GetInstanceMetadataDefaults",
    async () => (await this.client.getInstanceMetadataDefaults({})).AccountLevel ?? {},
  );
  /** The tag of a thing that has a key, if there is one. */
  readonly tags = this.list("ec2:DescribeTags", "Tags", (resourceId: string, key: string) =>
    this.client.paginateDescribeTags({ Filters: filters({ "resource-id": resourceId, key }) }),
  );

  /** All VPCs of the region. */
  readonly vpcs = () => this.vpcsOf({});
  /** The region's default VPC. */
  readonly defaultVpc = async () => (await this.vpcsOf({ "is-default": "true" }))[0];
  readonly vpc = async (id: string) => (await this.vpcsOf({}, [id]))[0];
  /** The subnets of a VPC. */
  readonly subnets = (vpcId: string) => this.subnetsOf({ "vpc-id": vpcId });
  /** The subnets that AWS made with the default VPC. */
  readonly defaultSubnets = (vpcId: string) => this.subnetsOf({ "vpc-id": vpcId, "default-for-az": "true" });
  readonly subnet = async (id: string) => (await this.subnetsOf({}, [id]))[0];
  /** The security group of a name, which is unique in its VPC. */
  readonly group = async (vpcId: string, name: string) =>
    (await this.groupsOf({ "vpc-id": vpcId, "group-name": name }))[0];
  readonly groupById = async (id: string) => (await this.groupsOf({}, [id]))[0];
  readonly instance = async (id: string) => (await this.instancesOf(undefined, [id]))[0];
  /** The Elastic IP of an instance. */
  readonly address = async (instanceId: string) => (await this.addresses({ "instance-id": instanceId }))[0];

  /**
   * The region's Application Load Balancers, as their network interfaces name them, of which each has some:
   * https://repost.aws/knowledge-center/elb-find-load-balancer-IP.
   */
  readonly loadBalancers = async () => {
    const found = await this.interfaces({ description: "ELB app/*" });
    return [...new Set(found.map(({ Description }) => Description))];
  };

  /** Instances whose `Name` tag is like a pattern of EC2's, with * for anything; none that are terminated. */
  instances(namePattern: string): Promise<readonly Instance[]> {
    const states = { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] };
    return this.instancesOf([...filters({ "tag:Name": namePattern }), states]);
  }

  /** vCPUs of the running instances that the quota of on-demand standard ones is about. */
  async standardVcpus(): Promise<number> {
    const running = await this.instancesOf(filters({ "instance-state-name": "running" }));
    return running
      .filter(({ InstanceType, InstanceLifecycle }) => isStandard(InstanceType) && InstanceLifecycle === undefined)
      .reduce((sum, { CpuOptions: { CoreCount = 1, ThreadsPerCore = 1 } = {} }) => sum + CoreCount * ThreadsPerCore, 0);
  }

  /** vCPUs that an instance of a type takes of the same quota; none where it is of another. */
  readonly standardVcpusOf = this.ask("ec2:DescribeInstanceTypes", async (type: string) => {
    if (!isStandard(type)) {
      return 0;
    }
    const { InstanceTypes } = await this.client.describeInstanceTypes({ InstanceTypes: [type as _InstanceType] });
    return InstanceTypes?.[0]?.VCpuInfo?.DefaultVCpus ?? 0;
  });

  /** The root disk of an instance. */
  async rootDisk({ BlockDeviceMappings = [], RootDeviceName }: Instance) {
    const id = BlockDeviceMappings.find(({ DeviceName }) => DeviceName === RootDeviceName)?.Ebs?.VolumeId;
    return id === undefined ? undefined : this.volume(id);
  }

  /** The KMS key of an image's root disk; undefined where it is not encrypted, or there is no such image. */
  async keyOfImage(id: string): Promise<string | undefined> {
    const { BlockDeviceMappings = [], RootDeviceName } = (await this.image(id)) ?? {};
    const disk = BlockDeviceMappings.find(({ DeviceName }) => DeviceName === RootDeviceName)?.Ebs;
    return disk?.Encrypted && disk.SnapshotId !== undefined
      ? (await this.snapshot(disk.SnapshotId))?.KmsKeyId
      : undefined;
  }

  private async instancesOf(by?: Filter[], ids?: string[]): Promise<readonly Instance[]> {
    return (await this.reservationsOf(by, ids)).flatMap(({ Instances = [] }) => Instances);
  }
}

/** Whether a type is of the families A, C, D, H, I, M, R, T, Z, which one quota is about. */
function isStandard(type = ""): boolean {
  return /^(?!dl|hpc|inf|trn)[acdhimrtz]/.test(type);
}

function filters(by: By): Filter[] {
  return Object.entries(by).map(([Name, value]) => ({ Name, Values: [value] }));
}

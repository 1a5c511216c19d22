import {
  DescribeAddressesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeImagesCommand,
  DescribeKeyPairsCommand,
  DescribeVolumesCommand,
  DescribeVpcAttributeCommand,
  type EC2Client,
  type Filter,
  type Instance,
  paginateDescribeInstances,
  paginateDescribeInstanceTypeOfferings,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeTags,
  paginateDescribeVpcs,
} from "@aws-sdk/client-ec2";
import { Service } from "./service";

/** Values by the filter of EC2's that they are looked for by. */
type By = Readonly<Record<string, string>>;

/** What is asked of EC2. */
export class Ec2 extends Service<EC2Client> {
  /** The region's VPCs, all or by filters. */
  readonly vpcs = this.list(
    "ec2:DescribeVpcs",
    (by?: By) => paginateDescribeVpcs({ client: this.client }, by ? { Filters: filters(by) } : {}),
    ({ Vpcs }) => Vpcs,
  );
  private readonly vpcsById = this.list(
    "ec2:DescribeVpcs",
    (id: string) => paginateDescribeVpcs({ client: this.client }, { VpcIds: [id] }),
    ({ Vpcs }) => Vpcs,
  );
  /** Whether one of a VPC's two DNS attributes is on. */
  readonly vpcAttribute = this.ask(
    "ec2:DescribeVpcAttribute",
    (VpcId: string, Attribute: "enableDnsSupport" | "enableDnsHostnames") =>
      new DescribeVpcAttributeCommand({ VpcId, Attribute }),
    // The one that was asked for is in the answer.
    ({ EnableDnsSupport, EnableDnsHostnames }) => (EnableDnsSupport ?? EnableDnsHostnames)?.Value ?? false,
  );
  private readonly subnetsBy = this.list(
    "ec2:DescribeSubnets",
    (by: By) => paginateDescribeSubnets({ client: this.client }, { Filters: filters(by) }),
    ({ Subnets }) => Subnets,
  );
  private readonly subnetsById = this.list(
    "ec2:DescribeSubnets",
    (id: string) => paginateDescribeSubnets({ client: this.client }, { SubnetIds: [id] }),
    ({ Subnets }) => Subnets,
  );
  readonly routeTables = this.list(
    "ec2:DescribeRouteTables",
    (by: By) => paginateDescribeRouteTables({ client: this.client }, { Filters: filters(by) }),
    ({ RouteTables }) => RouteTables,
  );
  /** Names of the region's availability zones. */
  readonly zones = this.ask(
    "ec2:DescribeAvailabilityZones",
    () => new DescribeAvailabilityZonesCommand({}),
    ({ AvailabilityZones = [] }) => AvailabilityZones.map(({ ZoneName = "" }) => ZoneName),
  );
  private readonly groupsBy = this.list(
    "ec2:DescribeSecurityGroups",
    (by: By) => paginateDescribeSecurityGroups({ client: this.client }, { Filters: filters(by) }),
    ({ SecurityGroups }) => SecurityGroups,
  );
  private readonly groupsById = this.list(
    "ec2:DescribeSecurityGroups",
    (id: string) => paginateDescribeSecurityGroups({ client: this.client }, { GroupIds: [id] }),
    ({ SecurityGroups }) => SecurityGroups,
  );
  /** The rules of a security group, in and out. */
  readonly rules = this.list(
    "ec2:DescribeSecurityGroupRules",
    (groupId: string) =>
      paginateDescribeSecurityGroupRules({ client: this.client }, { Filters: filters({ "group-id": groupId }) }),
    ({ SecurityGroupRules }) => SecurityGroupRules,
  );
  /** Instances whose `Name` tag is like a pattern of EC2's, with * for anything; none that are terminated. */
  readonly instances = this.list(
    "ec2:DescribeInstances",
    (namePattern: string) => {
      const states = { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] };
      const Filters = [...filters({ "tag:Name": namePattern }), states];
      return paginateDescribeInstances({ client: this.client }, { Filters });
    },
    ({ Reservations = [] }) => Reservations.flatMap(({ Instances = [] }) => Instances),
  );
  private readonly instancesById = this.list(
    "ec2:DescribeInstances",
    (id: string) => paginateDescribeInstances({ client: this.client }, { InstanceIds: [id] }),
    ({ Reservations = [] }) => Reservations.flatMap(({ Instances = [] }) => Instances),
  );
  private readonly volume = this.ask(
    "ec2:DescribeVolumes",
    (id: string) => new DescribeVolumesCommand({ VolumeIds: [id] }),
    ({ Volumes }) => Volumes?.[0],
  );
  /** The region's Elastic IPs, all or by filters. */
  readonly addresses = this.ask(
    "ec2:DescribeAddresses",
    (by?: By) => new DescribeAddressesCommand({ Filters: by && filters(by) }),
    ({ Addresses = [] }) => Addresses,
  );
  readonly keyPair = this.find(
    "ec2:DescribeKeyPairs",
    (name: string) => new DescribeKeyPairsCommand({ KeyNames: [name] }),
    ({ KeyPairs }) => KeyPairs?.[0],
  );
  readonly image = this.find(
    "ec2:DescribeImages",
    (id: string) => new DescribeImagesCommand({ ImageIds: [id], IncludeDeprecated: true }),
    ({ Images }) => Images?.[0],
  );
  /** Images of an owner by a pattern of their names. */
  readonly imagesNamed = this.ask(
    "ec2:DescribeImages",
    (owner: string, pattern: string) =>
      new DescribeImagesCommand({
        Owners: [owner],
        IncludeDeprecated: true,
        Filters: filters({ name: pattern, "virtualization-type": "hvm" }),
      }),
    ({ Images = [] }) => Images,
  );
  private readonly offersOf = this.list(
    "ec2:DescribeInstanceTypeOfferings",
    (instanceType: string, LocationType: "region" | "availability-zone", location: string) =>
      paginateDescribeInstanceTypeOfferings(
        { client: this.client },
        { LocationType, Filters: filters({ "instance-type": instanceType, location }) },
      ),
    ({ InstanceTypeOfferings }) => InstanceTypeOfferings,
  );
  private readonly tagsOf = this.list(
    "ec2:DescribeTags",
    (resourceId: string, key: string) =>
      paginateDescribeTags({ client: this.client }, { Filters: filters({ "resource-id": resourceId, key }) }),
    ({ Tags }) => Tags,
  );

  /** The region's default VPC. */
  readonly defaultVpc = async () => (await this.vpcs({ "is-default": "true" }))[0];
  readonly vpc = async (id: string) => (await this.vpcsById(id))[0];
  /** The subnets of a VPC. */
  readonly subnets = (vpcId: string) => this.subnetsBy({ "vpc-id": vpcId });
  /** The subnets that AWS made with the default VPC. */
  readonly defaultSubnets = (vpcId: string) => this.subnetsBy({ "vpc-id": vpcId, "default-for-az": "true" });
  readonly subnet = async (id: string) => (await this.subnetsById(id))[0];
  /** The security group of a name, which is unique in its VPC. */
  readonly group = async (vpcId: string, name: string) =>
    (await this.groupsBy({ "vpc-id": vpcId, "group-name": name }))[0];
  readonly groupById = async (id: string) => (await this.groupsById(id))[0];
  readonly instance = async (id: string) => (await this.instancesById(id))[0];
  /** The Elastic IP of an instance. */
  readonly address = async (instanceId: string) => (await this.addresses({ "instance-id": instanceId }))[0];
  /** Whether an instance type is offered in a region, or in one of its zones. */
  readonly offers = async (instanceType: string, kind: "region" | "availability-zone", location: string) =>
    (await this.offersOf(instanceType, kind, location)).length > 0;
  /** Whether a thing has a tag, whatever its value. */
  readonly hasTag = async (resourceId: string, key: string) => (await this.tagsOf(resourceId, key)).length > 0;

  /** The root disk of an instance. */
  async rootDisk({ BlockDeviceMappings = [], RootDeviceName }: Instance) {
    const id = BlockDeviceMappings.find(({ DeviceName }) => DeviceName === RootDeviceName)?.Ebs?.VolumeId;
    return id === undefined ? undefined : this.volume(id);
  }
}

function filters(by: By): Filter[] {
  return Object.entries(by).map(([Name, value]) => ({ Name, Values: [value] }));
}

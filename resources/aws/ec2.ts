import {
  type Address,
  DescribeAddressesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeImagesCommand,
  DescribeKeyPairsCommand,
  DescribeVolumesCommand,
  DescribeVpcAttributeCommand,
  type EC2Client,
  type Filter,
  type Image,
  type Instance,
  type KeyPairInfo,
  paginateDescribeInstances,
  paginateDescribeInstanceTypeOfferings,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeTags,
  paginateDescribeVpcs,
  type RouteTable,
  type SecurityGroup,
  type SecurityGroupRule,
  type Subnet,
  type Volume,
  type Vpc,
} from "@aws-sdk/client-ec2";
import { pages, type Questions } from "./questions";

/** Values by the filter of EC2's that they are looked for by. */
type Filters = Readonly<Record<string, string>>;

/** What is asked of EC2. */
export class Ec2 {
  constructor(
    private readonly client: EC2Client,
    private readonly questions: Questions,
  ) {}

  /** The region's default VPC. */
  async defaultVpc(): Promise<Vpc | undefined> {
    return (await this.vpcs({ Filters: filters({ "is-default": "true" }) }))[0];
  }

  async vpc(id: string): Promise<Vpc | undefined> {
    return (await this.vpcs({ VpcIds: [id] }))[0];
  }

  /** All VPCs of the region, or those alone that an input names. */
  vpcs(input: { readonly VpcIds?: string[]; readonly Filters?: Filter[] } = {}): Promise<readonly Vpc[]> {
    return this.list(
      "ec2:DescribeVpcs",
      input,
      paginateDescribeVpcs({ client: this.client }, input),
      ({ Vpcs }) => Vpcs,
    );
  }

  /** Whether one of a VPC's two DNS attributes is on. */
  async vpcAttribute(vpcId: string, attribute: "enableDnsSupport" | "enableDnsHostnames"): Promise<boolean> {
    const answer = await this.questions.ask("ec2:DescribeVpcAttribute", `${vpcId} ${attribute}`, () =>
      this.client.send(new DescribeVpcAttributeCommand({ VpcId: vpcId, Attribute: attribute })),
    );
    const { Value } = (attribute === "enableDnsSupport" ? answer.EnableDnsSupport : answer.EnableDnsHostnames) ?? {};
    return Value ?? false;
  }

  /** The subnets of a VPC. */
  subnets(vpcId: string): Promise<readonly Subnet[]> {
    return this.describeSubnets({ Filters: filters({ "vpc-id": vpcId }) });
  }

  /** The subnets that AWS made with the default VPC. */
  defaultSubnets(vpcId: string): Promise<readonly Subnet[]> {
    return this.describeSubnets({ Filters: filters({ "vpc-id": vpcId, "default-for-az": "true" }) });
  }

  async subnet(id: string): Promise<Subnet | undefined> {
    return (await this.describeSubnets({ SubnetIds: [id] }))[0];
  }

  private describeSubnets(input: { SubnetIds?: string[]; Filters?: Filter[] }): Promise<readonly Subnet[]> {
    return this.list(
      "ec2:DescribeSubnets",
      input,
      paginateDescribeSubnets({ client: this.client }, input),
      ({ Subnets }) => Subnets,
    );
  }

  routeTables(by: Filters): Promise<readonly RouteTable[]> {
    const input = { Filters: filters(by) };
    return this.list(
      "ec2:DescribeRouteTables",
      input,
      paginateDescribeRouteTables({ client: this.client }, input),
      ({ RouteTables }) => RouteTables,
    );
  }

  /** Names of the region's availability zones. */
  async zones(): Promise<readonly string[]> {
    const { AvailabilityZones = [] } = await this.questions.ask("ec2:DescribeAvailabilityZones", "", () =>
      this.client.send(new DescribeAvailabilityZonesCommand({})),
    );
    return AvailabilityZones.map(({ ZoneName = "" }) => ZoneName);
  }

  /** The security group of a name, which is unique in its VPC. */
  async group(vpcId: string, name: string): Promise<SecurityGroup | undefined> {
    return (await this.describeGroups({ Filters: filters({ "vpc-id": vpcId, "group-name": name }) }))[0];
  }

  async groupById(id: string): Promise<SecurityGroup | undefined> {
    return (await this.describeGroups({ GroupIds: [id] }))[0];
  }

  private describeGroups(input: { GroupIds?: string[]; Filters?: Filter[] }): Promise<readonly SecurityGroup[]> {
    return this.list(
      "ec2:DescribeSecurityGroups",
      input,
      paginateDescribeSecurityGroups({ client: this.client }, input),
      ({ SecurityGroups }) => SecurityGroups,
    );
  }

  /** The rules of a security group, in and out. */
  rules(groupId: string): Promise<readonly SecurityGroupRule[]> {
    const input = { Filters: filters({ "group-id": groupId }) };
    return this.list(
      "ec2:DescribeSecurityGroupRules",
      input,
      paginateDescribeSecurityGroupRules({ client: this.client }, input),
      ({ SecurityGroupRules }) => SecurityGroupRules,
    );
  }

  /** Instances whose `Name` tag is like a pattern of EC2's, with * for anything; none that are terminated. */
  instances(namePattern: string): Promise<readonly Instance[]> {
    const states = { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] };
    return this.describeInstances({ Filters: [...filters({ "tag:Name": namePattern }), states] });
  }

  async instance(id: string): Promise<Instance | undefined> {
    return (await this.describeInstances({ InstanceIds: [id] }))[0];
  }

  private describeInstances(input: { InstanceIds?: string[]; Filters?: Filter[] }): Promise<readonly Instance[]> {
    return this.list(
      "ec2:DescribeInstances",
      input,
      paginateDescribeInstances({ client: this.client }, input),
      ({ Reservations = [] }) => Reservations.flatMap(({ Instances = [] }) => Instances),
    );
  }

  /** The root disk of an instance. */
  async rootDisk({ BlockDeviceMappings = [], RootDeviceName }: Instance): Promise<Volume | undefined> {
    const id = BlockDeviceMappings.find(({ DeviceName }) => DeviceName === RootDeviceName)?.Ebs?.VolumeId;
    const answer =
      id &&
      (await this.questions.ask("ec2:DescribeVolumes", id, () =>
        this.client.send(new DescribeVolumesCommand({ VolumeIds: [id] })),
      ));
    return answer ? answer.Volumes?.[0] : undefined;
  }

  /** The Elastic IP of an instance. */
  async address(instanceId: string): Promise<Address | undefined> {
    return (await this.addresses({ "instance-id": instanceId }))[0];
  }

  /** The region's Elastic IPs. */
  async addresses(by: Filters = {}): Promise<readonly Address[]> {
    const Filters = Object.keys(by).length === 0 ? undefined : filters(by);
    const { Addresses = [] } = await this.questions.ask("ec2:DescribeAddresses", JSON.stringify(by), () =>
      this.client.send(new DescribeAddressesCommand({ Filters })),
    );
    return Addresses;
  }

  async keyPair(name: string): Promise<KeyPairInfo | undefined> {
    const answer = await this.questions.find("ec2:DescribeKeyPairs", name, () =>
      this.client.send(new DescribeKeyPairsCommand({ KeyNames: [name] })),
    );
    return answer?.KeyPairs?.[0];
  }

  async image(id: string): Promise<Image | undefined> {
    const answer = await this.questions.find("ec2:DescribeImages", id, () =>
      this.client.send(new DescribeImagesCommand({ ImageIds: [id], IncludeDeprecated: true })),
    );
    return answer?.Images?.[0];
  }

  /** Images of an owner by a pattern of their names. */
  async imagesNamed(owner: string, pattern: string): Promise<readonly Image[]> {
    const { Images = [] } = await this.questions.ask("ec2:DescribeImages", `${owner} ${pattern}`, () =>
      this.client.send(
        new DescribeImagesCommand({
          Owners: [owner],
          IncludeDeprecated: true,
          Filters: filters({ name: pattern, "virtualization-type": "hvm" }),
        }),
      ),
    );
    return Images;
  }

  /** Whether an instance type is offered in a region, or in one of its zones. */
  async offers(instanceType: string, kind: "region" | "availability-zone", location: string): Promise<boolean> {
    const input = { LocationType: kind, Filters: filters({ "instance-type": instanceType, location }) };
    const offers = await this.list(
      "ec2:DescribeInstanceTypeOfferings",
      input,
      paginateDescribeInstanceTypeOfferings({ client: this.client }, input),
      ({ InstanceTypeOfferings }) => InstanceTypeOfferings,
    );
    return offers.length > 0;
  }

  /** Whether a thing has a tag, whatever its value. */
  async hasTag(resourceId: string, key: string): Promise<boolean> {
    const input = { Filters: filters({ "resource-id": resourceId, key }) };
    const tags = await this.list(
      "ec2:DescribeTags",
      input,
      paginateDescribeTags({ client: this.client }, input),
      ({ Tags }) => Tags,
    );
    return tags.length > 0;
  }

  /** What all pages of an answer hold; nothing where an id of the input is of nothing. */
  private async list<P, T>(
    action: string,
    input: object,
    all: AsyncIterable<P>,
    items: (page: P) => readonly T[] | undefined,
  ): Promise<readonly T[]> {
    return (await this.questions.find(action, JSON.stringify(input), () => pages(all, items))) ?? [];
  }
}

function filters(by: Filters): Filter[] {
  return Object.entries(by).map(([Name, value]) => ({ Name, Values: [value] }));
}

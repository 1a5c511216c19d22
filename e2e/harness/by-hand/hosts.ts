import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  DescribeImagesCommand,
  DescribeSubnetsCommand,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { defaultVpc, makeKeyPair } from "../before";
import type { World } from "../world";
import type { RunbookGroups } from "./security-groups";

export interface RunbookHosts {
  /** Instance ids by `Name` tag; `analytics-2` is terminated. */
  readonly instanceIds: Readonly<Record<"analytics-2" | "analytics-3" | "director", string>>;
  readonly imageId: string;
  /** Subnet of all hosts: the default one of the first availability zone. */
  readonly subnetId: string;
  readonly availabilityZone: string;
}

export interface RunbookElasticIp {
  readonly allocationId: string;
  readonly associationId: string;
  readonly publicIp: string;
}

type Launch = Omit<RunInstancesCommandInput, "MinCount" | "MaxCount">;

/** The hosts (runbook, EC2 and Director EC2); the third analytics host in a row is the live one. */
export async function hostsByHand(world: World, { ids }: RunbookGroups): Promise<RunbookHosts> {
  await makeKeyPair(world, "analytics");
  await makeKeyPair(world, "director");
  const imageId = await xenial(world);
  const { subnetId, availabilityZone } = await firstSubnet(world);
  const analytics = {
    ImageId: imageId,
    InstanceType: "t2.medium",
    SubnetId: subnetId,
    SecurityGroupIds: [ids.default, ids.analytics],
    IamInstanceProfile: { Name: "edxanalytics" },
    KeyName: "analytics",
  } satisfies Launch;
  const replaced = await launch(world, "analytics-2", 50, analytics);
  const live = await launch(world, "analytics-3", 50, analytics);
  await world.ec2.send(new TerminateInstancesCommand({ InstanceIds: [replaced] }));
  const director = await launch(world, "director", 8, {
    ImageId: imageId,
    InstanceType: "t2.micro",
    SubnetId: subnetId,
    SecurityGroupIds: [ids.default, ids.director],
    KeyName: "director",
  });
  return {
    instanceIds: { "analytics-2": replaced, "analytics-3": live, director },
    imageId,
    subnetId,
    availabilityZone,
  };
}

/** The address of Insights (runbook, Elastic IP). */
export async function elasticIpByHand(world: World, { instanceIds }: RunbookHosts): Promise<RunbookElasticIp> {
  const { AllocationId, PublicIp } = await world.ec2.send(new AllocateAddressCommand({ Domain: "vpc" }));
  const { AssociationId } = await world.ec2.send(
    new AssociateAddressCommand({ AllocationId, InstanceId: instanceIds["analytics-3"] }),
  );
  return {
    allocationId: AllocationId as string,
    associationId: AssociationId as string,
    publicIp: PublicIp as string,
  };
}

/** Launches a host with what the console's wizard asks for, and all else as EC2 gives it. */
async function launch(world: World, name: string, diskGiB: number, input: Launch): Promise<string> {
  const { Instances = [] } = await world.ec2.send(
    new RunInstancesCommand({
      ...input,
      MinCount: 1,
      MaxCount: 1,
      BlockDeviceMappings: [
        { DeviceName: "/dev/sda1", Ebs: { VolumeSize: diskGiB, VolumeType: "gp2", DeleteOnTermination: true } },
      ],
      TagSpecifications: [
        { ResourceType: "instance", Tags: [{ Key: "Name", Value: name }] },
        { ResourceType: "volume", Tags: [{ Key: "Name", Value: name }] },
      ],
    }),
  );
  return Instances[0]?.InstanceId as string;
}

/** Canonical's Ubuntu 16.04. */
async function xenial(world: World): Promise<string> {
  const { Images = [] } = await world.ec2.send(
    new DescribeImagesCommand({
      Owners: ["099720109477"],
      Filters: [{ Name: "name", Values: ["ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-amd64-server-*"] }],
    }),
  );
  return Images[0]?.ImageId as string;
}

async function firstSubnet(world: World): Promise<{ subnetId: string; availabilityZone: string }> {
  const { id } = await defaultVpc(world);
  const { Subnets = [] } = await world.ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: "vpc-id", Values: [id] }] }),
  );
  const [first] = Subnets.map(({ SubnetId, AvailabilityZone }) => ({
    subnetId: SubnetId as string,
    availabilityZone: AvailabilityZone as string,
  })).sort((one, other) => one.availabilityZone.localeCompare(other.availabilityZone));
  return first as { subnetId: string; availabilityZone: string };
}

import type { Instance } from "@aws-sdk/client-ec2";
import { attributesOf } from "../../resources/attributes";
import type { Ec2 } from "../../resources/aws/ec2";
import type { StackResource } from "../../resources/stack-resources";
import { fieldOf } from "../client-fields";
import type { Comparison } from "./comparisons";

/** The client file's `network` for an existing instance: `vpc` and what goes with it. */
export async function placeOf(
  ec2: Ec2,
  { VpcId: vpcId = "", SubnetId: subnetId }: Instance,
): Promise<{ readonly why: string; readonly vpc: "default" | "existing"; readonly [field: string]: unknown }> {
  const subnets = [...(await ec2.subnets(vpcId))].sort((one, other) =>
    String(one.AvailabilityZone).localeCompare(String(other.AvailabilityZone)),
  );
  const own = subnets.find((subnet) => subnet.SubnetId === subnetId);
  const others = subnets.filter(({ AvailabilityZone }) => AvailabilityZone !== own?.AvailabilityZone);
  const why = `where the hosts are: ${subnetId} in ${own?.AvailabilityZone}`;
  if (own?.DefaultForAz && vpcId === (await ec2.defaultVpc())?.VpcId) {
    const second = others.find(({ DefaultForAz }) => DefaultForAz);
    return { why, vpc: "default", zones: [own, second].map((subnet) => subnet?.AvailabilityZone) };
  }
  return { why, vpc: "existing", vpcId, subnetId, databaseSubnetIds: [subnetId, others[0]?.SubnetId] };
}

/** Compares an analytics host or the director with what its iteration says. */
export async function compareHost(
  comparison: Comparison,
  resource: StackResource,
  instance: Instance,
  id: string,
): Promise<void> {
  const { draft, lookUp } = comparison;
  const { address, arguments: given } = resource;
  const disk = await lookUp.aws.ec2.rootDisk(instance);
  const root = attributesOf(given.root_block_device);
  const path = fieldOf(address);
  const why = `as ${id} has it`;
  const grows = Number(draft.at(`${path}.diskGiB`)) > Number(disk?.Size);
  draft.compareAll(path, why, {
    instanceType: [given.instance_type, instance.InstanceType],
    diskGiB: [root.volume_size, disk?.Size, grows ? undefined : "EBS grows a disk, and does not shrink it"],
    diskType: [root.volume_type, disk?.VolumeType],
    diskEncrypted: [root.encrypted, disk?.Encrypted, "EC2 makes another one for anything else"],
  });
  draft.complete(`${path}.ami`, instance.ImageId, `${why}; Canonical may withdraw it, and plans would fail`);
  if (instance.KeyName === undefined) {
    draft.contradict(address, `${id} has no key pair, and EC2 gives a host none later`);
  } else {
    const keyPair = `${path === "director" ? path : "hosts"}.keyPair`;
    // One that the stack would make cannot be imported, even where it made the one that exists.
    const isMade = String(given.key_name).includes("aws_key_pair.") && !String(given.key_name).includes("data.");
    const inFile = isMade ? draft.at(keyPair) : { existing: await lookUp.text(resource, "key_name") };
    draft.compare(keyPair, inFile, { existing: instance.KeyName }, why, "EC2 does not change it");
  }
  if (instance.SecurityGroups?.some(({ GroupName }) => GroupName === "default")) {
    const inFile = draft.at("network.defaultSecurityGroup") ?? false;
    draft.compare("network.defaultSecurityGroup", inFile, true, `${id} is in \`default\``);
  }
  if (instance.SubnetId !== (await lookUp.text(resource, "subnet_id"))) {
    await comparePlace(comparison, address, instance);
  }
}

async function comparePlace({ draft, lookUp }: Comparison, address: string, instance: Instance): Promise<void> {
  const { why, ...place } = await placeOf(lookUp.aws.ec2, instance);
  // One subnet holds all hosts, and that of the live one is it.
  const isLive = address.startsWith(`aws_instance.analytics_${draft.at("hosts.active") ?? "1"}`);
  if (isLive && place.vpc === "default" && draft.at("network.vpc") === "default") {
    draft.compare("network.zones", draft.at("network.zones"), place.zones, why, "a host does not move");
  } else {
    const todo = isLive ? `Write \`network: ${JSON.stringify(place)}\`` : "Leave it out of the client file";
    draft.contradict(
      address,
      `${instance.InstanceId} is in ${instance.SubnetId}, the client file's network elsewhere, and a host does not move. ${todo}`,
    );
  }
}

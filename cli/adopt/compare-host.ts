import type { Instance } from "@aws-sdk/client-ec2";
import type { StackResource } from "../../resources/stack-resources";
import { fieldOf } from "../client-fields";
import type { Comparison } from "./comparison";
import { placeOf } from "./place";

/** Compares an analytics host or the director with what its iteration says. */
export async function compareHost(
  comparison: Comparison,
  resource: StackResource,
  instance: Instance,
  id: string,
): Promise<void> {
  const { draft, lookUp, conflict } = comparison;
  const { ec2 } = lookUp.aws;
  const disk = await ec2.rootDisk(instance);
  const path = fieldOf(resource.address);
  const why = `as ${id} has it`;
  const { instance_type: instanceType, root_block_device: given } = resource.arguments;
  const root = given as Readonly<Record<string, unknown>>;
  const grows = Number(draft.at(`${path}.diskGiB`)) > Number(disk?.Size);
  draft.compareAll(path, why, {
    instanceType: [instanceType, instance.InstanceType],
    diskGiB: [root.volume_size, disk?.Size, grows ? undefined : "EBS grows a disk, and does not shrink it"],
    diskType: [root.volume_type, disk?.VolumeType],
    diskEncrypted: [root.encrypted, disk?.Encrypted, "EC2 makes another one for anything else"],
  });
  if (draft.at(`${path}.ami`) === undefined) {
    draft.compare(
      `${path}.ami`,
      undefined,
      instance.ImageId,
      `${why}; Canonical may withdraw it, and plans would fail`,
    );
  }
  const keyPath = `${path === "director" ? path : "hosts"}.keyPair`;
  const keyName = await lookUp.text(resource, "key_name");
  if (instance.KeyName === undefined) {
    conflict(resource.address, `${id} has no key pair, and EC2 gives a host none later`);
  } else {
    draft.compare(keyPath, { existing: keyName }, { existing: instance.KeyName }, why, "EC2 does not change it");
  }
  if (instance.SecurityGroups?.some(({ GroupName }) => GroupName === "default")) {
    draft.compare(
      "network.defaultSecurityGroup",
      draft.at("network.defaultSecurityGroup") ?? false,
      true,
      `${id} is in \`default\``,
    );
  }
  await comparePlace(comparison, resource, instance);
}

async function comparePlace({ draft, lookUp, conflict }: Comparison, resource: StackResource, instance: Instance) {
  const subnetId = await lookUp.text(resource, "subnet_id");
  if (subnetId === instance.SubnetId) {
    return;
  }
  const place = await placeOf(lookUp.aws.ec2, instance);
  // One subnet holds all hosts, and that of the live one is it.
  const isLive = resource.address.startsWith(`aws_instance.analytics_${draft.at("hosts.active") ?? "1"}`);
  if (isLive && place.vpc === "default" && draft.at("network.vpc") === "default") {
    draft.compare("network.zones", draft.at("network.zones"), place.zones, place.why, "a host does not move");
  } else {
    const { why, ...network } = place;
    conflict(
      resource.address,
      `${instance.InstanceId} is in ${instance.SubnetId}, the client file's network elsewhere, and a host does not move. ${isLive ? `Write \`network: ${JSON.stringify(network)}\`` : "Leave it out of the client file"}`,
    );
  }
}

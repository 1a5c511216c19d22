import {
  DescribeAddressesCommand,
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeSubnetsCommand,
  DescribeVolumesCommand,
  type Instance,
} from "@aws-sdk/client-ec2";
import { GetInstanceProfileCommand } from "@aws-sdk/client-iam";
import type { Client } from "../../../config/client";
import { isExisting } from "../../../config/existing";
import type { World } from "../../harness/world";
import { equal, holds } from "../equal";

/** What one host should be. */
interface Host {
  readonly name: string;
  readonly type: string;
  readonly diskGiB: number;
  readonly diskType: string;
  readonly diskEncrypted: boolean;
  /** Name of the instance profile; undefined for none. */
  readonly profile?: string;
  /** boto 2 of the pipeline knows IMDSv1 alone. */
  readonly tokens: "optional" | "required";
  readonly group: string;
  readonly protected: boolean;
}

/** Compares every host with the client file, and where the Elastic IP is. */
export async function expectHosts(world: World, client: Client): Promise<void> {
  const { names } = client;
  const running = await instances(world);
  for (const host of [...analyticsHosts(client), ...director(client)]) {
    await expectHost(world, client, running.get(host.name), host);
  }

  const { InstanceProfile } = await world.iam.send(
    new GetInstanceProfileCommand({ InstanceProfileName: names.hostsRole }),
  );
  equal("role of the profile of the same name", InstanceProfile?.Roles?.[0]?.RoleName, names.hostsRole);

  const { active, iterations } = client.hosts;
  const ending = iterations.find(({ key }) => key === active)?.layout === "separate" ? "-insights" : "";
  const insights = running.get(`${names.hosts}-${active}${ending}`);
  const { Addresses = [] } = await world.ec2.send(new DescribeAddressesCommand({}));
  const associated = Addresses.filter(({ InstanceId }) => InstanceId === insights?.InstanceId);
  equal("Elastic IPs of the active Insights host", associated.length, 1);
}

function analyticsHosts({ names, hosts, sessionManager }: Client): Host[] {
  return hosts.iterations.flatMap((iteration) => {
    const { key, layout, instanceType: type, diskGiB, diskType, diskEncrypted, protected: isProtected } = iteration;
    const common = { type, diskGiB, diskType, diskEncrypted, group: names.hostsSecurityGroup, protected: isProtected };
    const name = `${names.hosts}-${key}`;
    const groups = {
      api: hosts.serviceGroups?.api.name ?? common.group,
      jenkins: hosts.serviceGroups?.jenkins.name ?? common.group,
    };
    const withRole = { profile: names.hostsRole, tokens: "optional" } as const;
    const others = { profile: sessionManager?.roleName, tokens: "required" } as const;
    return layout === "single"
      ? [{ ...common, ...withRole, name }]
      : [
          { ...common, ...others, name: `${name}-insights` },
          { ...common, ...others, name: `${name}-api`, group: groups.api },
          { ...common, ...withRole, name: `${name}-jenkins`, group: groups.jenkins },
        ];
  });
}

function director({ names, director: described, sessionManager }: Client): Host[] {
  if (isExisting(described)) {
    return [];
  }
  const { instanceType, diskGiB, diskType, diskEncrypted, protected: isProtected } = described;
  return [
    {
      name: names.director,
      type: instanceType,
      diskGiB,
      diskType,
      diskEncrypted,
      profile: described.passwordReader?.roleName ?? sessionManager?.roleName,
      tokens: "required",
      group: names.directorSecurityGroup,
      protected: isProtected,
    },
  ];
}

async function expectHost(world: World, client: Client, instance: Instance | undefined, host: Host): Promise<void> {
  holds(`${host.name} runs`, instance);
  const InstanceId = instance?.InstanceId as string;
  const { Volumes } = await world.ec2.send(
    new DescribeVolumesCommand({ Filters: [{ Name: "attachment.instance-id", Values: [InstanceId] }] }),
  );
  const { DisableApiTermination } = await world.ec2.send(
    new DescribeInstanceAttributeCommand({ InstanceId, Attribute: "disableApiTermination" }),
  );
  const { Subnets } = await world.ec2.send(new DescribeSubnetsCommand({ SubnetIds: [instance?.SubnetId as string] }));
  const groups = [host.group, ...(client.network.defaultSecurityGroup ? ["default"] : [])];
  equal(
    host.name,
    {
      type: instance?.InstanceType,
      profile: instance?.IamInstanceProfile?.Arn?.split("/").at(-1),
      tokens: instance?.MetadataOptions?.HttpTokens,
      groups: instance?.SecurityGroups?.map(({ GroupName }) => GroupName).sort(),
      disks: Volumes?.map(({ Size, VolumeType, Encrypted, Tags = [] }) => ({
        Size,
        VolumeType,
        Encrypted,
        tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
      })),
      protected: DisableApiTermination?.Value,
      public: instance?.PublicIpAddress !== undefined,
      zone: Subnets?.[0]?.AvailabilityZone,
    },
    {
      type: host.type,
      profile: host.profile,
      tokens: host.tokens,
      groups: groups.sort(),
      disks: [
        {
          Size: host.diskGiB,
          VolumeType: host.diskType,
          Encrypted: host.diskEncrypted,
          tags: { ...client.tags, ManagedBy: "terraform", Project: "edx-analytics" },
        },
      ],
      protected: host.protected,
      public: true,
      zone: "zones" in client.network ? client.network.zones[0] : `${client.region}a`,
    },
  );
}

async function instances(world: World): Promise<Map<string, Instance>> {
  const { Reservations = [] } = await world.ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: "instance-state-name", Values: ["running"] }] }),
  );
  const all = Reservations.flatMap(({ Instances = [] }) => Instances);
  return new Map(all.map((instance) => [instance.Tags?.find(({ Key }) => Key === "Name")?.Value ?? "", instance]));
}

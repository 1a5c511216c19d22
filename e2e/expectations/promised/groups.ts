import {
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
} from "@aws-sdk/client-ec2";
import type { ClientConfig } from "../../../clients/config/client";
import { namesOf } from "../../../clients/config/names";
import { ownership } from "../../../clients/config/resolve";
import type { World } from "../../harness/world";
import { equal, holds } from "../equal";

/** Compares all ingress and egress rules of every group, those of edxapp's own among them. */
export async function expectGroups(world: World, config: ClientConfig): Promise<void> {
  const names = namesOf(config);
  const director = config.director.existingSecurityGroupId ? `${config.name}-director` : names.directorSecurityGroup;
  const own = (config.emr.securityGroups ?? ownership(config)) === "create";
  const master = own ? "ElasticMapReduce-master" : `${config.name}-emr-master`;
  const slave = own ? "ElasticMapReduce-slave" : `${config.name}-emr-slave`;
  const cluster = own
    ? [master, slave].flatMap((peer) => ["icmp -1", "tcp 0-65535", "udp 0-65535"].map((port) => `${port} from ${peer}`))
    : [];
  const sshFrom = (config.director.sshFrom ?? []).map((cidr) => `tcp 22 from ${cidr}`);
  const web = config.hosts.webFrom.flatMap((cidr) => [`tcp 443 from ${cidr}`, `tcp 80 from ${cidr}`]);
  const membership = config.network.defaultSecurityGroup ? [] : [director, names.analyticsSecurityGroup];
  const everythingOut = ["-1 all to 0.0.0.0/0"];

  if (!config.director.existingSecurityGroupId) {
    equal("rules of the director", await rulesOf(world, director), sorted(sshFrom, everythingOut));
  }
  equal(
    "rules of the hosts",
    await rulesOf(world, names.analyticsSecurityGroup),
    sorted([`tcp 22 from ${director}`], web, everythingOut),
  );
  equal(
    "rules of EMR's masters",
    await rulesOf(world, master),
    sorted(cluster, [`tcp 22 from ${names.analyticsSecurityGroup}`], everythingOut),
  );
  equal("rules of EMR's slaves", await rulesOf(world, slave), sorted(cluster, everythingOut));
  equal(
    "rules of EMR RDS",
    await rulesOf(world, names.emrRdsSecurityGroup),
    sorted(
      [master, slave, ...membership].map((peer) => `tcp 3306 from ${peer}`),
      everythingOut,
    ),
  );
  await expectEdxappGroup(world, config, master, slave);
}

/** The rule that was there before stays, and ours is beside it where the client's file asks for it. */
async function expectEdxappGroup(world: World, config: ClientConfig, master: string, slave: string): Promise<void> {
  const { name, edxapp } = config;
  const ours = {
    "group-rules": [`tcp 3306 from ${master}`, `tcp 3306 from ${slave}`],
    "cidr-rules": [`tcp 3306 from ${await subnetCidr(world, config)}`],
    print: [],
  }[edxapp.database.access];
  equal(
    "rules of the edxapp RDS's group",
    await rulesOf(world, `${name}-edxapp-rds`),
    sorted(["tcp 3306 from 10.0.0.0/8", "-1 all to 0.0.0.0/0"], ours),
  );
}

/** Range of the subnet of hosts and EMR. */
async function subnetCidr(world: World, { network }: ClientConfig): Promise<string | undefined> {
  const wanted =
    network.vpc === "existing"
      ? { Name: "subnet-id", Values: [network.subnetId] }
      : { Name: "availability-zone", Values: [network.zones[0] as string] };
  const { Subnets } = await world.ec2.send(new DescribeSubnetsCommand({ Filters: [wanted] }));
  return Subnets?.[0]?.CidrBlock;
}

function sorted(...rules: readonly (readonly string[])[]): string[] {
  return rules.flat().sort();
}

/** A group's rules by the names of their peers, as `tcp 22 from director`. */
async function rulesOf(world: World, groupName: string): Promise<string[]> {
  const { SecurityGroups: groups = [] } = await world.ec2.send(new DescribeSecurityGroupsCommand({}));
  const nameOf = new Map(groups.map(({ GroupId, GroupName }) => [GroupId, GroupName]));
  const group = groups.find(({ GroupName }) => GroupName === groupName);
  holds(`security group ${groupName} exists`, group);
  const { SecurityGroupRules: rules = [] } = await world.ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: [group?.GroupId as string] }] }),
  );
  return rules
    .map(({ IpProtocol, FromPort, ToPort, IsEgress, CidrIpv4, ReferencedGroupInfo }) => {
      const ports = IpProtocol === "-1" ? "all" : FromPort === ToPort ? FromPort : `${FromPort}-${ToPort}`;
      const peer = CidrIpv4 ?? nameOf.get(ReferencedGroupInfo?.GroupId);
      return `${IpProtocol} ${ports} ${IsEgress ? "to" : "from"} ${peer}`;
    })
    .sort();
}

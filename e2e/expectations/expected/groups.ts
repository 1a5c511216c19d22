import {
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
} from "@aws-sdk/client-ec2";
import type { Client } from "../../../config/client";
import { isExisting } from "../../../config/existing";
import type { World } from "../../harness/world";
import { equal, holds } from "../equal";

/** Compares all ingress and egress rules of every group, that of the edxapp RDS among them. */
export async function expectGroups(world: World, client: Client): Promise<void> {
  const { name, names, director, hosts, network, loadBalancer } = client;
  const directorGroup = isExisting(director) ? `${name}-director` : names.directorSecurityGroup;
  const own = client.emr.securityGroups.owner === "managed";
  const master = own ? "ElasticMapReduce-master" : `${name}-emr-master`;
  const slave = own ? "ElasticMapReduce-slave" : `${name}-emr-slave`;
  const cluster = own
    ? [master, slave].flatMap((peer) => ["icmp -1", "tcp 0-65535", "udp 0-65535"].map((port) => `${port} from ${peer}`))
    : [];
  const sshFrom = (isExisting(director) ? [] : director.sshFrom).map((cidr) => `tcp 22 from ${cidr}`);
  const webFrom = isExisting(hosts.securityGroup) ? [] : hosts.securityGroup.webFrom;
  const openToWeb = webFrom.flatMap((cidr) => [`tcp 443 from ${cidr}`, `tcp 80 from ${cidr}`]);
  const web = loadBalancer ? [`tcp 80 from ${loadBalancer.securityGroupName}`] : openToWeb;
  const { api, jenkins } = hosts.serviceGroups ?? {};
  const membership = network.defaultSecurityGroup
    ? []
    : [directorGroup, names.hostsSecurityGroup, ...(api ? [api.name] : [])];
  const everythingOut = ["-1 all to 0.0.0.0/0"];

  if (!isExisting(director)) {
    equal("rules of the director", await rulesOf(world, directorGroup), sorted(sshFrom, everythingOut));
  }
  equal(
    "rules of the hosts",
    await rulesOf(world, names.hostsSecurityGroup),
    sorted([`tcp 22 from ${directorGroup}`], web, everythingOut),
  );
  if (loadBalancer) {
    equal(
      "rules of the load balancer",
      await rulesOf(world, loadBalancer.securityGroupName),
      sorted(openToWeb, everythingOut),
    );
  }
  if (api && jenkins) {
    equal(
      "rules of the API's hosts",
      await rulesOf(world, api.name),
      sorted(
        [`tcp 22 from ${directorGroup}`],
        [80, 443].map((port) => `tcp ${port} from ${names.hostsSecurityGroup}`),
        everythingOut,
      ),
    );
    equal(
      "rules of Jenkins' hosts",
      await rulesOf(world, jenkins.name),
      sorted([`tcp 22 from ${directorGroup}`], everythingOut),
    );
  }
  equal(
    "rules of EMR's masters",
    await rulesOf(world, master),
    sorted(
      [names.hostsSecurityGroup, ...(jenkins ? [jenkins.name] : [])].map((peer) => `tcp 22 from ${peer}`),
      cluster,
      everythingOut,
    ),
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
  await expectEdxappGroup(world, client, master, slave);
}

/** The rule that existed before stays, and the client's is beside it where its file asks for it. */
async function expectEdxappGroup(world: World, client: Client, master: string, slave: string): Promise<void> {
  const { name, edxapp } = client;
  const added = {
    "group-rules": [`tcp 3306 from ${master}`, `tcp 3306 from ${slave}`],
    "cidr-rules": [`tcp 3306 from ${await subnetCidr(world, client)}`],
    print: [],
  }[edxapp.database.access];
  equal(
    "rules of the edxapp RDS's group",
    await rulesOf(world, `${name}-edxapp-rds`),
    sorted(["tcp 3306 from 10.0.0.0/8", "-1 all to 0.0.0.0/0"], added),
  );
}

/** Range of the subnet of hosts and EMR. */
async function subnetCidr(world: World, { network }: Client): Promise<string | undefined> {
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

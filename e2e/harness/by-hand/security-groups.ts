import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  type IpPermission,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { defaultVpc } from "../before";
import type { World } from "../world";

export interface RunbookGroups {
  /** Ids by name, `default` among them. */
  readonly ids: Readonly<Record<GroupName, string>>;
  /** Ids of all rules of the runbook's and EMR's groups, those to everywhere that AWS itself creates among them. */
  readonly ruleIds: readonly string[];
  /** Ids of those rules that neither the runbook nor this project adds: a monitoring agent's, and one of EMR's. */
  readonly unmanagedRuleIds: readonly string[];
}

/** The console's description is a mandatory field: people type what comes to mind. */
const descriptions = {
  analytics: "analytics",
  director: "director instance - ssh",
  "ElasticMapReduce-master": "Master group for Elastic MapReduce created on 2016-11-08T10:04:15.371Z",
  "ElasticMapReduce-slave": "Slave group for Elastic MapReduce created on 2016-11-08T10:04:15.371Z",
  "EMR RDS": "Access to MySQL from EMR",
} as const;

type GroupName = keyof typeof descriptions | "default";

/** Their ports: that of Prometheus' node exporter, and that on which EMR's own service speaks to masters. */
const unmanagedPorts: readonly (number | undefined)[] = [9100, 8443];

/** The groups in the default VPC (runbook, Analytics Security Group; Director EC2; EMR Security Groups). */
export async function securityGroupsByHand(world: World): Promise<RunbookGroups> {
  const { id: VpcId } = await defaultVpc(world);
  const make = async (name: keyof typeof descriptions) => {
    const { GroupId } = await world.ec2.send(
      new CreateSecurityGroupCommand({ VpcId, GroupName: name, Description: descriptions[name] }),
    );
    return GroupId as string;
  };
  const director = await make("director");
  const analytics = await make("analytics");
  const master = await make("ElasticMapReduce-master");
  const slave = await make("ElasticMapReduce-slave");
  const emrRds = await make("EMR RDS");

  await allow(world, director, [anywhere(22)]);
  await allow(world, analytics, [tcpFrom(director, 22), anywhere(80), anywhere(443), tcpFromRange("10.0.0.0/8", 9100)]);
  for (const group of [master, slave]) {
    await allow(world, group, [
      ...[master, slave].map((peer) => from(peer, "tcp", 0, 65535)),
      // One of them has got lost: UDP on the slave from the master.
      ...(group === master ? [master, slave] : [slave]).map((peer) => from(peer, "udp", 0, 65535)),
      ...[master, slave].map((peer) => from(peer, "icmp", -1, -1)),
    ]);
  }
  await allow(world, master, [tcpFromRange("54.240.217.8/29", 8443), tcpFrom(analytics, 22)]);
  await allow(world, emrRds, [tcpFrom(master, 3306), tcpFrom(slave, 3306)]);

  const { SecurityGroups: defaults = [] } = await world.ec2.send(
    new DescribeSecurityGroupsCommand({
      Filters: [
        { Name: "vpc-id", Values: [VpcId] },
        { Name: "group-name", Values: ["default"] },
      ],
    }),
  );
  const rules = await rulesOf(world, [analytics, director, master, slave, emrRds]);
  const ids = (some: readonly SecurityGroupRule[]) => some.map((rule) => rule.SecurityGroupRuleId as string).sort();
  return {
    ids: {
      default: defaults[0]?.GroupId as string,
      analytics,
      director,
      "ElasticMapReduce-master": master,
      "ElasticMapReduce-slave": slave,
      "EMR RDS": emrRds,
    },
    ruleIds: ids(rules),
    unmanagedRuleIds: ids(rules.filter(({ FromPort }) => unmanagedPorts.includes(FromPort))),
  };
}

/** All rules of some groups. */
export async function rulesOf(world: World, groupIds: readonly string[]): Promise<SecurityGroupRule[]> {
  const { SecurityGroupRules = [] } = await world.ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: [...groupIds] }] }),
  );
  return SecurityGroupRules;
}

async function allow(world: World, GroupId: string, IpPermissions: IpPermission[]): Promise<void> {
  await world.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions }));
}

function from(groupId: string, protocol: string, first: number, last: number): IpPermission {
  return { IpProtocol: protocol, FromPort: first, ToPort: last, UserIdGroupPairs: [{ GroupId: groupId }] };
}

function tcpFrom(groupId: string, port: number): IpPermission {
  return from(groupId, "tcp", port, port);
}

function tcpFromRange(cidr: string, port: number): IpPermission {
  return { IpProtocol: "tcp", FromPort: port, ToPort: port, IpRanges: [{ CidrIp: cidr }] };
}

/** What the console makes of its source "Anywhere". */
function anywhere(port: number): IpPermission {
  return { ...tcpFromRange("0.0.0.0/0", port), Ipv6Ranges: [{ CidrIpv6: "::/0" }] };
}

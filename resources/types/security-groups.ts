import type { SecurityGroupRule } from "@aws-sdk/client-ec2";
import { type Attributes, blocks, texts } from "../attributes";
import type { LookUp } from "../look-up";
import { found, notFound, type Outcome } from "../outcome";
import type { Plan } from "../plan/plan";
import { isWorld } from "../policies/ranges";
import type { StackResource } from "../stack-resources";
import { type Alarm, access, exposure } from "./alarm";
import { groupEnds } from "./groups-of-clusters";
import type { Variable } from "./hcl";
import { letsThrough, openBlocks, openRanges, peerOf, ports } from "./openings";
import { type AlarmRule, type Compared, resourceType } from "./resource-type";
import { existing, isLeft, readResources } from "./rules";

const allOfIcmp = "all of ICMP, as it is; Terraform reads it in another form";

const openedBy = ["cidr_ipv4", "cidr_ipv6"];

const cidr = (variable: string) =>
  [
    `can(cidrnetmask(${variable})) && try(cidrsubnet(${variable}, 0, 0) == ${variable}, false)`,
    "An IPv4 range in CIDR notation is required, as in 203.0.113.0/24, without bits beyond its mask.",
  ] as const;

const casesOfCidr = () => ({
  accepts: ["198.51.100.0/24", "192.0.2.7/32"],
  refuses: ["anywhere", "198.51.100.7", "2001:db8::/32", "198.51.100.7/24"],
});

const cidrIpv6 = (variable: string) =>
  [
    `strcontains(${variable}, ":") && try(cidrsubnet(${variable}, 0, 0) == ${variable}, false)`,
    "An IPv6 range in CIDR notation is required, as in 2001:db8::/32, in its short form and without bits beyond its mask.",
  ] as const;

const casesOfCidrIpv6 = () => ({
  accepts: ["2001:db8::/32", "2001:db8::7/128"],
  refuses: ["anywhere", "2001:db8::7", "198.51.100.0/24", "2001:db8::7/32", "2001:0DB8::/32"],
});

const variables: readonly Variable[] = [
  {
    name: () => "director_ssh_cidr",
    description: (owner) => `IPv4 range that may SSH to the director, of the rule director_ssh_from_${owner}.`,
    validation: cidr,
    cases: casesOfCidr,
    field: () => "director.sshFrom",
    places: [{ called: /^director_ssh_from_(.+)$/, path: "cidr_ipv4" }],
  },
  ...["analytics", "load_balancer"].map(
    (group): Variable => ({
      name: () => "web_cidr",
      description: (owner) =>
        `IPv4 range that reaches Insights on 80 and 443, of the rules ${group}_http_from_${owner} and ${group}_https_from_${owner}.`,
      validation: cidr,
      cases: casesOfCidr,
      field: () => "hosts.securityGroup.webFrom",
      places: [{ called: new RegExp(`^${group}_https?_from_(.+)$`), path: "cidr_ipv4" }],
    }),
  ),
  {
    name: () => "web_ipv6_cidr",
    description: (owner) =>
      `IPv6 range that reaches Insights on 80 and 443, of the rules load_balancer_http_from_${owner} and load_balancer_https_from_${owner}.`,
    validation: cidrIpv6,
    cases: casesOfCidrIpv6,
    field: () => "hosts.securityGroup.webFrom",
    places: [{ called: /^load_balancer_https?_from_(.+)$/, path: "cidr_ipv6" }],
  },
];

export const securityGroups = [
  resourceType("aws_security_group", {
    holds: undefined,
    parts: async (id, { ec2 }, { name }) =>
      (await ec2.rules(id)).map((rule) => ({
        importId: rule.SecurityGroupRuleId as string,
        text: `group ${name}: ${inWords(rule)}`,
      })),
    uniqueName: { word: "group", argument: "name" },
    find: async (group, lookUp) => {
      const vpcId = await lookUp.text(group, "vpc_id");
      const existing = vpcId && (await lookUp.aws.ec2.group(vpcId, String(group.arguments.name)));
      return existing ? found(existing.GroupId, async () => existing.Tags ?? []) : notFound;
    },
    alarms: {
      opens: ({ ingress }) => openBlocks(ingress),
      update: ({ before, after }) => [
        ...closesBlocks(before, after, "ingress"),
        ...closesBlocks(before, after, "egress"),
        ...opensBlocks(before, after),
      ],
      destroy: groupEnds,
      replace: groupEnds,
    },
    adoption: { create: "the deployment has no such group" },
    notes: {
      revoke_rules_on_delete: "EMR adds rules of its own whenever a cluster starts.",
    },
  }),
  resourceType("aws_vpc_security_group_ingress_rule", {
    holds: undefined,
    find: (rule, lookUp) => findRule(rule, lookUp, false),
    alarms: {
      opens: (rule) => openRanges(rule, [rule.cidr_ipv4, rule.cidr_ipv6]),
      openedBy,
      create: opensExistingGroup("from"),
      update: (change, plan) => [...closes("from")(change, plan), opensMore(change)],
      destroy: closes("from"),
    },
    adoption: {
      create: "the runbook has this rule, and the group did not",
      update: { from_port: allOfIcmp, to_port: allOfIcmp },
    },
    variables,
  }),
  resourceType("aws_vpc_security_group_egress_rule", {
    holds: undefined,
    find: (rule, lookUp) => findRule(rule, lookUp, true),
    alarms: { create: opensExistingGroup("to"), update: closes("to"), destroy: closes("to") },
    adoption: { create: "everything out, as AWS has it for a new group, and the group did not" },
  }),
  resourceType("aws_security_group_rule", {
    holds: undefined,
    alarms: {
      opens: (rule) => (rule.type === "ingress" ? openBlocks([rule]) : []),
      openedBy: ["cidr_blocks", "ipv6_cidr_blocks"],
      update: olderCloses,
      destroy: olderCloses,
    },
    adoption: { create: { never: "rules are resources of the newer types" } },
    find: { never: "no stack has one" },
    foreign: "the older form of a rule, in other stacks whose plans are summarised",
  }),
];

/** MySQL's port, and those of the databases that a plan reads, as edxapp's: what stacks open of a group of another owner. */
function mysqlPorts(plan: Plan): string[] {
  const read = readResources(plan).filter(({ type }) => type === "aws_db_instance");
  return ["tcp 3306", ...read.map(({ values }) => `tcp ${values.port}`)];
}

/**
 * A new rule of a group that exists, which others use too: of a range, or of a group. A group that the stack has managed since an
 * earlier apply gets what its client file says, but for an unmanaged group.
 */
function opensExistingGroup(direction: "from" | "to"): AlarmRule {
  return ({ after }, plan) => {
    const { security_group_id: group, referenced_security_group_id: referenced } = after;
    const peer = peerOf(after);
    const groups = existing(plan, "aws_security_group");
    const isIn = (id: unknown) => typeof id !== "string" || groups.some(({ before }) => before.id === id);
    const isManaged = groups.some(({ before, isImported }) => before.id === group && !isImported);
    const isOfRange = peer != null && referenced == null;
    if (isOfRange ? isManaged : isIn(group)) {
      const isRead = readGroups(plan).some(({ id }) => id === referenced);
      return [
        direction === "from" &&
          !isOfRange &&
          !isIn(referenced) &&
          // The director's, where it exists.
          !(isRead && ["tcp 22", "tcp 3306"].includes(ports(after))) &&
          exposure`opens ${ports(after)} of ${group ?? "a new group"} from ${referenced}, a group of another owner`,
      ];
    }
    return [
      typeof group === "string" &&
        // That of the world has an alarm of its own.
        (direction === "to" || !isWorld(peer)) &&
        !(!isOfRange && isIn(referenced) && mysqlPorts(plan).includes(ports(after))) &&
        exposure`opens ${ports(after)} of ${group}, an existing group, ${direction} ${peer ?? "what is known after the apply alone"}`,
    ];
  };
}

function readGroups(plan: Plan): Attributes[] {
  return readResources(plan)
    .filter(({ mode, type }) => mode === "data" && type === "aws_security_group")
    .map(({ values }) => values);
}

/** A rule that lets through more than before. */
function opensMore({ before, after }: Compared): Alarm | false {
  const peer = peerOf(after);
  return (
    peer != null &&
    // The world has an alarm of its own, but where the same rule comes to another group.
    !(isWorld(peer) && before.security_group_id === after.security_group_id) &&
    !letsThrough(before, after) &&
    exposure`opens ${ports(after)} of ${after.security_group_id} from ${peer}`
  );
}

/** A rule that goes, unless the plan leaves another one that lets the same through. */
function closes(direction: "from" | "to"): AlarmRule {
  const type = `aws_vpc_security_group_${direction === "from" ? "in" : "e"}gress_rule`;
  return ({ before }, plan) => [
    !isLeft(plan, type, (other) => letsThrough(other, before)) &&
      access`no longer lets ${`${ports(before)} ${direction} ${peerOf(before)}`} through: ${before.security_group_id}`,
  ];
}

/** The same of the older type, of which one rule can have many peers. */
function olderCloses({ before, after }: Compared): Alarm[] {
  const direction = before.type === "egress" ? "egress" : "ingress";
  return closesBlocks({ [direction]: [before] }, { [direction]: [after] }, direction);
}

/** What the rules within a group, or those of the older type, no longer let through. */
function closesBlocks(before: Attributes, after: Attributes, direction: "ingress" | "egress"): Alarm[] {
  const left = traffic(after, direction).map(({ text }) => text);
  return traffic(before, direction)
    .filter(({ text }) => !left.includes(text))
    .map(({ text }) => access`no longer lets ${text} through`);
}

/** Who else gets in by rules within a group, which no stack writes; the world has an alarm of its own. */
function opensBlocks(before: Attributes, after: Attributes): Alarm[] {
  const had = traffic(before, "ingress").map(({ text }) => text);
  return traffic(after, "ingress")
    .filter(({ text, peer }) => !isWorld(peer) && !had.includes(text))
    .map(({ text }) => exposure`opens ${text}`);
}

function traffic(group: Attributes, direction: "ingress" | "egress"): { peer: string; text: string }[] {
  const word = direction === "ingress" ? "from" : "to";
  return blocks(group[direction]).flatMap((rule) =>
    [rule.cidr_blocks, rule.ipv6_cidr_blocks, rule.security_groups, rule.prefix_list_ids, rule.source_security_group_id]
      .flatMap(texts)
      .map((peer) => ({ peer, text: `${ports(rule)} ${word} ${peer}` })),
  );
}

/**
 * The security groups that something leaves, and those besides the stack's own and the VPC's default that it joins.
 * @param argument that names them
 */
export function otherGroups({ before, after }: Compared, plan: Plan, argument = "vpc_security_group_ids"): Alarm[] {
  const [had, gets] = [texts(before[argument]), texts(after[argument])];
  const own = [
    ...existing(plan, "aws_security_group").map((group) => group.before.id),
    ...readGroups(plan)
      .filter(({ name }) => name === "default")
      .map(({ id }) => id),
  ];
  // Unknown while a group is yet to be created.
  const left = Array.isArray(after[argument]) ? had.filter((id) => !gets.includes(id)) : [];
  // Those that are yet to be created have no id.
  const joined = gets.filter((id) => typeof id === "string" && !had.includes(id) && !own.includes(id));
  return [
    ...left.map((id) => access`leaves the security group ${id}, and what that lets through`),
    ...joined.map((id) => exposure`joins the security group ${id}, which opens it to whatever that lets in`),
  ];
}

/** A rule is the same as another by what it lets through, whatever its description. */
async function findRule(rule: StackResource, lookUp: LookUp, egress: boolean): Promise<Outcome> {
  const text = (argument: string) => lookUp.text(rule, argument);
  const [groupId, peer, cidr, cidrIpv6] = [
    await text("security_group_id"),
    await text("referenced_security_group_id"),
    await text("cidr_ipv4"),
    await text("cidr_ipv6"),
  ];
  const wantsPeer = rule.arguments.referenced_security_group_id !== undefined;
  if (groupId === undefined || (wantsPeer ? peer : (cidr ?? cidrIpv6)) === undefined) {
    return notFound;
  }
  const protocol = await text("ip_protocol");
  const [from, to] = protocol === "-1" ? [] : [await text("from_port"), await text("to_port")];
  const isSamePort = (found: number | undefined, wanted: string | undefined) =>
    protocol === "-1" || (wanted !== undefined && String(found) === wanted);
  const same = (await lookUp.aws.ec2.rules(groupId)).find(
    (candidate) =>
      candidate.IsEgress === egress &&
      candidate.ReferencedGroupInfo?.GroupId === peer &&
      candidate.CidrIpv4 === cidr &&
      candidate.CidrIpv6 === cidrIpv6 &&
      candidate.IpProtocol === protocol &&
      isSamePort(candidate.FromPort, from) &&
      isSamePort(candidate.ToPort, to),
  );
  return found(same?.SecurityGroupRuleId, async () => same?.Tags ?? []);
}

function inWords(rule: SecurityGroupRule): string {
  const { IsEgress, IpProtocol, FromPort, ToPort, Description } = rule;
  const protocol =
    IpProtocol === "-1" ? "everything" : `${IpProtocol} ${FromPort === ToPort ? FromPort : `${FromPort}-${ToPort}`}`;
  const peer = rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.ReferencedGroupInfo?.GroupId ?? rule.PrefixListId;
  return `${protocol} ${IsEgress ? "to" : "from"} ${peer}${Description ? `, "${Description}"` : ""}`;
}

import { importsFile } from "../../config/load/imports";
import { referenceIn, type StackResource } from "../../resources/stack-resources";
import { type Answer, type Finding, ok, refused } from "../findings";
import { ask, type Context, nameAnswer } from "./finding";

/** Rules of each direction that a group may have: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html. */
const quota = ["vpc", "L-0EA8095F"] as const;

const types = { in: "aws_vpc_security_group_ingress_rule", out: "aws_vpc_security_group_egress_rule" } as const;

/** Whether AWS takes the stack's rules: none that a group of another owner has already, and not more than a group may have. */
export async function* ruleFindings(context: Context): AsyncGenerator<Finding> {
  const { resources } = context.lookUp;
  const foreign = resources.of(types.in).filter((rule) => ownGroup(rule) === undefined);
  for (const rule of foreign) {
    yield await ask(`rule ${rule.arguments.description}`, () => duplicateAnswer(context, rule));
  }
  const groups = new Set(resources.of(types.in).map(({ arguments: given }) => given.security_group_id as string));
  for (const group of groups) {
    const members = resources.of(types.in).filter(({ arguments: given }) => given.security_group_id === group);
    yield await ask(`rules of ${nameOf(context, members[0] as StackResource)}`, () => countAnswer(context, members));
  }
}

/** AWS refuses a second rule for the same traffic after those before it are made or gone. */
async function duplicateAnswer(context: Context, rule: StackResource): Promise<Answer> {
  const outcome = await context.lookUp.outcome(rule.address);
  const id = outcome.kind === "found" ? outcome.id : "";
  const answer = await nameAnswer(
    context,
    rule.address,
    outcome,
    `Import it: "${rule.address}": "${id}" in ${importsFile(context.name)}. Or leave the way in to its owner: \`edxapp.database.access\` "print"`,
  );
  return outcome.kind === "not-found" ? ok("does not exist yet") : answer;
}

async function countAnswer({ aws, lookUp }: Context, rules: readonly StackResource[]): Promise<Answer> {
  const most = await aws.quotas.granted(...quota);
  const group = await lookUp.text(rules[0] as StackResource, "security_group_id");
  const existing = group === undefined ? [] : (await aws.ec2.rules(group)).filter(({ IsEgress }) => !IsEgress);
  const found = await Promise.all(rules.map(({ address }) => lookUp.foundId(address)));
  const missing = rules.filter((_, index) => found[index] === undefined);
  // AWS counts the rules of IPv4 and those of IPv6 apart, and those of groups as both.
  const counts = [
    [
      existing.filter(({ CidrIpv6 }) => CidrIpv6 === undefined),
      missing.filter((rule) => rule.arguments.cidr_ipv6 === undefined),
    ],
    [
      existing.filter(({ CidrIpv4 }) => CidrIpv4 === undefined),
      missing.filter((rule) => rule.arguments.cidr_ipv4 === undefined),
    ],
  ].map(([have = [], want = []]) => ({ have: have.length, want: want.length }));
  const { have, want } = counts.reduce((one, other) => (one.have + one.want >= other.have + other.want ? one : other));
  const count = `${have} of ${most} exist, the stack needs ${want} more`;
  return have + want <= most
    ? ok(count)
    : refused(`${count}. Let fewer ranges in, or ask AWS for more: Service Quotas, ${quota.join(", ")}.`);
}

/** The stack's own group that a rule is of. */
function ownGroup({ arguments: given }: StackResource): string | undefined {
  const address = referenceIn(String(given.security_group_id))?.address;
  return address?.startsWith("aws_security_group.") ? address : undefined;
}

function nameOf({ lookUp }: Context, rule: StackResource): string {
  const address = ownGroup(rule);
  const name = address === undefined ? undefined : lookUp.resources.at(address)?.arguments.name;
  return name === undefined ? "edxapp's group" : `group ${name}`;
}

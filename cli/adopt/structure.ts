import type { Instance, SecurityGroup } from "@aws-sdk/client-ec2";
import { type NameKey, type Naming, namesOf, runbookNames } from "../../config/names";
import type { Aws } from "../../resources/aws/aws";
import type { Ec2 } from "../../resources/aws/ec2";
import { CommandError } from "../command-error";
import { completeGrades } from "./buckets";
import type { Draft } from "./draft";
import { placeOf } from "./hosts";

/** Fields that a client file has to have, and that AWS can answer for an existing deployment. */
export const answerable: readonly string[] = [
  "naming",
  "network",
  "hosts",
  "hosts.keyPair",
  "director",
  "director.keyPair",
  "director.sshFrom",
  "edxapp.gradesBucket.access",
  "edxapp.database.access",
];

type Names = Readonly<Record<NameKey, string>>;

/** Completes these fields, and the iterations of the hosts, of which the active one has the Elastic IP. */
export async function completeStructure(draft: Draft, aws: Aws, name: string): Promise<void> {
  draft.complete("naming", ...(await namingOf(aws)));
  const names = namesOf(name, draft.completed as unknown as Naming);
  const live = await completeHosts(draft, aws.ec2, names);
  const vpcId = await completeNetwork(draft, aws.ec2, live);
  if (vpcId !== undefined) {
    await completeDirector(draft, aws.ec2, vpcId, names);
  }
  await completeGrades(draft, aws.s3, name);
  await completeEdxappDatabase(draft, aws, vpcId, names.emrRdsSecurityGroup);
}

/** The role or the user may have names of their own in the file. */
async function namingOf({ iam }: Aws): Promise<["runbook" | "prefixed", string]> {
  const { hostsRole: role, elasticsearchUser: user } = runbookNames;
  if (await iam.role(role)) {
    return ["runbook", `the role ${role} exists`];
  }
  return (await iam.user(user))
    ? ["runbook", `the user ${user} exists`]
    : ["prefixed", `there is neither a role ${role} nor a user ${user}`];
}

/** @returns the instance that serves, if there is one */
async function completeHosts(draft: Draft, ec2: Ec2, names: Names): Promise<Instance | undefined> {
  const name = names.hosts;
  const hosts = new Map<number, Instance>();
  for (const instance of await ec2.instances(`${name}-*`)) {
    // With the layout `separate`, Insights is what has the address.
    const [, number] = /^([1-9]\d{0,3})(?:-insights)?$/.exec(nameOf(instance).slice(name.length + 1)) ?? [];
    if (number !== undefined) {
      hosts.set(Number(number), instance);
    }
  }
  const numbers = [...hosts.keys()].sort((one, other) => one - other);
  const newest = numbers.at(-1);
  if (newest === undefined) {
    if (draft.at("hosts") === undefined) {
      throw new CommandError(
        `No host is called ${name}-1, -2 and so on. Write what their \`Name\` tags begin with into \`hosts.name\`, or describe \`hosts\` and \`network\` yourself: docs/adopting.md.`,
      );
    }
    return undefined;
  }
  let live = newest;
  for (const number of numbers) {
    live = (await ec2.address(hosts.get(number)?.InstanceId as string)) ? number : live;
  }
  const instance = hosts.get(live) as Instance;
  const keyPair = instance.KeyName ?? names.hostsKeyPair;
  draft.complete("hosts.keyPair", { existing: keyPair }, `the key pair of ${nameOf(instance)}`);
  await completeWebFrom(draft, ec2, instance, names.hostsSecurityGroup);
  if (
    [...hosts.values()].some((host) => nameOf(host).endsWith("-insights")) &&
    (await ec2.group(instance.VpcId ?? "", names.apiSecurityGroup)) === undefined
  ) {
    draft.complete("hosts.serviceGroups", "common", `no group is called ${names.apiSecurityGroup}`);
  }
  if (draft.at("hosts.iterations") === undefined) {
    if (live !== 1) {
      draft.complete("hosts.active", String(live), `${nameOf(instance)} has the Elastic IP`);
    }
    for (const number of numbers) {
      draft.complete(`hosts.iterations.${number}`, {}, `${name}-${number} exists`);
      if (nameOf(hosts.get(number) as Instance).endsWith("-insights")) {
        draft.complete(`hosts.iterations.${number}.layout`, "separate", `${name}-${number}-insights exists`);
      }
    }
    const missing = Array.from({ length: newest }, (_, index) => index + 1).filter((number) => !hosts.has(number));
    if (missing.length > 0) {
      draft.complete("hosts.retired", missing.map(String), "their numbers were used, and are not used again");
    }
  }
  return instance;
}

/** Who may see Insights today; by default, everybody would be let in. */
async function completeWebFrom(draft: Draft, ec2: Ec2, { VpcId = "" }: Instance, name: string): Promise<void> {
  const ranges = await rangesOf(ec2, await ec2.group(VpcId, name), [80, 443]);
  if (ranges.length > 0 && !ranges.includes("0.0.0.0/0")) {
    draft.complete("hosts.securityGroup.webFrom", ranges, `what ${name} lets in on 80 and 443`);
  }
}

/** @returns id of the VPC of what exists */
async function completeNetwork(draft: Draft, ec2: Ec2, live: Instance | undefined): Promise<string | undefined> {
  if (draft.at("network") === undefined && live !== undefined) {
    const { why, ...place } = await placeOf(ec2, live);
    for (const [field, value] of Object.entries(place)) {
      draft.complete(`network.${field}`, value, why);
    }
  }
  return live?.VpcId ?? (draft.at("network.vpcId") as string | undefined) ?? (await ec2.defaultVpc())?.VpcId;
}

async function completeDirector(draft: Draft, ec2: Ec2, vpcId: string, names: Names): Promise<void> {
  const group = await ec2.group(vpcId, names.directorSecurityGroup);
  const [host] = await ec2.instances(names.director);
  if (group === undefined || draft.at("director.existing") !== undefined) {
    return;
  }
  if (host === undefined && draft.at("director") === undefined) {
    draft.complete("director.existing", group.GroupId, `the group ${group.GroupName}`);
  } else if (host !== undefined) {
    const keyPair = host.KeyName ?? names.directorKeyPair;
    draft.complete("director.keyPair", { existing: keyPair }, `the key pair of ${names.director}`);
    const from = await rangesOf(ec2, group, [22]);
    if (from.length > 0) {
      draft.complete("director.sshFrom", from, `what ${group.GroupName} lets in on 22`);
    }
  }
}

/** IPv4 ranges that a security group lets in on ports. */
async function rangesOf(ec2: Ec2, group: SecurityGroup | undefined, ports: readonly number[]): Promise<string[]> {
  const rules = group === undefined ? [] : await ec2.rules(group.GroupId as string);
  const ranges = rules
    .filter(({ IsEgress, FromPort = 0 }) => !IsEgress && ports.includes(FromPort))
    .flatMap(({ CidrIpv4 }) => CidrIpv4 ?? []);
  return [...new Set(ranges)];
}

async function completeEdxappDatabase(draft: Draft, aws: Aws, vpcId: string | undefined, name: string): Promise<void> {
  const identifier = draft.at("edxapp.database.identifier");
  if (typeof identifier !== "string" || draft.at("edxapp.database.access") !== undefined) {
    return;
  }
  const groups = (await aws.rds.instance(identifier))?.VpcSecurityGroups ?? [];
  const emrRds = vpcId === undefined ? undefined : await aws.ec2.group(vpcId, name);
  const own = groups.flatMap(({ VpcSecurityGroupId: id }) => (id === undefined || id === emrRds?.GroupId ? [] : [id]));
  if (vpcId !== undefined && (await completeEdxappRules(draft, aws.ec2, vpcId, own, groups.length > 1))) {
    return;
  }
  draft.complete(
    "edxapp.database.access",
    "print",
    groups.some(({ VpcSecurityGroupId }) => VpcSecurityGroupId === emrRds?.GroupId)
      ? `${identifier} has the group ${name} already`
      : `${identifier} does not have the group ${name}; its owner adds it, or another way is chosen`,
  );
}

/**
 * Rules on a group of the edxapp server's own, which let EMR's masters in.
 * @param isOneOfSeveral whether the file has to name the group
 * @returns whether there are any
 */
async function completeEdxappRules(
  draft: Draft,
  ec2: Ec2,
  vpcId: string,
  groupIds: readonly string[],
  isOneOfSeveral: boolean,
): Promise<boolean> {
  const master = await ec2.group(vpcId, "ElasticMapReduce-master");
  for (const id of groupIds) {
    const rules = master === undefined ? [] : await ec2.rules(id);
    if (rules.some((rule) => !rule.IsEgress && rule.ReferencedGroupInfo?.GroupId === master?.GroupId)) {
      const why = `${id} lets ${master?.GroupName} in`;
      draft.complete("edxapp.database.access", "group-rules", why);
      if (isOneOfSeveral) {
        draft.complete("edxapp.database.ruleSecurityGroupId", id, why);
      }
      return true;
    }
  }
  return false;
}

/** The `Name` tag. */
function nameOf({ Tags = [] }: Instance): string {
  return Tags.find(({ Key }) => Key === "Name")?.Value ?? "";
}

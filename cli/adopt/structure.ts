import type { Instance } from "@aws-sdk/client-ec2";
import { type NameKey, type Naming, namesOf, runbookNames } from "../../config/names";
import type { Aws } from "../../resources/aws/aws";
import { CommandError } from "../command-error";
import type { Draft } from "./draft";
import { allowsGradesDownload } from "./grades";
import { placeOf } from "./place";

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

/** Completes these fields, and the iterations of the hosts, of which the active one has the Elastic IP. */
export async function completeStructure(draft: Draft, aws: Aws, name: string): Promise<void> {
  draft.complete("naming", ...(await namingOf(aws)));
  const names = namesOf(name, draft.completed as unknown as Naming);
  const live = await completeHosts(draft, aws, names);
  const vpcId = await completeNetwork(draft, aws, live);
  if (vpcId !== undefined) {
    await completeDirector(draft, aws, vpcId, names);
  }
  await completeEdxapp(draft, aws, vpcId, names);
}

/** The role or the user may have names of their own in the file. */
async function namingOf({ iam }: Aws): Promise<["runbook" | "prefixed", string]> {
  const role = runbookNames.hostsRole;
  const user = runbookNames.elasticsearchUser;
  if (await iam.role(role)) {
    return ["runbook", `the role ${role} exists`];
  }
  return (await iam.user(user))
    ? ["runbook", `the user ${user} exists`]
    : ["prefixed", `there is neither a role ${role} nor a user ${user}`];
}

/** @returns the instance that serves, if there is one */
async function completeHosts(draft: Draft, aws: Aws, names: Record<NameKey, string>): Promise<Instance | undefined> {
  const name = names.hosts;
  const numbered = new Map<number, Instance>();
  const separate = new Set<number>();
  for (const instance of await aws.ec2.instances(`${name}-*`)) {
    // With the layout `separate`, Insights is what has the address.
    const [, number, service] = /^([1-9]\d{0,3})(-insights)?$/.exec(nameOf(instance).slice(name.length + 1)) ?? [];
    if (number !== undefined) {
      numbered.set(Number(number), instance);
    }
    if (service !== undefined) {
      separate.add(Number(number));
    }
  }
  const numbers = [...numbered.keys()].sort((one, other) => one - other);
  let live = numbers.at(-1);
  for (const number of numbers) {
    if (await aws.ec2.address(numbered.get(number)?.InstanceId as string)) {
      live = number;
    }
  }
  if (live === undefined) {
    if (draft.at("hosts") === undefined) {
      throw new CommandError(
        `No host is called ${name}-1, -2 and so on. Write what their \`Name\` tags begin with into \`hosts.name\`, or describe \`hosts\` and \`network\` yourself, see clients/example.ts.`,
      );
    }
    return undefined;
  }
  const instance = numbered.get(live) as Instance;
  const keyPair = instance.KeyName ?? names.hostsKeyPair;
  draft.complete("hosts.keyPair", { existing: keyPair }, `the key pair of ${nameOf(instance)}`);
  await completeWebFrom(draft, aws, instance, names.hostsSecurityGroup);
  if (draft.at("hosts.iterations") === undefined) {
    if (live !== 1) {
      draft.complete("hosts.active", String(live), `${nameOf(instance)} has the Elastic IP`);
    }
    for (const number of numbers) {
      const iteration = `hosts.iterations.${number}`;
      draft.complete(iteration, {}, `${name}-${number} exists`);
      if (separate.has(number)) {
        draft.complete(`${iteration}.layout`, "separate", `${name}-${number}-insights exists`);
      }
    }
    const missing = Array.from({ length: numbers.at(-1) as number }, (_, index) => index + 1).filter(
      (number) => !numbered.has(number),
    );
    if (missing.length > 0) {
      draft.complete("hosts.retired", missing.map(String), "their numbers were used, and are not used again");
    }
  }
  return instance;
}

/** Who may see Insights today; by default, everybody would be let in. */
async function completeWebFrom(draft: Draft, aws: Aws, { VpcId = "" }: Instance, name: string) {
  const group = await aws.ec2.group(VpcId, name);
  const rules = group === undefined ? [] : await aws.ec2.rules(group.GroupId as string);
  const ranges = rules
    .filter(({ IsEgress, FromPort, ToPort }) => !IsEgress && FromPort === ToPort && [80, 443].includes(FromPort ?? 0))
    .flatMap(({ CidrIpv4 }) => CidrIpv4 ?? []);
  if (ranges.length > 0 && !ranges.includes("0.0.0.0/0")) {
    draft.complete("hosts.securityGroup.webFrom", [...new Set(ranges)], `what ${name} lets in on 80 and 443`);
  }
}

/** @returns id of the VPC of what exists */
async function completeNetwork(draft: Draft, aws: Aws, live: Instance | undefined): Promise<string | undefined> {
  if (draft.at("network") === undefined && live !== undefined) {
    const { why, ...place } = await placeOf(aws.ec2, live);
    for (const [field, value] of Object.entries(place)) {
      draft.complete(`network.${field}`, value, why);
    }
  }
  return live?.VpcId ?? (draft.at("network.vpcId") as string | undefined) ?? (await aws.ec2.defaultVpc())?.VpcId;
}

async function completeDirector(draft: Draft, aws: Aws, vpcId: string, names: Record<NameKey, string>): Promise<void> {
  const group = await aws.ec2.group(vpcId, names.directorSecurityGroup);
  const [host] = await aws.ec2.instances(names.director);
  if (group === undefined || draft.at("director.existing") !== undefined) {
    return;
  }
  if (host === undefined && draft.at("director") === undefined) {
    draft.complete("director.existing", group.GroupId, `the group ${group.GroupName}`);
  } else if (host !== undefined) {
    const from = (await aws.ec2.rules(group.GroupId as string))
      .filter(({ IsEgress, FromPort, CidrIpv4 }) => !IsEgress && FromPort === 22 && CidrIpv4 !== undefined)
      .map(({ CidrIpv4 }) => CidrIpv4 as string);
    const keyPair = host.KeyName ?? names.directorKeyPair;
    draft.complete("director.keyPair", { existing: keyPair }, `the key pair of ${names.director}`);
    if (from.length > 0) {
      draft.complete("director.sshFrom", from, `what ${group.GroupName} lets in on 22`);
    }
  }
}

async function completeEdxapp(
  draft: Draft,
  aws: Aws,
  vpcId: string | undefined,
  names: Record<NameKey, string>,
): Promise<void> {
  const bucket = draft.at("edxapp.gradesBucket.name");
  if (typeof bucket === "string" && draft.at("edxapp.gradesBucket.access") === undefined) {
    const statements = await aws.s3.statements(bucket);
    const [access, why] =
      statements === undefined
        ? ["new-policy", "the bucket has no policy"]
        : allowsGradesDownload(statements, bucket, String(draft.at("edxapp.userArn")))
          ? ["print", "the bucket's policy has the runbook's statement already"]
          : ["merge-policy", "the bucket has a policy, without the runbook's statement"];
    draft.complete("edxapp.gradesBucket.access", access, why);
  }
  const identifier = draft.at("edxapp.database.identifier");
  if (typeof identifier === "string" && draft.at("edxapp.database.access") === undefined) {
    const groups = (await aws.rds.instance(identifier))?.VpcSecurityGroups ?? [];
    const emrRds = vpcId === undefined ? undefined : await aws.ec2.group(vpcId, names.emrRdsSecurityGroup);
    const attached = groups.some(({ VpcSecurityGroupId }) => VpcSecurityGroupId === emrRds?.GroupId);
    draft.complete(
      "edxapp.database.access",
      "print",
      attached
        ? `${identifier} has the group ${emrRds?.GroupName} already`
        : `${identifier} does not have the group ${emrRds?.GroupName ?? names.emrRdsSecurityGroup}; its owner adds it, or another way is chosen`,
    );
  }
}

/** The `Name` tag. */
function nameOf({ Tags = [] }: Instance): string {
  return Tags.find(({ Key }) => Key === "Name")?.Value ?? "";
}

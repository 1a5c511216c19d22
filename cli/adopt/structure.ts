import type { Instance } from "@aws-sdk/client-ec2";
import { GetRoleCommand, GetUserCommand } from "@aws-sdk/client-iam";
import type { ClientInput } from "../../clients/config/client";
import { type NameKey, nameRules, namesOf } from "../../clients/config/names";
import { CommandError } from "../command-error";
import { absent } from "../preflight/finding";
import type { Draft } from "./draft";
import { allowsGradesDownload } from "./grades";
import type { Inventory } from "./inventory";
import { placeOf } from "./place";

/** Fields that a client file has to have, and that AWS can answer for a deployment which is there. */
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
export async function completeStructure(draft: Draft, inventory: Inventory): Promise<void> {
  draft.complete("naming", ...(await namingOf(inventory)));
  const names = namesOf({ names: {}, ...(draft.completed as unknown as ClientInput) } as Parameters<typeof namesOf>[0]);
  const live = await completeHosts(draft, inventory, names);
  const vpcId = await completeNetwork(draft, inventory, live);
  if (vpcId !== undefined) {
    await completeDirector(draft, inventory, vpcId, names);
  }
  await completeEdxapp(draft, inventory, vpcId, names);
}

/** The role or the user may be called otherwise, by `names`. */
async function namingOf({ aws }: Inventory): Promise<["runbook" | "prefixed", string]> {
  const RoleName = nameRules.analyticsRole.runbook;
  const UserName = nameRules.elasticsearchUser.runbook;
  if (await aws.askIfThere("iam:GetRole", aws.iam.send(new GetRoleCommand({ RoleName })), absent.iam)) {
    return ["runbook", `the role ${RoleName} is there`];
  }
  return (await aws.askIfThere("iam:GetUser", aws.iam.send(new GetUserCommand({ UserName })), absent.iam))
    ? ["runbook", `the user ${UserName} is there`]
    : ["prefixed", `there is neither a role ${RoleName} nor a user ${UserName}`];
}

/** @returns the instance that serves, if there is one */
async function completeHosts(
  draft: Draft,
  inventory: Inventory,
  names: Record<NameKey, string>,
): Promise<Instance | undefined> {
  const name = names.analyticsHost;
  const numbered = new Map<number, Instance>();
  const separate = new Set<number>();
  for (const instance of await inventory.instances(`${name}-*`)) {
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
    if (await inventory.address(numbered.get(number)?.InstanceId as string)) {
      live = number;
    }
  }
  if (live === undefined) {
    if (draft.at("hosts") === undefined) {
      throw new CommandError(
        `No host is called ${name}-1, -2 and so on. Write what their \`Name\` tags begin with into \`names.analyticsHost\`, or describe \`hosts\` and \`network\` yourself, see clients/example.ts.`,
      );
    }
    return undefined;
  }
  const instance = numbered.get(live) as Instance;
  const keyPair = instance.KeyName ?? names.analyticsKeyPair;
  draft.complete("hosts.keyPair", { existing: keyPair }, `the key pair of ${nameOf(instance)}`);
  await completeWebFrom(draft, inventory, instance, names.analyticsSecurityGroup);
  if (draft.at("hosts.iterations") === undefined) {
    if (live !== 1) {
      draft.complete("hosts.active", String(live), `${nameOf(instance)} has the Elastic IP`);
    }
    for (const number of numbers) {
      const iteration = `hosts.iterations.${number}`;
      draft.complete(iteration, {}, `${name}-${number} is there`);
      if (separate.has(number)) {
        draft.complete(`${iteration}.layout`, "separate", `${name}-${number}-insights is there`);
      }
    }
    const gone = Array.from({ length: numbers.at(-1) as number }, (_, index) => index + 1).filter(
      (number) => !numbered.has(number),
    );
    if (gone.length > 0) {
      draft.complete("hosts.retired", gone.map(String), "their numbers were used, and are not used again");
    }
  }
  return instance;
}

/** Who may see Insights today; by default, everybody would be let in. */
async function completeWebFrom(draft: Draft, inventory: Inventory, { VpcId = "" }: Instance, name: string) {
  const group = await inventory.group(VpcId, name);
  const rules = group === undefined ? [] : await inventory.rules(group.GroupId as string);
  const ranges = rules
    .filter(({ IsEgress, FromPort, ToPort }) => !IsEgress && FromPort === ToPort && [80, 443].includes(FromPort ?? 0))
    .flatMap(({ CidrIpv4 }) => CidrIpv4 ?? []);
  if (ranges.length > 0 && !ranges.includes("0.0.0.0/0")) {
    draft.complete("hosts.webFrom", [...new Set(ranges)], `what ${name} lets in on 80 and 443`);
  }
}

/** @returns id of the VPC of what is there */
async function completeNetwork(
  draft: Draft,
  inventory: Inventory,
  live: Instance | undefined,
): Promise<string | undefined> {
  if (draft.at("network") === undefined && live !== undefined) {
    const { why, ...place } = await placeOf(inventory, live);
    for (const [field, value] of Object.entries(place)) {
      draft.complete(`network.${field}`, value, why);
    }
  }
  return live?.VpcId ?? (draft.at("network.vpcId") as string | undefined) ?? (await inventory.defaultVpcId());
}

async function completeDirector(
  draft: Draft,
  inventory: Inventory,
  vpcId: string,
  names: Record<NameKey, string>,
): Promise<void> {
  const group = await inventory.group(vpcId, names.directorSecurityGroup);
  const [host] = await inventory.instances(names.directorHost);
  if (group === undefined || draft.at("director.existingSecurityGroupId") !== undefined) {
    return;
  }
  if (host === undefined && draft.at("director") === undefined) {
    draft.complete("director.existingSecurityGroupId", group.GroupId, `the group ${group.GroupName}`);
  } else if (host !== undefined) {
    const from = (await inventory.rules(group.GroupId as string))
      .filter(({ IsEgress, FromPort, CidrIpv4 }) => !IsEgress && FromPort === 22 && CidrIpv4 !== undefined)
      .map(({ CidrIpv4 }) => CidrIpv4 as string);
    const keyPair = host.KeyName ?? names.directorKeyPair;
    draft.complete("director.keyPair", { existing: keyPair }, `the key pair of ${names.directorHost}`);
    if (from.length > 0) {
      draft.complete("director.sshFrom", from, `what ${group.GroupName} lets in on 22`);
    }
  }
}

async function completeEdxapp(
  draft: Draft,
  inventory: Inventory,
  vpcId: string | undefined,
  names: Record<NameKey, string>,
): Promise<void> {
  const bucket = draft.at("edxapp.gradesBucket.name");
  if (typeof bucket === "string" && draft.at("edxapp.gradesBucket.access") === undefined) {
    const statements = await inventory.bucketStatements(bucket);
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
    const groups = (await inventory.database(identifier))?.VpcSecurityGroups ?? [];
    const emrRds = vpcId === undefined ? undefined : await inventory.group(vpcId, names.emrRdsSecurityGroup);
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

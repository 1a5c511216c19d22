import { clusterWatchName } from "../alarm-names";
import { backupsRoleName } from "../backup-names";
import { ciNames } from "../ci-names";
import { hasOwnEc2Role } from "../load/defaults";
import { namesDependOn, ownEmrNames, usedNames } from "../names";
import type { ClientFields } from "../schema/client";
import { needsSessionManagerRole, sessionManagerRoleName } from "../session-names";

/** What decides which roles a client makes under names of no field. */
export const rolesWithoutFieldDependOn = [
  "sharing",
  "emr.roles",
  "emr.instancePolicy",
  "hosts.backups",
  "hosts.iterations.*.layout",
  "director.passwordReader",
  "alarms",
  "sessionManager",
] as const;

/** What decides which roles and users are a client's own. */
export const ownPrincipalsDependOn = [...namesDependOn, ...rolesWithoutFieldDependOn] as const;

/** A role or user of IAM that only this stack or EMR has, and why, as the rest of a sentence. */
export interface OwnPrincipal {
  readonly kind: "role" | "user";
  readonly name: string;
  readonly why: string;
}

/** The roles of EMR of an account. */
export const emrRoles: readonly OwnPrincipal[] = ["EMR_DefaultRole", "EMR_EC2_DefaultRole"].map((name) => ({
  kind: "role",
  name,
  why: "EMR's clusters run with that IAM role",
}));

/** A role under a name of no field, and the field that makes it. */
export type RoleWithoutField = OwnPrincipal & { readonly path: string };

/** The roles that a client makes under names of no field. */
export function rolesWithoutField(name: string, client: OwnRolesFields): RoleWithoutField[] {
  const all: [role: string, path: string, isMade: unknown][] = [
    [ownEmrNames(name).ec2Role, "emr.instancePolicy", hasOwnEc2Role(client)],
    [backupsRoleName(name), "hosts.backups", client.hosts.backups],
    [clusterWatchName(name), "alarms", client.alarms],
    [sessionManagerRoleName(name), "sessionManager", needsSessionManagerRole(client)],
  ];
  return all
    .filter(([, , isMade]) => Boolean(isMade))
    .map(([role, path]) => ({
      kind: "role",
      name: role,
      path,
      why: `the client makes that IAM role itself, for \`${path}\``,
    }));
}

type OwnRolesFields = Pick<ClientFields, "sharing" | "emr" | "hosts" | "director" | "alarms" | "sessionManager">;

/** The roles and users that a client makes, and EMR's of its account. */
export function ownPrincipals(name: string, client: Parameters<typeof usedNames>[1] & OwnRolesFields): OwnPrincipal[] {
  const named = (["role", "user"] as const).flatMap((kind) =>
    usedNames(name, client)
      .filter((used) => used.kind === `IAM ${kind}`)
      .map((used) => ({ kind, name: used.name, why: `the client makes that IAM ${kind} itself, as \`${used.path}\`` })),
  );
  return [...named, ...rolesWithoutField(name, client), ...emrRoles];
}

/**
 * The one of an account's roles and users that an ARN names, by its name, whatever its path. Any client's own role of EMR's is known by
 * its ending.
 */
export function ownOf(arn: string, accountId: string, own: readonly OwnPrincipal[]): OwnPrincipal | undefined {
  const { account, kind, name } = partsOf(arn);
  if (account !== accountId) {
    return undefined;
  }
  const ending = emrRoles.find((role) => kind === "role" && name.toLowerCase().endsWith(`-${role.name.toLowerCase()}`));
  return (
    own.find((one) => one.kind === kind && one.name.toLowerCase() === name.toLowerCase()) ??
    (ending && { ...ending, name })
  );
}

/** Whether an ARN names a role of CI's in an account, whoever's CI it is. */
export function isOfSomeCi(arn: string, accountId: string): boolean {
  const { account, kind, name } = partsOf(arn);
  return account === accountId && kind === "role" && ciNames["IAM role"]?.test(name) === true;
}

/** Whether two ARNs name the same user or role: IAM knows one of a name, whatever its path and case. */
export function isSamePrincipal(one: string, other: string): boolean {
  const [first, second] = [partsOf(one), partsOf(other)];
  return (
    first.account === second.account &&
    first.kind === second.kind &&
    first.name.toLowerCase() === second.name.toLowerCase()
  );
}

function partsOf(arn: string) {
  const [, account, kind, name = ""] = /^arn:aws:iam::(\d+):(\w+)\/(?:.*\/)?(.*)$/.exec(arn) ?? [];
  return { account, kind, name };
}

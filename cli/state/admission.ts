import { ciRoleName } from "../../config/ci-names";
import type { Described } from "../../config/client";
import { isExisting } from "../../config/existing";
import { emrRoleNames } from "../../modules/emr-role-names";
import type { Aws } from "../../resources/aws/aws";
import type { Identity } from "../../resources/aws/sts";
import { areCovered } from "../../resources/policy-statements";
import { stateAccess } from "./access";

/**
 * Whom the policy of a bucket admits, by `aws:PrincipalArn`, which of a session is its role's ARN:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html.
 */
export interface Admission {
  /** ARNs, or patterns of them, of the roles that what a client runs has: never admitted. */
  readonly clientRoles: readonly string[];
  /**
   * ARNs, or patterns of them, of those who alone are admitted.
   * @default - everybody whom IAM lets, but for EC2 instances and the clients' roles
   */
  readonly deployers?: readonly string[];
}

/** @param owners all clients and shared stacks with state in the bucket */
export function admissionOf(owners: readonly Described[]): Admission {
  const listed = owners.flatMap(({ state }) => state.deployers ?? []);
  return {
    clientRoles: sorted(owners.flatMap(clientRolesOf)),
    ...(listed.length > 0 && { deployers: sorted([...listed, ...owners.flatMap(automaticDeployers)]) }),
  };
}

/** The roles of EMR, in whatever path and with whatever prefix, and of the hosts. */
function clientRolesOf(described: Described): string[] {
  const hosts =
    described.kind === "shared-stack"
      ? []
      : [
          described.hosts.role.name,
          ...(isExisting(described.director) ? [] : [described.director.passwordReader?.roleName ?? []].flat()),
          ...[described.sessionManager?.roleName ?? []].flat(),
        ];
  return [...Object.values(emrRoleNames).map((name) => `*${name}`), ...hosts].map((name) => roleArn(described, name));
}

/** Who deploys by what the files say already. */
function automaticDeployers(described: Described): string[] {
  const { name, ci } = described;
  const { deployRoleArn } = stateAccess(described);
  return [
    ...(deployRoleArn === undefined ? [] : [deployRoleArn]),
    ...(ci === undefined
      ? []
      : [ciRoleName(name, "plan"), ciRoleName(name, "apply")].map((role) => roleArn(described, role))),
  ];
}

/**
 * Why the policy would refuse the caller who is about to write it.
 * @returns undefined where it would not
 */
export async function refusalOf(
  { clientRoles, deployers }: Admission,
  identity: Identity,
  aws: Aws,
): Promise<string | undefined> {
  const [, role, session = ""] = /:assumed-role\/([^/]+)\/(.+)$/.exec(identity.arn) ?? [];
  if (deployers === undefined && /^i-[0-9a-f]{8,17}$/.test(session)) {
    return "are an EC2 instance's, which its policy refuses. Take a person's or CI's, or name the role in `state.deployers`";
  }
  const principal = role === undefined ? identity.arn : await arnOfRole(role, identity, deployers && aws);
  if (areCovered(principal, clientRoles)) {
    return `are of ${principal}, a role of what a client runs, which its policy refuses. Take a person's or CI's`;
  }
  return deployers === undefined || areCovered(principal, deployers)
    ? undefined
    : `are of ${principal}, which is not among \`state.deployers\`. Add it, or take another's`;
}

/** STS leaves the path of a session's role out, on which a list of deployers decides. */
async function arnOfRole(role: string, { accountId }: Identity, aws: Aws | undefined): Promise<string> {
  return (await aws?.iam.role(role))?.Arn ?? roleArn({ accountId }, role);
}

function roleArn({ accountId }: { readonly accountId: string }, name: string): string {
  return `arn:aws:iam::${accountId}:role/${name}`;
}

/** Without repetitions, so that a second run writes the same. */
export function sorted(arns: readonly string[]): string[] {
  return [...new Set(arns)].sort();
}

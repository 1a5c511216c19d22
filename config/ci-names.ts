/** Names of CI's stacks, roles and policies, and by which tokens its roles are known. */

/** Tokens that a role trusts. */
export interface Tokens {
  /** Whom they are for. */
  readonly audience: string;
  /** Whose they are; `*` stands for any text. */
  readonly subjects: readonly string[];
}

/** Name of the stack that holds a client's or shared stack's CI roles. */
export function ciStackName(owner: string): string {
  return `${owner}-ci`;
}

/** Name of a role of CI. */
export function ciRoleName(owner: string, role: "plan" | "apply"): string {
  return `${owner}-ci-${role}`;
}

/** What the names of CI's managed policies begin with. */
export function ciPolicyPrefix(owner: string): string {
  return `${owner}-ci-`;
}

/** ARN of the permissions boundary of the roles and users that an owner's stacks make. */
export function ciBoundaryArn(accountId: string, owner: string): string {
  return `arn:aws:iam::${accountId}:policy/${ciPolicyPrefix(owner)}boundary`;
}

/** Whether a name is one of those that an owner's CI keeps to itself: its roles may change none that begins so. */
export function isOfCi(owner: string, name: string): boolean {
  return name.toLowerCase().startsWith(ciPolicyPrefix(owner).toLowerCase());
}

/** Names that any owner's CI has: one of another file may have no such name, or it would be of two. */
export const ciNames: Readonly<Record<string, RegExp>> = {
  "IAM policy": /-ci-(alarms|https|read|state|secrets|ec2|database|storage|iam|boundary|apply-boundary)$/i,
  "IAM role": /-ci-(plan|apply)$/i,
};

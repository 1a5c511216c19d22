import { isDeepStrictEqual } from "node:util";
import { ciStackName } from "../../config/ci-names";
import { readLockFile, unlocked } from "../../stacks/lock-file";
import { type LockKind, lockFileName } from "../../stacks/provider-locks";
import type { Stacks, Synthesised } from "./trees";

/** `aws` is a client's or shared stack's AWS side, `databases` what is inside its MySQL servers, `ci` the roles of CI. */
export const kinds = ["aws", "databases", "ci"] as const;
export type Kind = (typeof kinds)[number];

/** A stack that CI plans. */
export interface Entry {
  readonly stack: string;
  /** Name of the client or shared stack that it belongs to, as of its file. */
  readonly client: string;
  readonly kind: Kind;
  readonly account: string;
  readonly region: string;
  /** ARN of the role that plans. */
  readonly planRole: string;
  /** ARN of the role that applies. */
  readonly applyRole: string;
  readonly stateBucket: string;
  readonly stateRegion: string;
}

/** A stack that differs and is left to a person, and why. */
export interface ByHand {
  readonly stack: string;
  readonly reason: string;
}

/** What CI plans, and what it does not. */
export interface Matrix {
  readonly include: readonly Entry[];
  readonly byHand: readonly ByHand[];
}

/**
 * The stacks that differ from a base's.
 * @param base undefined for none, from which every stack differs
 * @param without names of stacks, and kinds, that CI does not plan
 */
export function matrixOf(stacks: Stacks, base: Stacks | undefined, without: readonly string[]): Matrix {
  const differing = [...stacks].filter(([name, stack]) => !same(stack, base?.get(name)));
  const include: Entry[] = [];
  const byHand: ByHand[] = [];
  for (const [name, stack] of differing) {
    const reason =
      reasonToLeaveOut(name, stacks, without) ?? reasonOfAMove(stack, base?.get(name)) ?? reasonOfLocks(name, stack);
    if (reason === undefined) {
      include.push(entry(name, stack, stacks));
    } else {
      byHand.push({ stack: name, reason });
    }
  }
  const gone = [...(base ?? [])]
    .filter(([name]) => !stacks.has(name))
    .map(([name, stack]) => removed(name, stack, stacks));
  return { include, byHand: [...byHand, ...gone] };
}

function reasonToLeaveOut(name: string, stacks: Stacks, without: readonly string[]): string | undefined {
  const { kind, client } = belonging(name);
  if (kind === "ci") {
    return `it holds the roles that CI itself has, which CI may not change. Deploy it by hand: \`npm run deploy -- ${client} --stack ${name}\`.`;
  }
  if (without.includes(name) || without.includes(kind)) {
    return "it is left out by --without. Plan it where its servers can be reached.";
  }
  return stacks.has(ciStackName(client))
    ? undefined
    : `clients/${client}.ts has no \`ci\`, so CI has no role there. Add it, or plan by hand: \`npm run diff -- ${client} --stack ${name}\`.`;
}

/** A plan knows nothing of a state that is elsewhere, or of resources in another region: it would create all of it again. */
function reasonOfAMove(stack: Synthesised, former: Synthesised | undefined): string | undefined {
  if (former === undefined) {
    return undefined;
  }
  const [{ region, account }, before] = [placeOf(stack), placeOf(former)];
  if (region !== before.region || account !== before.account) {
    return `it was in ${before.region} of account ${before.account}, and is to be in ${region} of ${account}: a plan would create all of it again and leave the existing resources unmanaged. Revert the change, or destroy the stack there first, as docs/operations.md says.`;
  }
  const [state, stateBefore] = [stateOf(stack), stateOf(former)];
  return state === stateBefore
    ? undefined
    : `its state is in ${stateBefore}, and is to be in ${state}, where a plan would find none and create all of it again. Move it by hand: \`terraform init -migrate-state\` in its folder of cdktf.out/stacks.`;
}

/** `check-providers` would refuse the plan. */
function reasonOfLocks(name: string, { terraform, lock = "" }: Synthesised): string | undefined {
  const missing = unlocked(terraform.required_providers ?? {}, readLockFile(lock));
  // Stacks with CI's roles need the providers of any other without MySQL.
  const kind: LockKind = belonging(name).kind === "databases" ? "databases" : "aws";
  return missing.length === 0
    ? undefined
    : `providers/locks/${lockFileName(kind)} lacks ${missing.join(" and ")}, and CI runs locked providers alone. Lock it and commit: \`npx edx-analytics lock ${kind}\`.`;
}

function removed(name: string, stack: Synthesised, stacks: Stacks): ByHand {
  const { client } = belonging(name);
  const remains = [...stacks.keys()].some((other) => belonging(other).client === client);
  const cause = remains
    ? `clients/${client}.ts no longer has it, and its resources still exist in AWS, its state in ${stateOf(stack)}. Revert the change`
    : `its file no longer exists, and its resources still exist in AWS, its state in ${stateOf(stack)}. Bring the file back`;
  return {
    stack: name,
    reason: `${cause}, destroy the stack by hand as docs/operations.md says, then ${remains ? "make the change again" : "remove the file"}.`,
  };
}

function stateOf({ terraform }: Synthesised): string {
  const { bucket, key } = terraform.backend.s3;
  return `s3://${bucket}/${key}`;
}

function entry(name: string, stack: Synthesised, stacks: Stacks): Entry {
  const { client, kind } = belonging(name);
  const { region, account } = placeOf(stack);
  const { s3 } = stack.terraform.backend;
  return {
    stack: name,
    client,
    kind,
    account,
    region,
    planRole: roleOf(stacks, client, "plan"),
    applyRole: roleOf(stacks, client, "apply"),
    stateBucket: s3.bucket,
    stateRegion: s3.region,
  };
}

/** Whose stack it is, of which the names are kept: decision 0005. */
function belonging(name: string): { client: string; kind: Kind } {
  const [, client = name, kind = "aws"] = /^(.+)-(databases|ci)$/.exec(name) ?? [];
  return { client, kind: kind as Kind };
}

function placeOf({ provider }: Synthesised): { region: string; account: string } {
  const [{ region, allowed_account_ids: accounts } = { region: "", allowed_account_ids: [] }] = provider.aws;
  return { region, account: accounts[0] ?? "" };
}

function roleOf(stacks: Stacks, client: string, role: "plan" | "apply"): string {
  const ci = stacks.get(ciStackName(client)) as Synthesised;
  return `arn:aws:iam::${placeOf(ci).account}:role/${ci.resource?.aws_iam_role?.[role]?.name}`;
}

/** Whether Terraform would read the same of both. */
function same(one: Synthesised, other: Synthesised | undefined): boolean {
  return isDeepStrictEqual(withoutMetadata(one), withoutMetadata(other));
}

/** cdktf notes construct paths and its version in objects called `//`; a tag may be called so too, and is text. */
function withoutMetadata(value: unknown): unknown {
  return value === undefined
    ? undefined
    : JSON.parse(
        JSON.stringify(value, (key, inner) => (key === "//" && typeof inner === "object" ? undefined : inner)),
      );
}

import { attributesOf, texts } from "../attributes";
import { Configuration } from "./configuration";
import { kindOf } from "./kinds";
import { knownAfter } from "./marks";
import type { Plan, ResourceChange } from "./schema";

/** What a policy is put on by a resource of its own. */
export interface Holder {
  /** As in `role hosts`. */
  readonly text: string;
  /** Whether the plan makes it, has it since an earlier apply, or does not have it. */
  readonly is: "new" | "existing" | "elsewhere";
}

/** Arguments that name what gets a policy, with the type of that and the attribute that they name it by. */
const naming = [
  { argument: "role", type: "aws_iam_role", by: "name" },
  { argument: "user", type: "aws_iam_user", by: "name" },
  { argument: "bucket", type: "aws_s3_bucket", by: "bucket" },
] as const;

/** Types that are nothing but a policy on something, or its attachment. */
const onOthers = [
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_user_policy",
  "aws_s3_bucket_policy",
];

/** What a resource puts a policy on; undefined of a policy that stands alone, or is part of what has it. */
export function holderOf({ address, type, change }: ResourceChange, plan: Plan): Holder | undefined {
  const found = naming.find(({ argument }) => attributesOf(change.after)[argument] != null);
  const written = naming.find(
    ({ argument }) => attributesOf(change.after_unknown)[argument] === true && found === undefined,
  );
  const one = found ?? written;
  if (!onOthers.includes(type) || one === undefined) {
    return undefined;
  }
  const name = texts(attributesOf(change.after)[one.argument])[0];
  const { references } = Configuration.of(plan).expressionOf(address, one.argument);
  const holder = plan.resource_changes.find(
    (other) =>
      other.type === one.type &&
      other.mode !== "data" &&
      (name === undefined
        ? references.some((reference) => reference.startsWith(`${other.address}.`))
        : attributesOf(knownAfter(other.change))[one.by] === name),
  );
  return {
    text: `${one.argument} ${name ?? references[0] ?? "that is known after the apply alone"}`,
    is: holder === undefined ? "elsewhere" : kindOf(holder) === "create" ? "new" : "existing",
  };
}

/** Whether a resource had its policy on something else before. */
export function isMoved({ type, change }: ResourceChange): boolean {
  const [before, after] = [attributesOf(change.before), attributesOf(change.after)];
  return (
    onOthers.includes(type) &&
    naming.some(
      ({ argument }) => before[argument] != null && change.after != null && before[argument] !== after[argument],
    )
  );
}

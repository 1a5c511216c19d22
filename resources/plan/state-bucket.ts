import { texts, textsIn } from "../attributes";
import { compared } from "../policies/compare";
import { short } from "../policies/judge";
import { areCovered, lowerCase } from "../policy-statements";
import { type Alarm, permission } from "../types/alarm";
import { knownAfter } from "./marks";
import { policiesOf } from "./policies";
import type { Plan, ResourceChange } from "./schema";

/**
 * Alarms of what a change has to do with the bucket of the state, where plans are kept too: no stack but CI's own names it.
 * Whatever all buckets are allowed has an alarm without it.
 */
export function stateBucketAlarms(resource: ResourceChange, plan: Plan, bucket: string): Alarm[] {
  const { change } = resource;
  const arns = [bucket, `${bucket}/x`].map((name) => `arn:aws:s3:::${name}`);
  const policies = policiesOf(resource, plan)
    .map(({ before, after }) => (Array.isArray(after) ? compared(before ?? [], after).gained : []))
    .map((gained) =>
      gained.filter(
        ({ Action, Resource }) =>
          (isOfS3(Action) && arns.some((arn) => areCovered(arn, Resource))) || names(texts(Resource), bucket),
      ),
    )
    .filter((statements) => statements.length > 0);
  const had = new Set(textsIn(change.before));
  const others = textsIn(knownAfter(change)).filter((text) => !had.has(text) && !/^\s*\{/.test(text));
  return [
    ...policies.map(
      (statements) =>
        permission`concerns the bucket of the state, which holds plans and every secret: ${statements.map(short).join("; ")}`,
    ),
    ...(names(others, bucket)
      ? [permission`names the bucket of the state, ${bucket}, which no stack but CI's own does`]
      : []),
  ];
}

/** Whether actions are S3's; those that are none, as beside NotAction, may be. */
function isOfS3(actions: unknown): boolean {
  return actions === undefined || lowerCase(actions).some((action) => /^(s3|[^:]*[*?][^:]*)(:|$)/.test(action));
}

/** Whether texts have the name of a bucket in them, as a whole. */
export function names(all: readonly unknown[], bucket: string): boolean {
  return all.some((text) =>
    String(text)
      .split(/[^\w.-]+/)
      .some((part) => part === bucket || part.startsWith(`${bucket}.s3`)),
  );
}

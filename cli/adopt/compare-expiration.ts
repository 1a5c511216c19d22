import { limits } from "../../config/schema/limits";
import type { LookUp } from "../../resources/look-up";
import type { StackResource } from "../../resources/stack-resources";
import type { Comparison } from "./comparison";

/** Whatever a bucket keeps for longer than the client file says would be deleted. */
export async function compareExpiration({ described, draft, lookUp }: Comparison): Promise<void> {
  const inFile = described.kind === "client" ? described.buckets.expireAfterDays : 0;
  let longest = { days: inFile, why: "" };
  for (const resource of lookUp.resources.of("aws_s3_bucket_lifecycle_configuration")) {
    const kept = await keptFor(resource, lookUp);
    longest = kept.days > longest.days ? kept : longest;
  }
  draft.compare("buckets.expireAfterDays", inFile, longest.days, longest.why);
}

/** The most that the client file takes: ten years. */
const { max: longestExpiration } = limits.expireAfterDays;

/** How long an existing bucket keeps what the stack's rules would delete, days; 0 where it has nothing of it. */
async function keptFor(resource: StackResource, lookUp: LookUp): Promise<{ days: number; why: string }> {
  const bucket = (await lookUp.text(resource, "bucket")) as string;
  const name = resource.address.slice(resource.type.length + 1);
  const exists = async (type: string) => (await lookUp.outcome(`${type}.${name}`)).kind === "found";
  if (!(await exists("aws_s3_bucket"))) {
    return { days: 0, why: "" };
  }
  const rules = (await lookUp.aws.s3.lifecycle(bucket))?.Rules ?? [];
  const hasLogs = (resource.arguments.rule as readonly object[]).some((rule) => "expiration" in rule);
  const isVersioned = await exists("aws_s3_bucket_versioning");
  const days = Math.max(
    hasLogs ? longestOf(rules.map(({ Expiration }) => Expiration?.Days)) : 0,
    isVersioned ? longestOf(rules.map((rule) => rule.NoncurrentVersionExpiration?.NoncurrentDays)) : 0,
  );
  return days === Infinity
    ? {
        days: longestExpiration,
        why: `the bucket ${bucket} keeps everything; ten years are the most, and fewer delete more`,
      }
    : { days, why: `as the bucket ${bucket} keeps its objects` };
}

/** The longest of some times; without one, things are kept for ever. */
function longestOf(days: readonly (number | undefined)[]): number {
  return Math.max(...days.map((number) => number ?? 0), 0) || Infinity;
}

import { z } from "zod";

/** Attributes of a resource, or what is sensitive or unknown of them: an object in the same form, or true for all. */
const attributes = z.unknown().optional();

const change = z.object({
  actions: z.array(z.enum(["no-op", "create", "read", "update", "delete", "forget"])),
  before: attributes,
  after: attributes,
  after_unknown: attributes,
  before_sensitive: attributes,
  after_sensitive: attributes,
  importing: z.unknown().optional(),
  /** Paths of the attributes that ask for a replacement. */
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).default([]),
});

const resourceChange = z.object({
  address: z.string(),
  previous_address: z.string().optional(),
  mode: z.enum(["managed", "data"]).optional(),
  type: z.string(),
  /** Key of what a replacement that failed left behind, which is not the resource of that address any more. */
  deposed: z.string().optional(),
  /** Why, as far as its configuration does not say it. */
  action_reason: z.string().optional(),
  change,
});

/** What is read of `terraform show -json`: https://developer.hashicorp.com/terraform/internals/json-format. */
const plan = z.object({
  format_version: z.string().regex(/^1\./),
  errored: z.boolean().optional(),
  /** Whether nothing is left for another plan: because it was deferred, or not targeted. */
  complete: z.boolean().default(true),
  resource_changes: z.array(resourceChange).default([]),
  resource_drift: z.array(resourceChange).default([]),
  output_changes: z.record(z.string(), change).default({}),
});

/** A file that is no plan, in words for who named it. */
export class PlanFileError extends Error {}

export type Plan = z.output<typeof plan>;
export type ResourceChange = z.output<typeof resourceChange>;
export type Change = z.output<typeof change>;

/**
 * @param file the file's name, for errors
 * @throws PlanFileError where it is no plan, or one that failed
 */
export function readPlan(text: string, file: string): Plan {
  const found = json(text);
  const result = plan.safeParse(found);
  if (!result.success) {
    const [issue] = result.error.issues;
    const where = issue?.path.join(".");
    throw new PlanFileError(
      text.startsWith("PK")
        ? `${file}: is the plan itself, and its JSON form is required. Write it with \`terraform show -json ${file}\`.`
        : `${file}: is not what \`terraform show -json\` writes of a plan${where ? ` (at \`${where}\`)` : ""}. Write it with \`terraform show -json PLAN\`.`,
    );
  }
  if (result.data.errored === true) {
    throw new PlanFileError(
      `${file}: is of a plan that failed, and does not hold all changes. Mend what failed, plan again.`,
    );
  }
  if (isState(found as object)) {
    throw new PlanFileError(
      `${file}: is of a state, and a plan is required. Write it with \`terraform show -json PLAN\`, the plan being named.`,
    );
  }
  return result.data;
}

/** Terraform writes a state in the same form, where it is given no plan: it has no changes, and is no plan of none. */
function isState(found: object): boolean {
  return !("planned_values" in found || "resource_changes" in found);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { z } from "zod";
import { CommandError } from "../command-error";

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
  change,
});

/** What is read of `terraform show -json`: https://developer.hashicorp.com/terraform/internals/json-format. */
const plan = z.object({
  format_version: z.string().regex(/^1\./),
  errored: z.boolean().optional(),
  resource_changes: z.array(resourceChange).default([]),
  resource_drift: z.array(resourceChange).default([]),
  output_changes: z.record(z.string(), change).default({}),
});

export type Plan = z.output<typeof plan>;
export type ResourceChange = z.output<typeof resourceChange>;
export type Change = z.output<typeof change>;

/**
 * @param file the file's name, for errors
 * @throws CommandError where it is no plan, or one that failed
 */
export function readPlan(text: string, file: string): Plan {
  const result = plan.safeParse(json(text));
  if (!result.success) {
    const [issue] = result.error.issues;
    const where = issue?.path.join(".");
    throw new CommandError(
      text.startsWith("PK")
        ? `${file}: is the plan itself, and its JSON form is required. Write it with \`terraform show -json ${file}\`.`
        : `${file}: is not what \`terraform show -json\` writes of a plan${where ? ` (at \`${where}\`)` : ""}. Write it with \`terraform show -json PLAN\`.`,
    );
  }
  if (result.data.errored === true) {
    throw new CommandError(
      `${file}: is of a plan that failed, and does not hold all changes. Mend what failed, plan again.`,
    );
  }
  return result.data;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

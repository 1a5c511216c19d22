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

/** What OpenTofu lists among the changes of resources, and Terraform does not: an ephemeral resource, of which nothing is kept. */
const ephemeral = z.object({
  mode: z.literal("ephemeral"),
  change: z.object({ actions: z.array(z.enum(["no-op", "open"])) }),
});

const resourceChanges = z
  .preprocess(
    (all) => (Array.isArray(all) ? all.filter((one) => !ephemeral.safeParse(one).success) : all),
    z.array(resourceChange),
  )
  .default([]);

/** A condition of the configuration, `check` blocks among them, and how it came out. */
const check = z.object({
  address: z.object({
    /** `var` of a variable's validation. */
    kind: z.string().optional(),
    to_display: z.string(),
  }),
  status: z.string(),
  instances: z
    .array(
      z.object({
        address: z.object({ to_display: z.string() }),
        status: z.string(),
        problems: z.array(z.object({ message: z.string().default("") })).default([]),
      }),
    )
    .default([]),
});

/** What is read of `terraform show -json`: https://developer.hashicorp.com/terraform/internals/json-format. */
export const plan = z.object({
  format_version: z.string().regex(/^1\.\d+$/),
  /** Whether planning broke off with an error, so that the plan holds what was planned until then. */
  errored: z.boolean().default(false),
  /** Whether nothing is left for another plan: because it was deferred, or not targeted. */
  complete: z.boolean().default(true),
  resource_changes: resourceChanges,
  resource_drift: resourceChanges,
  output_changes: z.record(z.string(), change).default({}),
  deferred_changes: z
    .preprocess(
      (all) => (Array.isArray(all) ? all.filter((one) => !ephemeral.safeParse(one?.resource_change).success) : all),
      z.array(z.object({ reason: z.string().default("unknown"), resource_change: resourceChange })),
    )
    .default([]),
  /** Of providers, which Terraform calls from version 1.14 on. */
  action_invocations: z.array(z.object({ address: z.string() })).default([]),
  checks: z.array(check).default([]),
  /** The configuration, of which references are read: resources/plan/configuration.ts. */
  configuration: z.unknown().optional(),
  prior_state: z.unknown().optional(),
});

export type Plan = z.output<typeof plan>;
export type ResourceChange = z.output<typeof resourceChange>;
export type Change = z.output<typeof change>;

import { z } from "zod";
import type { Attributes } from "./attributes";
import { readJson } from "./read-json";

/** A resource that a state holds. */
export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly attributes: Attributes;
}

/** Terraform's format 4, as far as it is read: https://github.com/hashicorp/terraform/blob/main/internal/states/statefile/version4.go. */
const state = z.object({
  version: z.literal(4),
  resources: z.array(
    z.object({
      module: z.string().optional(),
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(z.object({ attributes: z.record(z.string(), z.unknown()).nullish() })),
    }),
  ),
});

/**
 * The resources of a state, without what it looked up. Its attributes hold secrets.
 * @returns undefined where it is no state as Terraform writes it
 */
export function readState(text: string): readonly StateResource[] | undefined {
  const { data } = state.safeParse(json(text));
  return data?.resources
    .filter(({ mode }) => mode === "managed")
    .flatMap(({ module, type, name, instances }) =>
      instances.map(({ attributes }) => ({
        address: [...(module ? [module] : []), type, name].join("."),
        type,
        attributes: attributes ?? {},
      })),
    );
}

function json(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}

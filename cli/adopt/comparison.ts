import type { Described } from "../../config/client";
import type { Aws } from "../../resources/aws/aws";
import type { LookUp } from "../../resources/look-up";
import type { StackResource } from "../../resources/stack-resources";
import type { Draft } from "./draft";

/** What a comparison reads, and where it notes differences. */
export interface Comparison {
  readonly described: Described;
  readonly draft: Draft;
  readonly lookUp: LookUp;
  /** Tells what no field of the client file mends; nothing is imported then. */
  readonly conflict: (address: string, why: string) => void;
}

/** Why what AWS cannot change in place has to be in the file as it is. */
export const replaced = "AWS makes another one for anything else";

/** Compares one resource that was found with what the stack would make of it. */
export type Compare = (comparison: Comparison, resource: StackResource, id: string) => Promise<void>;

/**
 * Compares what AWS tells of a resource; there is none where a line of the file of imports has a wrong id.
 * @param ask asks AWS by that id
 */
export function comparing<T>(
  ask: (aws: Aws, id: string) => Promise<T | undefined>,
  compare: (comparison: Comparison, resource: StackResource, found: T, id: string) => Promise<void> | void,
): Compare {
  return async (comparison, resource, id) => {
    const found = await ask(comparison.lookUp.aws, id);
    if (found === undefined) {
      comparison.conflict(resource.address, `there is no ${id}; remove its line from the file of imports`);
    } else {
      await compare(comparison, resource, found, id);
    }
  };
}

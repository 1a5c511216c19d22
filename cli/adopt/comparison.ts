import type { Described } from "../../config/client";
import type { LookUp } from "../../resources/look-up";
import type { StackResource } from "../../resources/stack-resources";
import type { Draft } from "./draft";

/** What is compared with, and where what differs goes. */
export interface Comparison {
  readonly described: Described;
  readonly draft: Draft;
  readonly lookUp: LookUp;
  /** Tells what no field of the client file mends; nothing is imported then. */
  readonly conflict: (address: string, why: string) => void;
}

/** Of what a line of the file of imports names. */
export const gone = (id: string) => `there is no ${id}; remove its line from the file of imports`;

/** Why what AWS cannot change in place has to be in the file as it is. */
export const replaced = "AWS makes another one for anything else";

/** Compares one resource that was found with what the stack would make of it. */
export type Compare = (comparison: Comparison, resource: StackResource, id: string) => Promise<void>;

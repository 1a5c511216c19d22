import type { ByHand, Entry, Matrix } from "./matrix";

/** Jobs that GitHub takes for one matrix: https://docs.github.com/en/actions/reference/limits. */
const jobsOfMatrix = 256;

/** Each batch is a matrix of its own. */
export interface Batches {
  readonly batches: readonly (readonly Entry[])[];
  readonly byHand: readonly ByHand[];
}

export function githubBatches({ include, byHand }: Matrix): Batches {
  const starts = Array.from({ length: Math.ceil(include.length / jobsOfMatrix) }, (_, index) => index * jobsOfMatrix);
  return { batches: starts.map((start) => include.slice(start, start + jobsOfMatrix)), byHand };
}

import type { ClientConfig } from "../client";
import { type Problem, problem } from "../problem";

/**
 * What no single field of a client file can know. Each check names the fields that it needs, and runs when these were
 * read without a mistake, so that one mistake does not hide another.
 */
export interface Check {
  readonly needs: readonly (keyof ClientConfig)[];
  readonly find: (client: ClientConfig) => readonly Problem[];
}

export function check<K extends keyof ClientConfig>(
  needs: readonly K[],
  find: (client: Pick<ClientConfig, K>) => readonly Problem[],
): Check {
  return { needs, find };
}

export function repeated(path: string, values: readonly string[]): Problem[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index
      ? [problem(`${path}.${index}`, value, "it stands in the list already", "Remove the repetition")]
      : [],
  );
}

import { type Block, plainBlock } from "../hcl/body";
import type { Value } from "../hcl/value";
import type { Variable } from "../variables";
import { attributes, run } from "./run";

/**
 * Runs with values that each variable takes and refuses. In every one the tags are refused as well, of which the provider is
 * configured: so it never is, and nothing that needs it is planned, looked up or opened. A mock provider would do that
 * too, but for ephemeral resources, of which Terraform has no mocks before 1.17, and OpenTofu has none.
 * @returns none where there are no tags
 */
export function variableTests(variables: readonly Variable[]): Block[] {
  const tags = variables.find(({ name }) => name === "tags");
  const others = variables.filter((variable) => variable !== tags);
  if (tags === undefined) {
    return [];
  }
  return [
    ...runs("accepts", (round) => values(others, "accepts", round)).map(({ name, set }) =>
      runOf(name, [...values([tags], "refuses", 0), ...set], [tags]),
    ),
    ...runs("refuses", (round) => values(variables, "refuses", round)).map(({ name, set }) => {
      const all = set.some(({ variable }) => variable === tags) ? set : [...values([tags], "refuses", 0), ...set];
      return runOf(
        name,
        all,
        all.map(({ variable }) => variable),
      );
    }),
  ];
}

interface SetValue {
  readonly variable: Variable;
  readonly value: Value;
}

/** The values of one round, of those variables that have so many. */
function values(variables: readonly Variable[], kind: "accepts" | "refuses", round: number): SetValue[] {
  return variables.flatMap((variable) => {
    const cases = variable.cases[kind] as readonly Value[];
    return round < cases.length ? [{ variable, value: cases[round] as Value }] : [];
  });
}

/** Round by round until no variable has a value more. */
function runs(name: string, ofRound: (round: number) => SetValue[]): { name: string; set: SetValue[] }[] {
  const rounds: SetValue[][] = [];
  for (let set = ofRound(0); set.length > 0; set = ofRound(rounds.length)) {
    rounds.push(set);
  }
  return rounds.map((set, round) => ({ name: round === 0 ? name : `${name}_${round + 1}`, set }));
}

function runOf(name: string, set: readonly SetValue[], refused: readonly Variable[]): Block {
  const given = attributes(Object.fromEntries(set.map(({ variable, value }) => [variable.name, value])));
  return run(
    name,
    [plainBlock("variables", [], given)],
    refused.map((variable) => `var.${variable.name}`),
  );
}

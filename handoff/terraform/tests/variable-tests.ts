import { type Attribute, type Block, plainBlock } from "../hcl/body";
import { Raw, type Value } from "../hcl/value";
import type { Variable } from "../variables";

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
      run(name, [...values([tags], "refuses", 0), ...set], [tags]),
    ),
    ...runs("refuses", (round) => values(variables, "refuses", round)).map(({ name, set }) => {
      const all = set.some(({ variable }) => variable === tags) ? set : [...values([tags], "refuses", 0), ...set];
      return run(
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

function run(name: string, set: readonly SetValue[], refused: readonly Variable[]): Block {
  const failures: Attribute = {
    name: "expect_failures",
    value: refused.map((variable) => new Raw(`var.${variable.name}`)),
    comments: [],
  };
  const block = plainBlock(
    "run",
    [name],
    [{ name: "command", value: new Raw("plan"), comments: [] }],
    [
      plainBlock(
        "variables",
        [],
        set.map(({ variable, value }) => ({ name: variable.name, value, comments: [] })),
      ),
    ],
  );
  return { ...block, body: { ...block.body, trailing: [failures] } };
}

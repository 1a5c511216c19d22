import type { Client } from "../../config/client";
import type { Rendered } from "../../handoff/config-files/config-file";
import type { Change } from "../../handoff/config-files/merge";
import { putParameterCommand } from "../../handoff/config-files/put-parameter";
import { secretName, secretOf } from "../../handoff/config-files/secrets";
import { plain, type Source, type Value } from "../../handoff/config-files/value";
import { aligned, count, indented } from "../layout";

/** What is to become of a file at its place. */
export type Verdict = "new" | "unchanged" | "changes";

/** A file at a place: in the folder, or in the bucket. */
export interface Target {
  /** The place, as people write it. */
  readonly place: string;
  readonly verdict: Verdict;
  readonly rendered: Rendered;
}

/** A file's line, and below it each value that changes and each that stays because this command does not write it. */
export function targetLines({ place, verdict, rendered }: Target): string[] {
  const { changes, kept } = rendered;
  return [
    `  ${verdict.padEnd(10)} ${place}`,
    ...indented(
      [...aligned(changes.map(changeRow)), ...kept.map((path) => `${path} is not managed here, and is kept`)],
      15,
    ),
  ];
}

function changeRow({ path, before, after, secret }: Change): string[] {
  if (before === undefined) {
    return [path, "is added", secret ? "" : shown(after as Value)];
  }
  if (after === undefined) {
    return [path, "goes", secret ? "" : shown(before)];
  }
  return [path, "becomes", secret ? "another secret" : `${shown(after)}, was ${shown(before)}`];
}

function shown(value: Value): string {
  const found = plain(value);
  const text = isExpression(found) ? found.expression : JSON.stringify(found);
  return text.length > 90 ? `${text.slice(0, 87)}...` : text;
}

function isExpression(value: unknown): value is { expression: string } {
  return typeof value === "object" && value !== null && "expression" in value;
}

/** What is missing, and how to supply it; empty where nothing is missing. */
export function missingLines(client: Client, rendered: readonly Rendered[]): string[] {
  const { name, region } = client;
  const uses = new Map<string, { source: Source; keys: Set<string> }>();
  for (const [path, source] of rendered.flatMap(({ missing }) => missing)) {
    const id = source.kind === "field" ? source.path : source.kind === "parameter" ? source.name : source.id;
    const use = uses.get(id) ?? { source, keys: new Set() };
    uses.set(id, use);
    use.keys.add(path);
  }
  if (uses.size === 0) {
    return ["No value is missing."];
  }
  const all = [...uses.values()];
  const fields = all.flatMap(({ source, keys }) =>
    source.kind === "field" ? [[source.path, [...keys].join(", ")]] : [],
  );
  const accessKeys = all.flatMap(({ source, keys }) =>
    source.kind === "access-key" ? [[source.id, [...keys].join(", ")]] : [],
  );
  const parameters = (...makers: string[]) =>
    all.flatMap(({ source }) => {
      const secret = source.kind === "parameter" ? secretOf(client, source.name) : undefined;
      return source.kind === "parameter" && secret && makers.includes(secret.maker) ? [[source.name, secret.what]] : [];
    });
  const keyFile = secretName(name, "jenkinsPrivateKey");
  const sections: [string, string[][], string[]][] = [
    [`In clients/${name}.ts, under \`configurationFiles\`, needed for`, fields, []],
    [`In SSM, made by \`npx edx-analytics config-files ${name} --make-secrets\``, parameters("random"), []],
    [`In SSM, made by the stack: deploy \`${name}\``, parameters("stack"), []],
    [
      "In SSM, put there by you: the command asks for the secret",
      parameters("operator").filter(([parameter]) => parameter !== keyFile),
      [putParameterCommand("NAME", region)],
    ],
    [
      "In SSM, put there by you from a file",
      parameters("operator").filter(([parameter]) => parameter === keyFile),
      [
        `aws ssm put-parameter --region ${region} --name ${keyFile} --type SecureString --overwrite --value file://KEY.pem`,
      ],
    ],
    [
      "In the file itself, written by you: these access keys were imported, and AWS tells no secret a second time",
      accessKeys,
      [],
    ],
  ];
  return [
    `${count(uses.size, "value")} ${uses.size === 1 ? "is" : "are"} missing, and ${uses.size === 1 ? "stands" : "stand"} as <MISSING: …> in the files:`,
    ...sections
      .filter(([, rows]) => rows.length > 0)
      .flatMap(([title, rows, command]) => ["", `  ${title}`, ...indented(command, 4), ...indented(aligned(rows), 4)]),
  ];
}

import type { Client } from "../../config/client";
import { awsCaller } from "../../handoff/config-files/aws-caller";
import type { Rendered } from "../../handoff/config-files/config-file";
import { extraFiles } from "../../handoff/config-files/config-files";
import { type Change, needsConsent } from "../../handoff/config-files/existing";
import type { Read } from "../../handoff/config-files/formats/format";
import { putParameterCommand } from "../../handoff/config-files/put-parameter";
import { secretName, secretOf } from "../../handoff/config-files/secrets";
import { textFilePaths } from "../../handoff/config-files/text-files";
import { isPlaceholder, type Source } from "../../handoff/config-files/value";
import { aligned, count, indented } from "../layout";
import type { Target } from "./targets";

/** A file's line, and below it each value that changes, what is the operator's, and where that is from then on. */
export function targetLines({ path, shown, verdict, rendered, changes, added, extra }: Target): string[] {
  const file = extraFiles[path]?.path;
  const keys = added.map(({ path: keys }) => (keys.length === 0 ? "a comment or command" : keys.join(".")));
  return [
    `  ${verdict.padEnd(10)} ${shown}`,
    ...indented(
      [
        ...aligned(changes.map(changeRow)),
        ...(["edited", "foreign"].includes(verdict) &&
        !textFilePaths.includes(path) &&
        changes.length + added.length === 0
          ? ["nothing but comments, order or quotes differ"]
          : []),
        ...keys.map((key) => `${key} ${extra === undefined ? "is not rendered" : `is moved to ${file}`}`),
        ...rendered.overridden.filter((key) => !keys.includes(key)).map((key) => `${key} is taken from ${file}`),
      ],
      15,
    ),
  ];
}

function changeRow(change: Change): string[] {
  const { path, before, after, secret } = change;
  if (before === undefined) {
    return [path, "is added", secret ? "" : text(after as Read)];
  }
  if (after === undefined) {
    return [path, "goes", secret ? "" : text(before)];
  }
  const was = isMissing(before)
    ? "missing"
    : !needsConsent(change)
      ? "incomplete"
      : secret && isMissing(after)
        ? "a secret"
        : text(before);
  if (!secret || isMissing(after)) {
    return [path, "becomes", `${text(after)}, was ${was}`];
  }
  return [path, "becomes", needsConsent(change) ? "another secret" : `a secret, was ${was}`];
}

function isMissing(value: Read): boolean {
  return typeof value === "string" && isPlaceholder(value);
}

function text(value: Read): string {
  const json = JSON.stringify(value);
  return json.length > 90 ? `${json.slice(0, 87)}...` : json;
}

/** What is missing, and how to supply it; empty where nothing is missing. */
export function missingLines(client: Client, rendered: readonly Pick<Rendered, "missing">[]): string[] {
  const { name, region } = client;
  const uses = new Map<string, { source: Source; keys: Set<string> }>();
  for (const [path, source] of rendered.flatMap(({ missing }) => missing)) {
    const id = source.kind === "field" ? source.path : source.name;
    const use = uses.get(id) ?? { source, keys: new Set() };
    uses.set(id, use);
    use.keys.add(path);
  }
  if (uses.size === 0) {
    return ["No value is missing."];
  }
  const all = [...uses.values()];
  const options = all.flatMap(({ source }) => (source.kind === "option" ? [[source.name, source.what]] : []));
  const fields = all.flatMap(({ source, keys }) =>
    source.kind === "field" ? [[source.path, [...keys].join(", ")]] : [],
  );
  const parameters = (maker: string) =>
    all.flatMap(({ source }) => {
      const secret = source.kind === "parameter" ? secretOf(client, source.name) : undefined;
      return source.kind === "parameter" && secret?.maker === maker ? [[source.name, secret.what] as const] : [];
    });
  const keyFile = secretName(name, "jenkinsPrivateKey");
  const supplied = (isFile: boolean, command: (parameter: string) => string) =>
    parameters("operator")
      .filter(([parameter]) => (parameter === keyFile) === isFile)
      .flatMap(([parameter, what]) => [`${parameter}  ${what}`, `  ${command(parameter)}`]);
  const sections: [string, string[]][] = [
    [`In clients/${name}.ts, under \`configurationFiles\`, needed for`, aligned(fields)],
    ["As an option of this command, which RUN.md needs", aligned(options)],
    [`In SSM, made by \`npx edx-analytics config-files ${name} --make-secrets\``, aligned(parameters("random"))],
    [`In SSM, made by the stack: deploy \`${name}\``, aligned(parameters("stack"))],
    [
      `In SSM, put there by you with credentials of ${awsCaller(client)}: the command asks for the secret`,
      supplied(false, (parameter) => putParameterCommand(parameter, region)),
    ],
    [
      `In SSM, put there by you from its file KEY.pem, with credentials of ${awsCaller(client)}`,
      supplied(
        true,
        (parameter) =>
          `aws ssm put-parameter --region ${region} --name ${parameter} --type SecureString --overwrite --value file://KEY.pem`,
      ),
    ],
  ];
  return [
    `${count(uses.size, "value")} ${uses.size === 1 ? "is" : "are"} missing, and ${uses.size === 1 ? "stands" : "stand"} as <MISSING: …> in the files:`,
    ...sections
      .filter(([, lines]) => lines.length > 0)
      .flatMap(([title, lines]) => ["", `  ${title}`, ...indented(lines, 4)]),
  ];
}

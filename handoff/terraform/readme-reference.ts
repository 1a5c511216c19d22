import type { Block } from "./hcl/body";
import { unescaped } from "./hcl/template";
import { Raw, type Value } from "./hcl/value";

/**
 * The tables of inputs and outputs at the end of a README, to the letter as terraform-docs 0.20 writes them between its
 * markers with the `.terraform-docs.yml` beside it: running it changes nothing until a variable is changed.
 */
export function referenceOf(variables: readonly Block[], outputs: readonly Block[]): string {
  return [
    "<!-- BEGIN_TF_DOCS -->",
    table("Inputs", ["Name", "Description", "Type", "Required"], variables.map(inputRow)),
    "",
    table(
      "Outputs",
      ["Name", "Description"],
      outputs.map(({ labels, body }) => [labels[0] ?? "", textOf(body)]),
    ),
    "<!-- END_TF_DOCS -->",
  ].join("\n");
}

/** What has terraform-docs write these tables. */
export const terraformDocs = `# terraform-docs . writes the tables of README.md again. Deployed values are in variables.tf.
formatter: "markdown table"
sections:
  show: [inputs, outputs]
output:
  file: README.md
settings:
  anchor: false
  default: false
  escape: false
  lockfile: false
`;

function inputRow({ labels, body }: Block): string[] {
  const isRequired = attributeOf(body, "default") === undefined;
  const type = attributeOf(body, "type");
  return [labels[0] ?? "", textOf(body), `\`${type instanceof Raw ? type.source : "any"}\``, isRequired ? "yes" : "no"];
}

function table(title: string, columns: readonly string[], rows: readonly string[][]): string {
  if (rows.length === 0) {
    return `## ${title}\n\nNo ${title.toLowerCase()}.`;
  }
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = columns.map((column) => (column === "Required" ? ":--------:" : "-".repeat(column.length + 2)));
  const sorted = rows.toSorted(([one = ""], [other = ""]) => (one < other ? -1 : 1));
  return [`## ${title}`, "", line(columns), `|${rule.join("|")}|`, ...sorted.map(line)].join("\n");
}

function textOf(body: Block["body"]): string {
  const text = attributeOf(body, "description");
  return typeof text === "string" ? unescaped(text).replaceAll("|", "\\|") : "n/a";
}

function attributeOf({ attributes }: Block["body"], name: string): Value | undefined {
  return attributes.find((attribute) => attribute.name === name)?.value;
}

import type { Synthesised } from "../entries";
import { type Block, writtenFile } from "../hcl/body";
import type { Variable } from "../variables";
import { conditionTests } from "./condition-tests";
import { variableTests } from "./variable-tests";

interface File {
  readonly name: string;
  /** What it tests, in a line. */
  readonly title: string;
  readonly content: string;
}

/** What `terraform test` runs in the exported folder, with neither AWS nor credentials. */
export function testsOf(variables: readonly Variable[], synthesised: Synthesised): File[] {
  return [
    ...file("variables", "Tests: what each variable takes and refuses.", variablesHeading, variableTests(variables)),
    ...file("conditions", "Tests: which answers of AWS stop a plan.", conditionsHeading, conditionTests(synthesised)),
  ];
}

const variablesHeading = [
  "What the variables take and refuse. Nothing is asked of AWS: in every run the tags are refused as well, so that the provider",
  "is not configured. Tags that are accepted are therefore no case here.",
];

const conditionsHeading = [
  "What a plan refuses to go on with, by answers that AWS would give. Nothing is asked of AWS: each run plans the data sources",
  "that it is of alone, since ephemeral resources are opened in a test too. Terraform can mock them from 1.17 on.",
];

function file(name: string, title: string, heading: readonly string[], blocks: readonly Block[]): File[] {
  return blocks.length === 0
    ? []
    : [{ name: `tests/${name}.tftest.hcl`, title, content: writtenFile(heading, blocks) }];
}

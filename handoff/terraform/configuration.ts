import type { TerraformStack } from "cdktf";
import { acceptedFindingsOf } from "../../resources/types/accepted-findings";
import { bodyOf, type Report } from "./arguments";
import { behindWhatTheyNeed, type Element, refersTo } from "./block-order";
import { declarationOf, declarationsOf } from "./declarations";
import type { DeployedWith } from "./deployed-with";
import { asObject, type Entry, entriesOf, isKnown, type Synthesised } from "./entries";
import type { Block } from "./hcl/body";
import { problemOf } from "./hcl/value";
import { speakingOfHcl } from "./messages";
import { fileOf, type ModuleFile } from "./module-files";
import { type Settings, settingsOf } from "./settings";
import { type Variable, variableBlock, withVariables } from "./variables";

/** A block, and the module that it comes from. */
export interface Placed {
  readonly module: ModuleFile;
  readonly block: Block;
}

/** A stack's configuration as blocks, by the files that they go into. */
export interface Configuration extends Settings {
  readonly providers: readonly Block[];
  readonly variables: readonly Block[];
  /** What is known of those variables that take the place of what is deployed. */
  readonly adjustable: readonly Variable[];
  readonly outputs: readonly Block[];
  readonly imports: readonly Block[];
  readonly placed: readonly Placed[];
}

/** Raised once for everything in a stack that cannot be written as HCL. */
export class ExportError extends Error {
  constructor(stack: string, problems: readonly string[]) {
    super([...problems, "", `${stack} cannot be written as HCL; nothing was written.`].join("\n"));
    this.name = "ExportError";
  }
}

/**
 * Takes a stack apart: what is deployed says the values, the constructs say what is a block and where it belongs.
 * @throws ExportError with everything that cannot be written
 */
export function configurationOf(
  stack: TerraformStack,
  synthesised: Synthesised,
  deployed: DeployedWith,
): Configuration {
  const problems: string[] = [];
  const report: Report = (address, argument, problem) => problems.push(`${address}: \`${argument}\` ${problem}.`);
  for (const section of Object.keys(synthesised).filter((key) => !isKnown(key))) {
    report(stack.node.id, section, "is a part of the configuration that has no form in HCL here");
  }
  const everything = JSON.stringify(synthesised);
  const { elements, variables } = adjustable(inOrder(stack, synthesised, report));
  const blocksOf = (section: string) =>
    elements.filter(({ entry }) => entry.section === section).map((element) => blockOf(element, everything, report));
  const configuration = {
    ...settingsOf(synthesised, deployed, report),
    providers: blocksOf("provider"),
    variables: [...variables.map(variableBlock), ...blocksOf("variable")],
    adjustable: variables,
    outputs: blocksOf("output"),
    imports: blocksOf("import"),
    placed: withOneLocals(
      elements
        .filter(({ entry }) => !["provider", "variable", "output", "import"].includes(entry.section))
        .flatMap((element, index, all) => {
          const block = blockOf(element, everything, report, all[index - 1]);
          const module = moduleOf(element, report);
          return module === undefined ? [] : [{ module, block }];
        }),
    ),
  };
  if (problems.length > 0) {
    throw new ExportError(stack.node.id, problems);
  }
  return configuration;
}

/** Everything that can be written, in the order of the construct tree; what has no construct comes last. */
function inOrder(stack: TerraformStack, synthesised: Synthesised, report: Report): Element[] {
  const declarations = declarationsOf(stack);
  const order = [...declarations.values()];
  const rank = ({ declaration }: Element) => (declaration ? order.indexOf(declaration) : order.length);
  return behindWhatTheyNeed(
    entriesOf(synthesised)
      .filter((entry) => isWritable(entry, report))
      .map((entry) => ({
        entry: { ...entry, arguments: speakingOfHcl(entry.arguments) },
        declaration: declarationOf(declarations, entry.address, entry.name),
        findings: acceptedFindingsOf(kindOf(entry.section, entry.labels), asObject(entry.arguments)),
      }))
      .sort((one, other) => rank(one) - rank(other)),
  );
}

function moduleOf({ entry, declaration }: Element, report: Report): ModuleFile | undefined {
  const construct = declaration?.path[0] ?? entry.name;
  const module = fileOf(construct);
  if (module === undefined) {
    report(entry.address, construct, "is in no file; name its construct in handoff/terraform/module-files.ts");
  }
  return module;
}

/** Whether everything in a block can be written. */
function isWritable({ address, arguments: body }: Entry, report: Report): boolean {
  const problems = Object.entries(asObject(body)).flatMap(([argument, value]) => {
    const problem = problemOf(value);
    return problem === undefined ? [] : [{ argument, problem }];
  });
  for (const { argument, problem } of problems) {
    report(address, argument, problem);
  }
  return problems.length === 0;
}

/** The elements with variables in the place of what a team would change. */
function adjustable(elements: readonly Element[]): { elements: Element[]; variables: Variable[] } {
  const { arguments: values, variables } = withVariables(
    elements.map(({ entry: { section, labels, name, arguments: value } }) => ({
      of: kindOf(section, labels),
      name,
      arguments: value,
    })),
  );
  return {
    elements: elements.map((element, index) => ({
      ...element,
      entry: { ...element.entry, arguments: values[index] ?? null },
    })),
    variables,
  };
}

function kindOf(section: string, [type]: readonly string[]): string {
  const kinds: Record<string, string> = { resource: `${type}`, data: `data.${type}`, provider: `provider.${type}` };
  return kinds[section] ?? section;
}

/** @param former what stands before it */
function blockOf(
  { entry, declaration, findings }: Element,
  everything: string,
  report: Report,
  former?: Element,
): Block {
  const { section, labels, address } = entry;
  const shape = declaration?.address === address ? { ...declaration.shape, ...entry.shape } : entry.shape;
  return {
    type: section,
    labels,
    comments: [
      ...unreadComments(entry, everything),
      ...(section === former?.entry.section ? [] : (onState[section] ?? [])),
    ],
    remarks: findings.map(({ check, reason }) => `checkov:skip=${check}: ${reason}`),
    body: bodyOf(asObject(entry.arguments), shape, { address, type: labels[0] ?? "", path: [] }, report),
  };
}

/** Comments above the first of several blocks that change the state. */
const onState: Readonly<Record<string, readonly string[]>> = {
  moved: ["Renames in the state what still has its former address."],
  removed: ["Removes from the state what the configuration no longer has, without destroying it."],
};

/** Why there is a block that nothing refers to: a data source for its conditions, a provider for resources in the state. */
function unreadComments({ section, address }: Entry, everything: string): readonly string[] {
  const reference = section === "provider" ? address.replace("provider.", "") : address;
  const canBeUnread = section === "data" || (section === "provider" && reference.includes("."));
  if (!canBeUnread || refersTo(everything, reference)) {
    return [];
  }
  return [
    section === "data"
      ? "Nothing refers to it: every plan checks its conditions."
      : "Nothing refers to it: Terraform needs it for resources that are still in the state.",
    "tflint-ignore: terraform_unused_declarations",
  ];
}

/** The locals of a module in one block, in the place of the first of them. */
function withOneLocals(placed: readonly Placed[]): Placed[] {
  const first = (one: Placed) => placed.find(({ module, block }) => module === one.module && block.type === "locals");
  return placed.flatMap((item) => {
    if (item.block.type !== "locals") {
      return [item];
    }
    const attributes = placed
      .filter(({ module, block }) => module === item.module && block.type === "locals")
      .flatMap(({ block }) => block.body.attributes);
    return item === first(item)
      ? [{ ...item, block: { ...item.block, body: { ...item.block.body, attributes } } }]
      : [];
  });
}

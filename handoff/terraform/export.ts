import type { Described } from "../../config/client";
import type { ClientStack } from "../../stacks/client-stack";
import { terraformLockFile } from "../../stacks/provider-locks";
import { workflowOf } from "./ci/workflow";
import { type Configuration, configurationOf } from "./configuration";
import { deployedWith } from "./deployed-with";
import type { Synthesised } from "./entries";
import { type Block, writtenFile } from "./hcl/body";
import { headingOf, moduleFiles } from "./module-files";
import type { NamedStack } from "./named-stack";
import { operationsOf } from "./operations";
import { readmeOf } from "./readme";
import { referenceOf } from "./readme-reference";
import { scannersOf } from "./scanners";
import { testsOf } from "./tests/tests";
import { exampleValues, type Variable } from "./variables";

/** A file of the exported configuration. */
export interface ExportedFile {
  readonly name: string;
  readonly content: string;
}

/** What a stack's files say of things outside of it. */
export interface Surroundings {
  /**
   * The stacks that are exported together.
   * @default - this one alone
   */
  readonly together?: readonly NamedStack[];
  /**
   * The client or shared stack that the stack is of.
   * @default - none, and so no CI
   */
  readonly owner?: Described;
}

/**
 * A stack as HCL on the same addresses: a plan on its state, with the variables' defaults, has nothing to change.
 * @param synthesised what the stack is deployed from
 * @throws ExportError with everything that cannot be written
 */
export function exportStack(
  stack: ClientStack,
  synthesised: Synthesised,
  { together = [], owner }: Surroundings = {},
): ExportedFile[] {
  const deployed = deployedWith(stack.lock);
  const configuration = configurationOf(stack, synthesised, deployed);
  const { adjustable } = configuration;
  const files = [...commonFiles(configuration), ...moduleFilesOf(configuration)].filter(
    ({ blocks }) => blocks.length > 0,
  );
  const written = files.map(({ name, heading, blocks }) => ({ name, content: writtenFile(heading, blocks) }));
  const workflows = owner === undefined ? [] : workflowOf(stack.node.id, owner, deployed);
  const named = { name: stack.node.id, synthesised, deployed };
  const tests = testsOf(adjustable, synthesised);
  const readme = readmeOf(
    named,
    [
      {
        name: "OPERATIONS.md",
        title: "What is done seldom: after a loss, moving the state, the next provider, the end.",
      },
      ...files.map(({ name, heading: [title = ""] }) => ({ name, title })),
      ...workflows.map(({ name }) => ({
        name,
        title: "CI: plans, approved applies, and a look for drift every night.",
      })),
      ...tests.map(({ name, title }) => ({ name, title })),
    ],
    owner?.ci,
    referenceOf(configuration.variables, configuration.outputs),
    together,
  );
  return [
    { name: "README.md", content: readme },
    { name: "OPERATIONS.md", content: operationsOf(named, together, workflows[0]?.name) },
    ...written,
    ...(adjustable.length === 0 ? [] : [{ name: "terraform.tfvars.example", content: exampleValues(adjustable) }]),
    ...tests,
    ...workflows,
    ...scannersOf(stack.node.id, deployed.engine.command),
    { name: terraformLockFile, content: deployed.lockFile },
    { name: ".gitignore", content: gitignore },
  ];
}

/**
 * The variables of an exported stack that take the place of what is deployed.
 * @throws ExportError as `exportStack` does
 */
export function adjustableOf(stack: ClientStack, synthesised: Synthesised): readonly Variable[] {
  return configurationOf(stack, synthesised, deployedWith(stack.lock)).adjustable;
}

const gitignore = `# Plans and states hold secrets. Commit .terraform.lock.hcl.
.terraform/
plan
*.tfplan
*.tfstate
*.tfstate.*
`;

interface FileOfBlocks {
  readonly name: string;
  readonly heading: readonly string[];
  readonly blocks: readonly Block[];
}

function commonFiles({ versions, backend, providers, variables, outputs, imports }: Configuration): FileOfBlocks[] {
  return [
    { name: "versions.tf", heading: ["Versions of Terraform and its providers."], blocks: [versions] },
    {
      name: "backend.tf",
      heading: ["Where the state is kept. Another key is another, empty state."],
      blocks: [backend],
    },
    {
      name: "providers.tf",
      heading: ["Providers: no other account is touched, whatever the credentials."],
      blocks: providers,
    },
    {
      name: "variables.tf",
      heading: ["What can change without replacing anything: the defaults are what is deployed."],
      blocks: variables,
    },
    {
      name: "outputs.tf",
      heading: ["Outputs: what the configuration files and the next operator need."],
      blocks: outputs,
    },
    {
      name: "imports.tf",
      heading: ["Imports: what was in AWS before Terraform. Once the state has it, this file has done its work."],
      blocks: imports,
    },
  ];
}

function moduleFilesOf({ placed }: Configuration): FileOfBlocks[] {
  return moduleFiles.map((module) => ({
    name: `${module.file}.tf`,
    heading: headingOf(module),
    blocks: placed.filter((item) => item.module === module).map(({ block }) => block),
  }));
}

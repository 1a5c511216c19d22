import { type Command, Option } from "commander";
import { projectFolder } from "../config/project-folder";
import { CommandError } from "./command-error";
import { count } from "./layout";
import { githubBatches } from "./plan-matrix/github";
import { gitlabPipeline } from "./plan-matrix/gitlab";
import { kinds, type Matrix, matrixOf } from "./plan-matrix/matrix";
import { commitOf, type Stacks, SynthesisError, stacksOfCommit, stacksOfTree } from "./plan-matrix/trees";
import type { Terminal } from "./terminal";

interface Options {
  readonly base?: string;
  readonly without: readonly string[];
  readonly format: "github" | "gitlab";
}

/** What git hosts give as the commit before the first one. */
const noCommit = /^0{40}(0{24})?$/;

export function addPlanMatrix(program: Command, terminal: Terminal): void {
  program
    .command("plan-matrix")
    .summary("list the stacks that differ from another commit's, as JSON for CI")
    .description(
      "Writes as JSON which stacks are to be planned: those whose JSON differs from the base's, or all where no base is " +
        "named. `batches` are matrices for GitHub Actions, of 256 stacks at most; `byHand` are stacks that differ and that CI leaves to a " +
        "person, each with its reason. Neither Terraform nor credentials are needed.",
    )
    .option("--base <ref>", "branch, tag or commit to compare with (default: none, every stack is to be planned)")
    .option("--without <name...>", `stacks or kinds (${kinds.join(", ")}) that CI does not plan`, [])
    .addOption(
      new Option("--format <ci>", "matrices, or the child pipeline that GitLab has in its place")
        .choices(["github", "gitlab"])
        .default("github"),
    )
    .action(async (options: Options) => {
      const matrix = await planMatrix(projectFolder(), options, terminal);
      const form = options.format === "gitlab" ? gitlabPipeline(matrix) : githubBatches(matrix);
      terminal.result(JSON.stringify(form));
    });
}

/**
 * Synthesises both trees and compares them.
 * @param root folder of the project's clone
 * @throws CommandError where this tree cannot be synthesised, or there is no such base
 */
export async function planMatrix(
  root: string,
  { base, without }: Pick<Options, "base" | "without">,
  terminal: Terminal,
): Promise<Matrix> {
  const commit = base === undefined || noCommit.test(base) ? undefined : await commitOf(root, base);
  terminal.busy("Synthesising this tree");
  const stacks = await stacksOfTree(root).catch((error: Error) => {
    throw new CommandError(error.message, { cause: error });
  });
  const before = commit === undefined ? undefined : await stacksOfBase(root, commit, terminal);
  checkNames(without, stacks, before);
  const matrix = matrixOf(stacks, before, without);
  for (const { stack, reason } of matrix.byHand) {
    terminal.progress(`By hand: ${stack}: ${reason}`);
  }
  terminal.progress(`${count(matrix.include.length, "stack")} to plan, ${matrix.byHand.length} by hand.`);
  return matrix;
}

/** A base that cannot be synthesised says nothing of what changed, so everything may have. */
async function stacksOfBase(root: string, commit: string, terminal: Terminal): Promise<Stacks | undefined> {
  terminal.busy(`Synthesising ${commit.slice(0, 12)}`);
  try {
    return await stacksOfCommit(root, commit, (text) => terminal.busy(text));
  } catch (error) {
    if (!(error instanceof SynthesisError)) {
      throw error;
    }
    terminal.progress(`The base cannot be synthesised, so every stack is to be planned, and none is known to be gone:`);
    terminal.progress(error.message.replaceAll(/^/gm, "  "));
    return undefined;
  }
}

function checkNames(without: readonly string[], stacks: Stacks, base: Stacks | undefined): void {
  const known: readonly string[] = [...kinds, ...stacks.keys(), ...(base?.keys() ?? [])];
  const unknown = without.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new CommandError(
      `--without names ${unknown.map((name) => `\`${name}\``).join(", ")}, which is no stack and no kind. Known here: ${[...new Set(known)].join(", ")}.`,
    );
  }
}

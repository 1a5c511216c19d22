import { spawnSync } from "node:child_process";
import { type Command, Option } from "commander";
import { ciStackName } from "../config/ci-names";
import type { Described } from "../config/client";
import { loadOne } from "../config/load/load";
import { projectFolder } from "../config/project-folder";
import { Aws } from "../resources/aws/aws";
import { guardAccount } from "./account";
import { CommandError } from "./command-error";
import type { Terminal } from "./terminal";

/** What CDKTF's command line does with a stack. */
type Verb = "diff" | "deploy" | "destroy";

/** Starts `cdktf` in the project's folder, with this terminal as its own, so that Terraform's question is asked here. */
export type RunCdktf = (args: readonly string[], client: string) => number;

const descriptions: Readonly<Record<Verb, string>> = {
  diff: "plans a client's stacks, one after the other",
  deploy: "plans a client's stacks and, once you approve, applies them, one after the other",
  destroy: "plans to destroy a client's stacks, the last first, and does once you approve",
};

const adder = (verb: Verb) => (program: Command, terminal: Terminal) => {
  program
    .command(verb)
    .summary(descriptions[verb])
    .description(
      `\`cdktf ${verb}\` for a client that is named once: ${descriptions[verb]}. Only its file is read, so that a mistake in ` +
        "another's blocks nothing. The AWS stack comes first, then the one of its databases, which needs a way to MySQL: " +
        "docs/databases.md. The first stack that fails ends the command, with exit status 1.",
    )
    .argument("<client>", "name of a file in clients/, of a client or a shared stack")
    .addOption(new Option("--stack <name>", "one of its stacks alone, as acme-databases; acme-ci only so"))
    .action(async (name: string, options: { readonly stack?: string }) => {
      refuseWithoutTerminal(verb, name, process.stdin.isTTY === true);
      await runStacks(verb, loadOne(name), options, terminal);
    });
};

export const addDiff = adder("diff");
export const addDeploy = adder("deploy");
export const addDestroy = adder("destroy");

/**
 * Without a terminal cdktf ends where it asks, and leaves the state locked.
 * @throws CommandError before anything is started
 */
export function refuseWithoutTerminal(verb: Verb, name: string, isTerminal: boolean): void {
  if (verb !== "diff" && !isTerminal) {
    throw new CommandError(
      `${name}: \`${verb}\` asks for your approval, and standard input is not a terminal. Run it in one; in CI, \`.ci/apply\` ` +
        "applies the plan that was approved: docs/ci.md. Nothing was started.",
    );
  }
}

/**
 * Runs `cdktf` for each stack in its order, with credentials of the client's account alone: of none, Terraform says that a service
 * of EC2's does not answer.
 * @throws CommandError where there is no such stack, the credentials are another account's, or a stack failed
 * @throws AwsError where there are no credentials, or AWS cannot be reached
 */
export async function runStacks(
  verb: Verb,
  described: Described,
  { stack }: { readonly stack?: string },
  terminal: Terminal,
  cdktf: RunCdktf = startCdktf,
): Promise<void> {
  const { name, region, accountId } = described;
  const stacks = stack === undefined ? stacksOf(verb, described) : [checked(stack, described)];
  await guardAccount(new Aws(described, region), name, accountId);
  for (const [index, each] of stacks.entries()) {
    terminal.progress(`${index === 0 ? "" : "\n"}${terminal.styled("heading", `cdktf ${verb} ${each}`)}`);
    // The first one synthesises all of the client's stacks.
    const status = cdktf([verb, each, ...(index === 0 ? [] : ["--skip-synth"])], name);
    if (status !== 0) {
      const rest = stacks.slice(index + 1);
      throw new CommandError(
        `${name}: \`cdktf ${verb} ${each}\` ended with status ${status}${rest.length > 0 ? `; ${rest.join(", ")} was left as it is` : ""}.` +
          (each.endsWith("-databases")
            ? " It needs a way to MySQL and the deployed AWS stack: docs/databases.md."
            : "") +
          " Correct what Terraform says above, then repeat the command" +
          (stack === undefined ? `, or go on with one stack: \`npm run ${verb} -- ${name} --stack ${each}\`.` : "."),
      );
    }
  }
}

/** The stacks that a client consists of, in the order in which they need each other. */
function stacksOf(verb: Verb, { stacks }: Described): string[] {
  const names = Object.values(stacks).map(({ name }) => name);
  return verb === "destroy" ? names.reverse() : names;
}

function checked(stack: string, { name, stacks, ci }: Described): string {
  const known = [...Object.values(stacks).map((each) => each.name), ...(ci === undefined ? [] : [ciStackName(name)])];
  if (!known.includes(stack)) {
    throw new CommandError(`--stack is ${JSON.stringify(stack)}; ${name} has ${known.join(", ")}. Name one of them.`);
  }
  return stack;
}

function startCdktf(args: readonly string[], client: string): number {
  const { status, error } = spawnSync("npx", ["--no", "cdktf", ...args], {
    cwd: projectFolder(),
    stdio: "inherit",
    env: { ...process.env, CLIENT: client, CHECKPOINT_DISABLE: "1" },
  });
  if (error !== undefined) {
    throw new CommandError(`npx cannot be run (${error.message}). It comes with Node.js: put its folder on the PATH.`);
  }
  return status ?? 1;
}

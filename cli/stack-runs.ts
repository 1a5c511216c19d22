import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { bucketsOf } from "../config/buckets";
import { ciStackName } from "../config/ci-names";
import type { Described } from "../config/client";
import { isExisting } from "../config/existing";
import { loadOne } from "../config/load/load";
import { projectFolder } from "../config/project-folder";
import { Aws } from "../resources/aws/aws";
import { readPlan } from "../resources/plan/plan";
import { readWritten } from "../resources/plan/read-written";
import { guardAccount } from "./account";
import { CommandError } from "./command-error";
import { summaryOf } from "./plan-summary/summary";
import { text } from "./plan-summary/text";
import { type Planned, planOf } from "./stack-plan";
import type { Terminal } from "./terminal";

/** What CDKTF's command line does with a stack. */
type Verb = "diff" | "deploy" | "destroy";

export interface Tools {
  /** Starts `cdktf` in the project's folder, with this terminal as its own, so that Terraform's question is asked here; its exit status. */
  readonly cdktf: (args: readonly string[], client: string) => number;
  /** Synthesises the client's stacks; the exit status. */
  readonly synth: (client: string) => number;
  /** Plans a synthesised stack. */
  readonly plan: (stack: string) => Planned;
}

const summaries: Readonly<Record<Verb, string>> = {
  diff: "plan a client's stacks, one after the other, and end with what each plan does, its alarms first",
  deploy: "plan a client's stacks and, once you approve, apply them, one after the other",
  destroy: "plan to destroy a client's stacks and, once you approve, destroy them, the last one first",
};

const descriptions: Readonly<Record<Verb, string>> = {
  diff: "Plans a client's stacks, the AWS stack first, then that of its databases, and says what each plan does, its alarms first.",
  deploy:
    "Plans a client's stacks and, once you approve, applies them: the AWS stack first, then that of its databases.",
  destroy:
    "Plans to destroy a client's stacks and, once you approve, destroys them: that of its databases first, then the AWS stack.",
};

const adder = (verb: Verb) => (program: Command, terminal: Terminal) => {
  program
    .command(verb)
    .summary(summaries[verb])
    .description(
      `${descriptions[verb]} The databases need a connection to MySQL: docs/databases.md. Only this client's file is read, so that ` +
        "mistakes in others block nothing. The first stack that fails ends the command, with exit status 1.",
    )
    .argument("<client>", "a client or shared stack: the name of its file in clients/, without .ts")
    .addOption(new Option("--stack <name>", "only this stack, as acme-databases; required for acme-ci"))
    .action(async (name: string, options: { readonly stack?: string }) => {
      const described = loadOne(name);
      const stacks = chosen(verb, described, options.stack);
      refuseWithoutTerminal(verb, name, process.stdin.isTTY === true);
      await runStacks(verb, described, stacks, terminal);
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
 * Plans, applies or destroys stacks in their order, with credentials of the client's account alone: of none, Terraform says that a
 * service of EC2's does not answer.
 * @throws CommandError where the credentials are another account's, a destroy would be refused, or a stack failed
 * @throws AwsError where there are no credentials, or AWS cannot be reached
 */
export async function runStacks(
  verb: Verb,
  described: Described,
  stacks: readonly string[],
  terminal: Terminal,
  tools: Tools = { cdktf: startCdktf, synth: startSynth, plan: planOf },
): Promise<void> {
  const { name, region, accountId } = described;
  if (verb === "destroy") {
    refuseProtected(described);
  }
  await guardAccount(new Aws(described, region), name, accountId);
  for (const [index, stack] of stacks.entries()) {
    terminal.progress(`${index === 0 ? "" : "\n"}${terminal.styled("heading", `${verb} ${stack}`)}`);
    const succeeded =
      verb === "diff"
        ? diff(stack, index === 0, described, terminal, tools)
        : // The first one synthesises all of the client's stacks.
          tools.cdktf([verb, stack, ...(index === 0 ? [] : ["--skip-synth"])], name) === 0;
    if (!succeeded) {
      throw new CommandError(failure(verb, name, stacks, index));
    }
  }
}

/** Plans a stack, and writes the summary of its plan, also of one that broke off; whether it succeeded. */
function diff(
  stack: string,
  isFirst: boolean,
  { name, state }: Described,
  terminal: Terminal,
  { synth, plan }: Tools,
): boolean {
  if (isFirst && synth(name) !== 0) {
    return false;
  }
  const { json, written, failed } = plan(stack);
  if (json !== undefined) {
    const file = written === undefined ? undefined : readWritten(written, "cdk.tf.json");
    terminal.result(`\n${text(summaryOf(readPlan(json, stack), stack, state.bucket, file), terminal)}`);
  }
  return !failed;
}

function failure(verb: Verb, name: string, stacks: readonly string[], failed: number): string {
  const stack = stacks[failed] as string;
  const rest = stacks.slice(failed + 1);
  return [
    `${name}: \`${verb}\` of ${stack} failed${rest.length > 0 ? `; ${rest.join(", ")} was left as it is` : ""}.`,
    ...(stack.endsWith("-databases") ? ["It needs a way to MySQL and the deployed AWS stack: docs/databases.md."] : []),
    `Correct the error above, then repeat the command${
      stacks.length === 1 ? "." : `, or go on with one stack: \`npm run ${verb} -- ${name} --stack ${stack}\`.`
    }`,
  ].join(" ");
}

/** Terraform refuses it too, resource by resource, once the databases are gone, and with advice that removes the protection in the wrong way. */
function refuseProtected(described: Described): void {
  const fields = protectedFields(described);
  if (fields.length > 0) {
    throw new CommandError(
      `${described.name}: ${fields.map((field) => `\`${field}\``).join(", ")} ${fields.length === 1 ? "is" : "are"} true, and a plan that destroys what is protected stops. ` +
        `Set what is protected to false in clients/${described.name}.ts, deploy, then repeat the command: docs/operations.md, Destroying on purpose. ` +
        "Nothing was started.",
    );
  }
}

/** The fields that protect something of a client, by its file's names; its own alone where that decides all others. */
function protectedFields(described: Described): string[] {
  if (described.protected || described.kind !== "client") {
    return described.protected ? ["protected"] : [];
  }
  const { director, hosts, database, elasticsearch, buckets } = described;
  const single: readonly (readonly [field: string, isProtected: boolean | undefined])[] = [
    ["director.protected", !isExisting(director) && director.protected],
    ["hosts.protectedAddress", hosts.protectedAddress],
    ...hosts.iterations.map(({ key, protected: is }) => [`hosts.iterations.${key}.protected`, is] as const),
    ...database.iterations.map(({ key, protected: is }) => [`database.iterations.${key}.protected`, is] as const),
    ["elasticsearch.protected", elasticsearch?.protected],
    ...bucketsOf(buckets).map(
      ([key, { exists, protected: is }]) => [`buckets.${key}.protected`, !exists && is] as const,
    ),
  ];
  return single.filter(([, isProtected]) => isProtected === true).map(([field]) => field);
}

/**
 * The stacks to run, in the order in which they need each other.
 * @throws CommandError where there is no such stack
 */
export function chosen(verb: Verb, described: Described, stack: string | undefined): readonly string[] {
  return stack === undefined ? stacksOf(verb, described) : [checked(stack, described)];
}

/** The stacks that a client consists of. */
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

/** CDKTF's command line, or that of its fork, where the repository has switched: docs/cdktn.md. */
function startCdktf(args: readonly string[], client: string): number {
  const isThere = (program: string) => existsSync(join(projectFolder(), "node_modules", ".bin", program));
  return start([isThere("cdktn") && !isThere("cdktf") ? "cdktn" : "cdktf", ...args], client);
}

function startSynth(client: string): number {
  return start(["tsx", "main.ts"], client);
}

function start(command: readonly string[], client: string): number {
  const { CDKTF_OUTDIR: _, ...env } = process.env;
  const { status, error } = spawnSync("npx", ["--no", ...command], {
    cwd: projectFolder(),
    stdio: "inherit",
    env: { ...env, CLIENT: client, CHECKPOINT_DISABLE: "1" },
  });
  if (error !== undefined) {
    throw new CommandError(`npx cannot be run (${error.message}). It comes with Node.js: put its folder on the PATH.`);
  }
  return status ?? 1;
}

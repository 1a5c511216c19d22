import { chmodSync, existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { createInterface } from "node:readline/promises";
import { type Command, Option } from "commander";
import { clientNameProblems } from "../config/checks/names";
import { accountId, region } from "../config/schema/fields";
import { releaseNames } from "../config/tables/versions-by-release";
import { StagedFiles } from "../handoff/whole-files";
import { CommandError } from "./command-error";
import type { ClientValues } from "./init/client-file";
import { type PackageSource, packageSource } from "./init/package-source";
import { type CiHost, ciHosts, ciScripts, repositoryFiles } from "./init/repository-files";
import { indented } from "./layout";
import type { Terminal } from "./terminal";
import { written } from "./written";

interface Options {
  readonly client?: string;
  readonly region?: string;
  readonly accountId?: string;
  readonly release?: string;
  readonly ci?: CiHost;
  readonly package?: string;
  readonly registry?: string;
}

/** Answers of the operator by the flag that gives them too: the question, and the answer of who has none. */
const questions = {
  client: ["Name of the first client, as in acme", "example"],
  region: ["AWS region", "eu-west-1"],
  accountId: ["AWS account id", "123456789012"],
  release: ["Open edX release", "nutmeg"],
  ci: [`Where CI runs (${ciHosts.join(", ")})`, "github"],
} as const satisfies Partial<Record<keyof Options, readonly [string, string]>>;

type Answers = Readonly<Record<keyof typeof questions, string>>;

/** Asks the operator, who may leave the default. */
type Ask = (question: string, standard: string) => Promise<string>;

export function addInit(program: Command, terminal: Terminal): void {
  program
    .command("init")
    .summary("create a repository for client files, with a first client")
    .description(
      "Creates a repository for client files: package.json, main.ts, the first client's file, the providers' lock files, the " +
        "snapshot test, CI's workflows and a README. On a terminal it asks for each value that no option gives, except for " +
        "--package. A folder that is not empty stays as it is, and the exit status is 1.",
    )
    .argument("[folder]", "the repository's folder", ".")
    .option("--client <name>", "name of the first client (default: example)")
    .option("--region <region>", "AWS region of the first client (default: eu-west-1)")
    .option("--account-id <id>", "AWS account id of the first client (default: 123456789012)")
    .option("--release <name>", "Open edX release of the first client (default: nutmeg)")
    .addOption(new Option("--ci <host>", "CI system whose workflows are written (default: github)").choices(ciHosts))
    .option(
      "--package <source>",
      "package to install, required: path of a tarball, which is copied into vendor/, a URL, or an exact version, with --registry",
    )
    .option("--registry <url>", "npm registry of that version, written to .npmrc")
    .action(async (folder: string, options: Options) => {
      refuseContents(folder);
      const source = packageSource(options.package, options.registry);
      const answers = process.stdin.isTTY
        ? await withTerminal((ask) => answersOf(options, ask))
        : await answersOf(options);
      makeRepository(folder, answers, source);
      terminal.result(nextSteps(folder, answers));
    });
}

/** What the flags say, then what the operator answers; without one to ask, the defaults. */
export async function answersOf(options: Options, ask: Ask = async (_, standard) => standard): Promise<Answers> {
  const answers: Record<string, string> = {};
  for (const [name, [question, standard]] of Object.entries(questions)) {
    answers[name] = options[name as keyof Answers] ?? (await ask(question, standard));
  }
  return answers as Answers;
}

/**
 * Writes a repository, whole or not at all.
 * @throws CommandError with every answer that is none
 */
export function makeRepository(folder: string, answers: Answers, source: PackageSource): void {
  const client: ClientValues = { ...answers, name: answers.client };
  const problems = problemsOf(answers);
  if (problems.length > 0) {
    throw new CommandError([...problems, "", "Nothing was written."].join("\n"));
  }
  const files = repositoryFiles(client, answers.ci as CiHost, source);
  written(folder, "Repeat the command once it can.", () => {
    new StagedFiles(folder, files).moveIntoPlace();
    for (const { path } of files.filter((file) => ciScripts.includes(file.path))) {
      chmodSync(join(folder, path), 0o755);
    }
  });
}

function problemsOf(answers: Answers): string[] {
  const schemas = { region, accountId };
  return [
    ...clientNameProblems(answers.client).map(({ message }) => `--client ${message}`),
    ...Object.entries(schemas).flatMap(([name, schema]) => {
      const { error } = schema.safeParse(answers[name as keyof Answers]);
      const flag = name === "accountId" ? "--account-id" : `--${name}`;
      return error ? [`${flag} is ${JSON.stringify(answers[name as keyof Answers])}; ${error.issues[0]?.message}`] : [];
    }),
    ...oneOf("--release", answers.release, releaseNames),
    ...oneOf("--ci", answers.ci, ciHosts),
  ];
}

function oneOf(flag: string, value: string, allowed: readonly string[]): string[] {
  return allowed.includes(value)
    ? []
    : [`${flag} is ${JSON.stringify(value)}; ${allowed.join(", ")} are allowed. Choose one.`];
}

function refuseContents(folder: string): void {
  const found = existsSync(folder) ? readdirSync(folder).filter((name) => name !== ".git") : [];
  if (found.length > 0) {
    const shown = found.length > 5 ? [...found.slice(0, 5), "…"] : found;
    throw new CommandError(
      `${folder} is not empty: it has ${shown.join(", ")}. Name an empty folder, or one that does not exist. Nothing was written.`,
    );
  }
}

async function withTerminal<T>(use: (ask: Ask) => Promise<T>): Promise<T> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await use(async (question, standard) => (await lines.question(`${question} [${standard}]: `)) || standard);
  } finally {
    lines.close();
  }
}

function nextSteps(folder: string, { client, ci }: Answers): string {
  const go = relative(process.cwd(), folder);
  return [
    `A repository for client files is in ${folder}. Next:`,
    "",
    ...indented([...(go === "" ? [] : [`cd ${go}`]), "git init --initial-branch=main", "npm install", "npm test"], 2),
    "",
    `Then complete clients/${client}.ts: its comments explain each value. \`npx jest -u\` renews its snapshots;`,
    `README.md has the other commands${ci === "none" ? "" : ", and how to turn on CI"}.`,
  ].join("\n");
}

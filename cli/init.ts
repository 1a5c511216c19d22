import { chmodSync, existsSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { StagedFiles } from "../handoff/whole-files";
import { CommandError } from "./command-error";
import { type Answers, answersOf, type Operator, type Options } from "./init/answers";
import { type PackageSource, packageSource } from "./init/package-source";
import { type CiHost, ciHosts, ciScripts, repositoryFiles } from "./init/repository-files";
import { indented } from "./layout";
import type { Terminal } from "./terminal";
import { written } from "./written";

type ClientAnswers = Omit<Answers, "package" | "registry">;

export function addInit(program: Command, terminal: Terminal): void {
  program
    .command("init")
    .summary("create a repository for client files, with a first client")
    .description(
      "Creates a repository for client files: package.json, main.ts, the first client's file, the providers' lock files, the " +
        "snapshot test, CI's workflows and a README. On a terminal it asks for each value that no option gives. If the folder is not empty, nothing is written, and the exit status is 1.",
    )
    .argument("[folder]", "the repository's folder", ".")
    .option("--client <name>", "name of the first client (default: example)")
    .option("--region <region>", "AWS region of the first client (default: eu-west-1)")
    .option("--account-id <id>", "AWS account id of the first client (default: 123456789012)")
    .option("--release <name>", "Open edX release of the first client (default: nutmeg)")
    .option("--ci <host>", `CI system whose workflows are written: ${ciHosts.join(", ")} (default: github)`)
    .option(
      "--package <source>",
      "package to install, required: path of a tarball, which is copied into vendor/, a URL, or an exact version, with --registry, as 1.2.3 or @acme/edx-analytics-aws@1.2.3",
    )
    .option("--registry <url>", "npm registry of that version, written to .npmrc")
    .action(async (folder: string, options: Options) => {
      refuseContents(folder);
      const answers = process.stdin.isTTY
        ? await withOperator(terminal, (operator) => answersOf(options, operator))
        : await answersOf(options);
      makeRepository(folder, answers, packageSource(answers.package, answers.registry));
      terminal.result(nextSteps(folder, answers));
    });
}

/** Writes a repository, whole or not at all. */
export function makeRepository(folder: string, answers: ClientAnswers, source: PackageSource): void {
  const files = repositoryFiles({ ...answers, name: answers.client }, answers.ci as CiHost, source);
  written(folder, "Repeat the command once it can.", () => {
    new StagedFiles(folder, files).moveIntoPlace();
    for (const { path } of files.filter((file) => ciScripts.includes(file.path))) {
      chmodSync(join(folder, path), 0o755);
    }
  });
}

function refuseContents(folder: string): void {
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    throw new CommandError(
      `${folder} is no folder. Name an empty folder, or one that does not exist. Nothing was written.`,
    );
  }
  const found = existsSync(folder) ? readdirSync(folder).filter((name) => name !== ".git") : [];
  if (found.length > 0) {
    const shown = found.length > 5 ? [...found.slice(0, 5), "…"] : found;
    throw new CommandError(
      `${folder} is not empty: it has ${shown.join(", ")}. Name an empty folder, or one that does not exist. Nothing was written.`,
    );
  }
}

/** Whoever sits at the terminal; Ctrl-C and Ctrl-D end the command. */
async function withOperator<T>(terminal: Terminal, use: (operator: Operator) => Promise<T>): Promise<T> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const left = new Promise<never>((_, reject) => {
    lines.once("close", () => reject(new CommandError("\nNothing was written.")));
  });
  const operator: Operator = {
    ask: async (question, standard = "") => {
      const shown = standard === "" ? "" : ` [${standard}]`;
      return (await lines.question(`${question}${shown}: `)).trim() || standard;
    },
    say: (text) => terminal.progress(text),
  };
  try {
    return await Promise.race([use(operator), left]);
  } finally {
    lines.close();
  }
}

function nextSteps(folder: string, { client, ci }: ClientAnswers): string {
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

import { Command, CommanderError } from "commander";
import { ClientFileError } from "../config/load/problem";
import { ProjectFolderError } from "../config/project-folder";
import { visible } from "../config/visible";
import { AwsError } from "../resources/aws/errors";
import { PlanFileError } from "../resources/plan/plan";
import { CommandError } from "./command-error";
import { wrappedText } from "./layout";
import { missingLibrary } from "./missing-library";
import { terminal as processTerminal, type Terminal } from "./terminal";

/** Errors whose message is for the operator, and needs no stack. */
const forTheOperator = [ClientFileError, ProjectFolderError, CommandError, AwsError, PlanFileError];

/**
 * What adds each command, read when it is wanted: the AWS SDK and cdktf take seconds, and not every command needs them. None
 * needs the repository's libraries before it runs: those in commands/ read what they run then.
 */
export const commands: Readonly<Record<string, () => (program: Command, terminal: Terminal) => void>> = {
  init: () => (require("./init") as typeof import("./init")).addInit,
  list: () => (require("./list") as typeof import("./list")).addList,
  state: () => (require("./commands/state") as typeof import("./commands/state")).addState,
  preflight: () => (require("./commands/preflight") as typeof import("./commands/preflight")).addPreflight,
  diff: () => (require("./stack-runs") as typeof import("./stack-runs")).addDiff,
  deploy: () => (require("./stack-runs") as typeof import("./stack-runs")).addDeploy,
  destroy: () => (require("./stack-runs") as typeof import("./stack-runs")).addDestroy,
  diagram: () => (require("./commands/diagram") as typeof import("./commands/diagram")).addDiagram,
  drift: () => (require("./drift") as typeof import("./drift")).addDrift,
  adopt: () => (require("./commands/adopt") as typeof import("./commands/adopt")).addAdopt,
  sql: () => (require("./sql") as typeof import("./sql")).addSql,
  "config-files": () => (require("./config-files") as typeof import("./config-files")).addConfigFiles,
  verify: () => (require("./verify") as typeof import("./verify")).addVerify,
  export: () => (require("./commands/export") as typeof import("./commands/export")).addExport,
  lock: () => (require("./lock") as typeof import("./lock")).addLock,
  "plan-matrix": () => (require("./plan-matrix") as typeof import("./plan-matrix")).addPlanMatrix,
  "check-providers": () => (require("./check-providers") as typeof import("./check-providers")).addCheckProviders,
  "plan-summary": () => (require("./plan-summary") as typeof import("./plan-summary")).addPlanSummary,
};

/**
 * Runs one command.
 * @param args what stands behind `edx-analytics`
 * @returns the exit status: 0, 1 on any failure, or another that a command's help names
 */
export async function main(args: readonly string[], terminal: Terminal = processTerminal): Promise<number> {
  const program = new Command("edx-analytics")
    .description("Open edX Analytics on AWS: what CDKTF and Terraform do not do themselves.")
    .configureOutput({
      writeOut: (text) => terminal.result(text.trimEnd()),
      writeErr: (text) => terminal.progress(visible(text.trimEnd(), { lines: true })),
    })
    .configureHelp({ boxWrap: wrappedText })
    .exitOverride()
    .showHelpAfterError("See `npx edx-analytics --help`.")
    .helpCommand(false);
  const [name = ""] = args;
  for (const add of Object.hasOwn(commands, name) ? [commands[name]] : Object.values(commands)) {
    add?.()(program, terminal);
  }
  for (const command of program.commands) {
    command.showHelpAfterError(`See \`npx edx-analytics ${command.name()} --help\`.`);
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode;
    }
    if (error instanceof Error && forTheOperator.some((type) => error instanceof type)) {
      // Arguments, the environment and files may have put anything into it.
      terminal.progress(visible(error.message, { lines: true }));
      return error instanceof CommandError ? error.exitStatus : 1;
    }
    const library = missingLibrary(error);
    if (library !== undefined) {
      terminal.progress(`\`${name}\` ${library}`);
      return 1;
    }
    throw error;
  } finally {
    terminal.busy();
  }
}

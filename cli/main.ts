import { Command, CommanderError } from "commander";
import { ClientFileError } from "../config/load/problem";
import { AwsError } from "../resources/aws/errors";
import { PlanFileError } from "../resources/plan/plan";
import { addAdopt } from "./adopt";
import { addCheckProviders } from "./check-providers";
import { CommandError } from "./command-error";
import { addConfigFiles } from "./config-files";
import { addExport } from "./export";
import { addList } from "./list";
import { addLock } from "./lock";
import { addPlanMatrix } from "./plan-matrix";
import { addPlanSummary } from "./plan-summary";
import { addPreflight } from "./preflight";
import { addSql } from "./sql";
import { addState } from "./state";
import { terminal as processTerminal, type Terminal } from "./terminal";

/** Errors whose message is for the operator, and needs no stack. */
const forTheOperator = [ClientFileError, CommandError, AwsError, PlanFileError];

/**
 * Runs one command.
 * @param args what stands behind `edx-analytics`
 * @returns the exit status: 0, 1 on any failure, or another that a command's help names
 */
export async function main(args: readonly string[], terminal: Terminal = processTerminal): Promise<number> {
  try {
    await program(terminal).parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode;
    }
    if (error instanceof Error && forTheOperator.some((type) => error instanceof type)) {
      terminal.progress(error.message);
      return error instanceof CommandError ? error.exitStatus : 1;
    }
    throw error;
  }
}

function program(terminal: Terminal): Command {
  const command = new Command("edx-analytics")
    .description("Open edX Analytics on AWS: what CDKTF and Terraform do not do themselves.")
    .configureOutput({
      writeOut: (text) => terminal.result(text.trimEnd()),
      writeErr: (text) => terminal.progress(text.trimEnd()),
    })
    .exitOverride()
    .showHelpAfterError("See `npx edx-analytics --help`.")
    .helpCommand(false);
  addList(command, terminal);
  addState(command, terminal);
  addPreflight(command, terminal);
  addAdopt(command, terminal);
  addSql(command, terminal);
  addConfigFiles(command, terminal);
  addExport(command, terminal);
  addLock(command, terminal);
  addPlanMatrix(command, terminal);
  addCheckProviders(command, terminal);
  addPlanSummary(command, terminal);
  return command;
}

import type { Command } from "commander";
import { CommandError } from "../command-error";
import type { Terminal } from "../terminal";

export function addExport(program: Command, terminal: Terminal): void {
  program
    .command("export")
    .summary("write a client's stacks as HCL, for a team that takes it over in plain Terraform")
    .description(
      "Writes a root module in HCL for each stack of a client: same addresses, same state, a plan without changes. " +
        "The README in each folder says how to take over. Neither Terraform nor credentials are needed. A folder that " +
        "holds edited files, or configuration that it did not write, is left as it is, and the exit status is 1.",
    )
    .argument("<client>", "a client or shared stack: the name of its file in clients/, without .ts")
    .option("--out <dir>", "folder that gets a folder for each stack", "exported")
    .option(
      "--check",
      "write nothing; say in which fields and files the folders differ from the client file, and exit with status 1 if they do",
    )
    .action(async (name: string, options: { readonly out: string; readonly check?: boolean }) => {
      if (options.out === "") {
        throw new CommandError("--out is empty. Name a folder, or leave it out for `exported`.");
      }
      const { exportClient } = require("../export") as typeof import("../export");
      await exportClient(name, options, terminal);
    });
}

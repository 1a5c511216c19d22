import type { Command } from "commander";
import type { Terminal } from "../terminal";

export function addAdopt(program: Command, terminal: Terminal): void {
  program
    .command("adopt")
    .summary("import a deployment that was made by hand with the runbook")
    .description(
      "Looks for what a client's stack would create by the names in its file, and prints what it found, what it did not " +
        "and what differs. What the file has to say so that nothing is replaced is printed as fields to be written there; " +
        "exit status 1 until they are. Then writes the import blocks, into clients/imports/. Changes nothing in AWS.",
    )
    .argument("<client>", "a client or shared stack: the name of its file in clients/, without .ts")
    .option(
      "--plan <plan.json>",
      "list what a plan of `terraform show -json` creates and updates, each with its reason",
    )
    .action((name: string, { plan }: { readonly plan?: string }) => {
      const { adopt, reviewPlan } = require("../adopt") as typeof import("../adopt");
      return plan === undefined ? adopt(name, terminal) : reviewPlan(name, plan, terminal);
    });
}

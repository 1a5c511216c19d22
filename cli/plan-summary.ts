import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { readPlan } from "../resources/plan/plan";
import { CommandError } from "./command-error";
import { alarmed, summarise } from "./plan-summary/report";
import type { Terminal } from "./terminal";

export function addPlanSummary(program: Command, terminal: Terminal): void {
  program
    .command("plan-summary")
    .summary("a plan as Markdown, its alarms first")
    .description(
      "Writes what a plan destroys, replaces, updates and creates, as Markdown for a comment; sensitive values are left out. " +
        "First come its alarms: lost data, exposure, access, credentials, availability. " +
        "Exit status 0, or 2 if the plan has alarms, or 1 if it cannot be read. " +
        "The JSON form of a plan holds secrets in clear: `terraform show -json PLAN | npx edx-analytics plan-summary -` " +
        "keeps it off the disk.",
    )
    .argument("<plan.json>", "what `terraform show -json` wrote of a plan; - reads it from standard input")
    .option("--title <title>", "what the plan is of", "the stack")
    .action((file: string, { title }: { title: string }) => {
      const summary = summarise(readPlan(contents(file), file), title);
      terminal.result(summary.markdown);
      if (summary.alarms.length > 0) {
        throw new CommandError(alarmed(summary), { exitStatus: 2 });
      }
    });
}

/** What stands in a file, or with - in standard input. */
export function contents(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new CommandError(
      `${file}: cannot be read: ${(error as Error).message}. Name the file that \`terraform show -json\` wrote.`,
      { cause: error },
    );
  }
}

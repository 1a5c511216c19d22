import { readFileSync } from "node:fs";
import { type Command, Option } from "commander";
import { readPlan } from "../resources/plan/plan";
import { readWritten } from "../resources/plan/read-written";
import { CommandError } from "./command-error";
import { count, indented } from "./layout";
import { markdown } from "./plan-summary/markdown";
import { summaryOf } from "./plan-summary/summary";
import { cautionLines, text } from "./plan-summary/text";
import type { Terminal } from "./terminal";

interface Options {
  readonly title: string;
  readonly stateBucket?: string;
  readonly configuration?: string;
  readonly format: "text" | "markdown";
}

export function addPlanSummary(program: Command, terminal: Terminal): void {
  program
    .command("plan-summary")
    .summary("say what a plan does, its alarms first")
    .description(
      "Writes what a plan destroys, replaces, updates and creates; policies statement by statement, without sensitive values. " +
        "First come its alarms: lost data, exposure, permissions, access, credentials, availability. " +
        "Exit status 0, or 2 if the plan has alarms, or 1 if it cannot be read, or broke off and cannot be applied. " +
        "The JSON form of a plan holds secrets in clear: `terraform show -json PLAN | npx edx-analytics plan-summary -` " +
        "keeps it off the disk.",
    )
    .argument("<plan.json>", "what `terraform show -json` wrote of a plan; - reads it from standard input")
    .option("--title <title>", "what the plan is of", "the stack")
    .option("--state-bucket <name>", "bucket of the state: whatever the plan does with it is an alarm")
    .option(
      "--configuration <cdk.tf.json>",
      "the stack's file that was planned: what no stack writes there is an alarm, as provisioners, which a plan may leave out",
    )
    .addOption(
      new Option("--format <format>", "for a terminal, or for a comment on GitHub or GitLab")
        .choices(["text", "markdown"])
        .default("text"),
    )
    .action((file: string, { title, format, stateBucket, configuration }: Options) => {
      const plan = readPlan(contents(file), file);
      const written =
        configuration === undefined
          ? undefined
          : readWritten(contents(configuration, "the cdk.tf.json that was planned"), configuration);
      const summary = summaryOf(plan, title, stateBucket, written);
      terminal.result(format === "markdown" ? markdown(summary) : text(summary, terminal));
      if (summary.cautions.length > 0) {
        const alarms = `${count(summary.cautions.length, "alarm")} to look at before the plan is applied`;
        // Text has them on the same terminal already.
        const lines =
          format === "markdown" ? [`${alarms}:`, ...indented(cautionLines(summary), 2)] : ["", `${alarms}.`];
        throw new CommandError(lines.join("\n"), { exitStatus: plan.errored ? 1 : 2 });
      }
    });
}

/**
 * What stands in a file, or with - in standard input.
 * @param wanted the file to name where this one cannot be read
 */
export function contents(file: string, wanted = "the file that `terraform show -json` wrote"): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new CommandError(`${file}: cannot be read: ${(error as Error).message}. Name ${wanted}.`, { cause: error });
  }
}

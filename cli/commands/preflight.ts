import type { Command } from "commander";
import { loadOne } from "../../config/load/load";
import { AwsError } from "../../resources/aws/errors";
import { CommandError } from "../command-error";
import { unaskedStatus } from "../findings";
import type { Terminal } from "../terminal";

export function addPreflight(program: Command, terminal: Terminal): void {
  program
    .command("preflight")
    .summary("ask AWS what a plan cannot know")
    .description(
      "Asks AWS what a plan cannot know, before the first deploy of a client or of a new iteration: whether the names of " +
        "the stack's resources are free, what it uses exists, the network suits EMR, the grades bucket's policy is as the " +
        "client file says, and quotas suffice. Changes nothing. Exit status 1 if the deploy would fail, 2 if nothing " +
        "is refused but something could not be asked, as where these credentials lack a permission or AWS does not answer.",
    )
    .argument("<client>", "a client or shared stack: the name of its file in clients/, without .ts")
    .option("--destroy", "ask instead what makes a destroy stop, hang or lose something")
    .action(async (name: string, { destroy = false }: { readonly destroy?: boolean }) => {
      const { preflight } = require("../preflight") as typeof import("../preflight");
      try {
        await preflight(loadOne(name), terminal, { destroy });
      } catch (error) {
        // No valid credentials, or no way to AWS: nothing can be asked.
        throw error instanceof AwsError
          ? new CommandError(error.message, { cause: error, exitStatus: unaskedStatus })
          : error;
      }
    });
}

import type { Command } from "commander";
import type { Terminal } from "../terminal";

export function addState(program: Command, terminal: Terminal): void {
  program
    .command("state")
    .summary("make or check the S3 bucket of a client's Terraform state")
    .description(
      "Makes the S3 bucket of a client's Terraform state, or corrects the settings of an existing one: versioning, " +
        "encryption, no public access, ownership, a policy that refuses all but TLS and whatever clients run, old versions " +
        "deleted after a year and CI's plans after days. Other statements and rules stay. A second run changes nothing. The " +
        "policy is of all clients with state in the bucket, whose files are read too. AWS credentials of the account " +
        "that holds the state are needed.",
    )
    .argument("<client>", "name of a file in clients/, of a client or a shared stack")
    .option("--check", "change nothing; exit with status 1 if something would be")
    .action(async (name: string, { check = false }: { readonly check?: boolean }) => {
      const { stateOf } = require("../state") as typeof import("../state");
      await stateOf(name, check, terminal);
    });
}

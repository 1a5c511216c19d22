import type { Command } from "commander";
import { daysOfOldVersions, daysOfPlans } from "../state/lifecycle";
import type { Terminal } from "../terminal";

export function addState(program: Command, terminal: Terminal): void {
  program
    .command("state")
    .summary("create or check the S3 bucket of a client's Terraform state")
    .description(
      "Creates the S3 bucket of a client's Terraform state, or corrects the settings of an existing one: versioning, " +
        "encryption, no public access, ownership, a policy that refuses requests without TLS and the roles of what clients run, expiry of old " +
        `versions after ${daysOfOldVersions} days and of CI's plans after ${daysOfPlans}. Other statements and rules stay. A second run changes nothing. ` +
        "The policy is for all clients with state in the bucket, so their files are read too. AWS credentials of the account " +
        "that holds the state are needed.",
    )
    .argument("<client>", "a client or shared stack: the name of its file in clients/, without .ts")
    .option("--check", "change nothing; exit with status 1 if something would be")
    .action(async (name: string, { check = false }: { readonly check?: boolean }) => {
      const { stateOf } = require("../state") as typeof import("../state");
      await stateOf(name, check, terminal);
    });
}

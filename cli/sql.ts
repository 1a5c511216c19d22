import type { Command } from "commander";
import { clientScript } from "../handoff/sql/script";
import { loadClient } from "./load-client";
import type { Terminal } from "./terminal";

export function addSql(program: Command, terminal: Terminal): void {
  program
    .command("sql")
    .summary("write the bash script that creates a client's MySQL databases, users and grants")
    .description(
      "Writes a bash script that does with the mysql client what the databases stack does with Terraform: databases, " +
        "users and grants on the analytics RDS, and edxapp_ro on the edxapp server. It has no password in it: run it on " +
        "the director, where it reads them from SSM or asks for them. It may be run again and again.",
    )
    .argument("<client>", "a client: the name of its file in clients/, without .ts")
    .addHelpText("after", "\nExample:\n  npx edx-analytics sql acme > mysql.sh && scp mysql.sh director:\n")
    .action((name: string) => {
      terminal.result(clientScript(loadClient(name, "MySQL server")));
    });
}

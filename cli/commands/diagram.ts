import { type Command, Option } from "commander";
import type { Terminal } from "../terminal";

export function addDiagram(program: Command, terminal: Terminal): void {
  program
    .command("diagram")
    .summary("draw who reaches and reads what in a client")
    .description(
      "Writes a drawing of who reaches and reads what in a client, by the security groups' rules and the policies of its " +
        "synthesised AWS stack: `npx edx-analytics diagram acme > acme.svg`. Neither Terraform nor credentials are needed.",
    )
    .argument("<client>", "a client: the name of its file in clients/, without .ts")
    .addOption(
      new Option("--format <format>", "a picture, or text that GitHub and GitLab draw in a page")
        .choices(["svg", "mermaid"])
        .default("svg"),
    )
    .action(async (name: string, { format }: { readonly format: "svg" | "mermaid" }) => {
      const { drawing } = require("../diagram") as typeof import("../diagram");
      terminal.result(await drawing(name, format));
    });
}

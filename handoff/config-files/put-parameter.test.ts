import { readFileSync } from "node:fs";
import { join } from "node:path";
import { passwordParameter } from "../../config/names";
import { putParameterCommand } from "./put-parameter";

it("docs/databases.md shows the command that puts a password into SSM", () => {
  const page = readFileSync(join(__dirname, "../../docs/databases.md"), "utf8");

  expect(page).toContain(`\n${putParameterCommand(passwordParameter("acme", "migration"), "eu-west-1")}\n`);
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { svg } from "../../handoff/diagram/svg";
import { drawings } from "./drawings";

/** Writes the drawings of docs/ anew. */
async function main(): Promise<void> {
  for (const [name, diagram] of Object.entries(drawings)) {
    writeFileSync(join(__dirname, "..", "..", "docs", `${name}.svg`), await svg(diagram()));
  }
}

main();

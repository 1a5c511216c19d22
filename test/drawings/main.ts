import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { svg } from "../../handoff/diagram/svg";
import { drawings } from "./drawings";
import { pictures } from "./pictures";

const docs = join(__dirname, "..", "..", "docs");

/** Writes the drawings of docs/ anew, and the pictures of what the last run showed. */
async function main(): Promise<void> {
  for (const [name, diagram] of Object.entries(drawings)) {
    writeFileSync(join(docs, `${name}.svg`), await svg(diagram()));
  }
  for (const [name, draw] of Object.entries(pictures)) {
    writeFileSync(join(docs, "pictures", `${name}.svg`), draw());
  }
}

main();

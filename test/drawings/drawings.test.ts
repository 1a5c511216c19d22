import { readFileSync } from "node:fs";
import { join } from "node:path";
import { svg } from "../../handoff/diagram/svg";
import { drawings } from "./drawings";

it.each(Object.entries(drawings))("docs/%s.svg is as `npm run drawings` writes it", async (name, diagram) => {
  expect(readFileSync(join(__dirname, "..", "..", "docs", `${name}.svg`), "utf8")).toBe(await svg(diagram()));
});

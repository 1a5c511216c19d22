import { readFileSync } from "node:fs";
import { join } from "node:path";
import { commentPicture } from "./comment";
import { terminalPicture } from "./terminal";

const folder = join(__dirname, "..", "..", "docs", "pictures");
const read = (name: string) => readFileSync(join(folder, name), "utf8");

/** Pictures of what a run showed, by the name of the file without its ending; `npm run pictures` renews what they are drawn from. */
export const pictures: Readonly<Record<string, () => string>> = {
  preflight: () => terminalPicture(read("preflight.ansi"), { first: 26, last: 14 }),
  "plan-summary": () => terminalPicture(read("plan-summary.ansi")),
  "plan-comment": () => commentPicture(read("plan-comment.md")),
};

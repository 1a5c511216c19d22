import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { columns } from "../../test/drawings/terminal";
import type { Project } from "./project";

const folder = join(__dirname, "..", "..", "docs", "pictures");

/** What `npm run pictures` sets: what a run shows is kept, and not compared. */
const renews = process.env.RENEW_PICTURES === "1";

/** Kinds of AWS's ids, which are others in each account. */
const ids = /\b(eipalloc|eni|i|igw|rtb|sg|sgr|subnet|vol|vpc)-[0-9a-f]{8,17}\b/g;

/**
 * Compares what a run shows with what the pictures are drawn from.
 * @param name of a file in `docs/pictures/`
 * @throws Error with the first line that differs
 */
export function pictured(name: string, shown: string): void {
  const file = join(folder, name);
  const now = `${normalised(shown).trimEnd()}\n`;
  if (renews) {
    writeFileSync(file, now);
    return;
  }
  const [lines, former] = [now.split("\n"), readFileSync(file, "utf8").split("\n")];
  const differing = lines.findIndex((line, index) => line !== former[index]);
  if (differing !== -1 || lines.length !== former.length) {
    const at = differing === -1 ? lines.length : differing;
    throw new Error(
      `docs/pictures/${name} is not what a run shows. \`npm run pictures\` renews it. Line ${at + 1}:\n` +
        `- ${JSON.stringify(former[at])}\n+ ${JSON.stringify(lines[at])}`,
    );
  }
}

/** What each emulated account has otherwise: addresses, the date of its image, which is always today, and ids, here by their order. */
function normalised(text: string): string {
  const known = new Map<string, string>();
  return text
    .replaceAll(/(?<=ec2-)127-\d+-\d+-\d+/g, "198-51-100-7")
    .replaceAll(/\b127\.\d+\.\d+\.\d+\b/g, "198.51.100.7")
    .replaceAll(/(?<=ami-\w{17},\s+)\d{4}-\d\d-\d\d/g, "2025-05-27")
    .replaceAll(ids, (id, kind: string) => {
      const number = [...known.keys()].filter((other) => other.startsWith(`${kind}-`)).length + 1;
      known.set(id, known.get(id) ?? `${kind}-${number.toString(16).padStart(17, "0")}`);
      return known.get(id) as string;
    });
}

/** What one of the project's commands shows on a terminal, behind its prompt and with its colours; its exit status is not looked at. */
export async function onTerminal(project: Project, prompt: string, ...args: string[]): Promise<string> {
  const { stdout } = await project.run(
    project.world.tools.python,
    [join(__dirname, "..", "readers", "terminal.py"), String(columns), "node", "cli/edx-analytics.js", ...args],
    { env: { FORCE_COLOR: "1" } },
  );
  // What is under way is gone once there is an answer.
  return `$ ${prompt}\n${stdout.replaceAll(/^Asking: .* …\n/gm, "")}`;
}

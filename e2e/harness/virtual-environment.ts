import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { succeed } from "./processes";

/**
 * Python with the packages of `e2e/<name>/requirements.txt`; another list of them is another environment, so that runs of
 * two versions do not meet.
 * @param cache where it is kept from run to run
 * @returns its interpreter
 */
export async function virtualEnvironment(cache: string, name: string): Promise<string> {
  const requirements = join(__dirname, "..", name, "requirements.txt");
  const list = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const environment = join(cache, `python-${list}`);
  if (!existsSync(environment)) {
    console.log(`Installing Python packages: ${name} …`);
    const unfinished = mkdtempSync(`${environment}-`);
    try {
      await succeed("python3", ["-m", "venv", unfinished]);
      const python = join(unfinished, "bin", "python");
      await succeed(python, ["-m", "pip", "install", "--quiet", "--requirement", requirements]);
      if (!existsSync(environment)) {
        renameSync(unfinished, environment);
      }
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return join(environment, "bin", "python");
}

import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { succeed } from "./processes";

/**
 * Python with the packages of `e2e/<name>/requirements.txt`; another list of them is another environment, so that runs of
 * two versions do not meet. Its programs know their interpreter by its path, so it stays where it was installed, which a file
 * beside it says; one that was copied with its folder to another place is installed again.
 * @param cache where it is kept from run to run
 * @returns its interpreter
 */
export async function virtualEnvironment(cache: string, name: string): Promise<string> {
  const requirements = join(__dirname, "..", name, "requirements.txt");
  const list = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const pointer = join(cache, `python-${list}.path`);
  const installed = existsSync(pointer) ? readFileSync(pointer, "utf8") : undefined;
  if (installed?.startsWith(join(cache, "python-")) && existsSync(installed)) {
    return installed;
  }
  console.log(`Installing Python packages: ${name} …`);
  const environment = mkdtempSync(join(cache, `python-${list}-`));
  const python = join(environment, "bin", "python");
  try {
    await succeed("python3", ["-m", "venv", environment]);
    await succeed(python, ["-m", "pip", "install", "--quiet", "--requirement", requirements]);
    const written = join(environment, "python.path");
    writeFileSync(written, python);
    renameSync(written, pointer);
  } catch (error) {
    rmSync(environment, { recursive: true, force: true });
    throw error;
  }
  return python;
}

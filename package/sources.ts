import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/** The folder of the package that has the sources: beside compiled code TypeScript would take them in its place. */
const folder = "src";

/**
 * Puts the sources of compiled code into the package, and has its source maps name them there: what they name outside the
 * package, as `tsc` writes it, exists in this repository alone.
 * @param root the repository
 * @param dist the package, which was compiled from it
 */
export function packSources(root: string, dist: string): void {
  for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".map"))) {
    const file = join(dist, name);
    const map = JSON.parse(readFileSync(file, "utf8")) as { readonly sources: readonly string[] };
    const sources = map.sources.map((source) => {
      const path = relative(root, resolve(dirname(file), source));
      cpSync(join(root, path), join(dist, folder, path));
      return relative(dirname(file), join(dist, folder, path));
    });
    writeFileSync(file, JSON.stringify({ ...map, sources }));
  }
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, succeed } from "./processes";

/** A program that is published as a Go module, or that is made of one's packages. */
export interface GoTool {
  /** Name of its folder here, which holds `go.mod` and `go.sum`. */
  readonly name: string;
  /** File name of the program. @default - the folder's */
  readonly program?: string;
  /** Package of its `main`; `.` for the one in its folder. */
  readonly module: string;
}

/**
 * Builds a program from its Go module once in the cache, and anew when its version changes.
 * @param cache where the program is kept from run to run
 * @returns the program's file
 * @throws Error where there is no Go to build it with
 */
export async function buildGoTool(cache: string, { name, module, program = name }: GoTool): Promise<string> {
  const source = join(__dirname, "..", name);
  const folder = join(cache, name);
  const binary = join(folder, program);
  const stamp = join(folder, "go.sum");
  const wanted = ["go.sum", "main.go"]
    .map((file) => join(source, file))
    .filter(existsSync)
    .map((file) => readFileSync(file, "utf8"))
    .join("");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
    if ((await run("go", ["version"]).catch(() => undefined))?.code !== 0) {
      throw new Error(
        `This part needs Go 1.21 or later, to build ${program} from its module: https://go.dev/doc/install`,
      );
    }
    console.log(`Building ${program}, which takes minutes the first time …`);
    mkdirSync(folder, { recursive: true });
    // `go.sum` holds the checksums of all modules: nothing else is built.
    await succeed("go", ["build", "-C", source, "-mod=readonly", "-o", binary, module]);
    writeFileSync(stamp, wanted);
  }
  return binary;
}

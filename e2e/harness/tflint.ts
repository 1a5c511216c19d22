import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, succeed } from "./processes";

const source = join(__dirname, "..", "tflint");

/** TFLint, built from its Go module once in the cache, and anew when its version changes. */
export class Tflint {
  private constructor(private readonly binary: string) {}

  /**
   * @param cache where the program is kept from run to run
   * @throws Error where there is no Go to build it with
   */
  static async build(cache: string): Promise<Tflint> {
    const folder = join(cache, "tflint");
    const binary = join(folder, "tflint");
    const stamp = join(folder, "go.sum");
    const wanted = readFileSync(join(source, "go.sum"), "utf8");
    if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
      if ((await run("go", ["version"]).catch(() => undefined))?.code !== 0) {
        throw new Error(
          "This part needs Go 1.21 or later, to build TFLint from its module: https://go.dev/doc/install",
        );
      }
      console.log("Building TFLint, which takes minutes the first time …");
      mkdirSync(folder, { recursive: true });
      // `go.sum` holds the checksums of all modules: nothing else is built.
      const build = ["build", "-C", source, "-mod=readonly", "-o", binary, "github.com/terraform-linters/tflint"];
      await succeed("go", build);
      writeFileSync(stamp, wanted);
    }
    return new Tflint(binary);
  }

  /** Fails with what TFLint finds in a folder, notices among it. */
  async clean(folder: string): Promise<void> {
    const rules = join(source, ".tflint.hcl");
    await succeed(this.binary, [`--chdir=${folder}`, `--config=${rules}`, "--minimum-failure-severity=notice"]);
  }
}

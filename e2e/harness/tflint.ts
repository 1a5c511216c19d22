import { buildGoTool } from "./go-tool";
import { succeed } from "./processes";

/** TFLint, built from its Go module once in the cache, and anew when its version changes. */
export class Tflint {
  private constructor(private readonly binary: string) {}

  /**
   * @param cache where the program is kept from run to run
   * @throws Error where there is no Go to build it with
   */
  static async build(cache: string): Promise<Tflint> {
    return new Tflint(await buildGoTool(cache, { name: "tflint", module: "github.com/terraform-linters/tflint" }));
  }

  /** Fails with what TFLint finds in a folder by its own rules, notices among it. */
  async clean(folder: string): Promise<void> {
    await succeed(this.binary, [`--chdir=${folder}`, "--minimum-failure-severity=notice"]);
  }
}

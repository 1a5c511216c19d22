import { readFileSync } from "node:fs";
import { join } from "node:path";
import { terraformLockFile } from "../../stacks/provider-locks";
import { impatient } from "../harness/databases-workspace";
import { run, succeed } from "../harness/processes";
import type { Tflint } from "../harness/tflint";
import type { World } from "../harness/world";
import { equal, says } from "./equal";

/** Fails with what `fmt` and TFLint find in an exported folder. */
export async function clean(world: World, tflint: Tflint, folder: string): Promise<void> {
  await succeed("terraform", ["fmt", "-check", "-diff", "-no-color"], { cwd: folder, env: world.environment() });
  await tflint.clean(folder);
}

/**
 * Validates a folder.
 * @returns whether its providers could be had
 */
export async function validates(world: World, folder: string): Promise<boolean> {
  const options = { cwd: folder, env: { ...world.environment(), ...impatient } };
  const lockFile = () => readFileSync(join(folder, terraformLockFile), "utf8");
  const committed = lockFile();
  const { code, output } = await run("terraform", ["init", "-backend=false", "-input=false", "-no-color"], options);
  if (code !== 0) {
    says(output, /petoju\/mysql/);
    return false;
  }
  if (!/petoju\/mysql/.test(lockFile())) {
    equal("the lock file after init", lockFile(), committed);
  }
  await succeed("terraform", ["validate", "-no-color"], options);
  return true;
}

/**
 * Runs a folder's own tests, with credentials and an endpoint that would be of no use.
 * @param engine Terraform or OpenTofu, and what it is run with
 */
export async function passesTests(
  world: World,
  folder: string,
  engine = { program: "terraform", env: {} },
): Promise<void> {
  const nowhere = "http://127.0.0.1:9";
  const env = {
    ...world.environment(),
    ...impatient,
    ...engine.env,
    AWS_ENDPOINT_URL: nowhere,
    AWS_ACCESS_KEY_ID: "",
    AWS_PROFILE: "",
  };
  const { output } = await succeed(engine.program, ["test", "-no-color"], { cwd: folder, env });
  says(output, /Success! \d+ passed, 0 failed\./);
}

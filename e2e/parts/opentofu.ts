import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import type { ClientInput } from "../../config/schema/client";
import { says } from "../expectations/equal";
import { passesTests } from "../expectations/exported-folder";
import { awsCommandLine } from "../harness/aws-command-line";
import { edxappSide } from "../harness/before";
import { type Described, describe } from "../harness/described";
import { buildGoTool } from "../harness/go-tool";
import { type Prerequisites, providerPlatform, writeCliConfig } from "../harness/prerequisites";
import { run } from "../harness/processes";
import { Project } from "../harness/project";
import type { Steps } from "../harness/steps";
import { emulate, init, writeOverride } from "../harness/workspace";
import type { World } from "../harness/world";

const cli = "cli/edx-analytics.js";
const bucket = "acme-terraform-state";

/** OpenTofu in the place of Terraform: locked, planned and applied by CI's scripts, by cdktf, and in the exported HCL. */
export async function openTofu(steps: Steps, world: World, example: Described): Promise<void> {
  const step: Steps["step"] = (title, play) => steps.step(title, play);
  const binary = await step("OpenTofu is in PATH, or built from its Go module", () => found(world.tools));
  const project = new Project(world, "opentofu");
  const acme: ClientInput = { ...example.input, state: { bucket } };
  const { cliConfig, lockFrom } = providers(world.tools);
  const env = {
    CLIENT: "acme",
    TERRAFORM_BINARY_NAME: "tofu",
    TF_CLI_CONFIG_FILE: cliConfig,
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    PATH: [dirname(binary), awsCommandLine(world, project.folder), process.env.PATH].join(delimiter),
    STACK: "acme",
    STATE_BUCKET: bucket,
    STATE_REGION: world.region,
    PLAN_KEY: "plans/acme/deploy",
  };
  const succeed = (command: string, ...args: string[]) => project.succeed(command, args, { env });
  const folder = join(project.folder, "cdktf.out", "stacks", "acme");
  const result = () => readFileSync(join(project.folder, "plan-result", "result.env"), "utf8");

  await step("npx edx-analytics lock writes OpenTofu's lock file", async () => {
    await succeed("node", cli, "lock", "aws", "--upgrade", "--platform", providerPlatform, ...lockFrom);
    const locked = readFileSync(join(project.folder, "providers/locks/aws.terraform.lock.hcl"), "utf8");
    says(locked, /^provider "registry\.opentofu\.org\/hashicorp\/aws"/m);
  });
  await step("the edxapp side exists, and the client's state bucket", async () => {
    await edxappSide(world, describe("acme", acme));
    project.client("acme", acme);
    await succeed("node", cli, "state", "acme");
    await succeed("npm", "run", "synth");
    emulate(folder);
  });
  await step(".ci/plan and .ci/apply with OpenTofu", async () => {
    await succeed(join(project.folder, ".ci/plan"));
    says(
      readFileSync(join(project.folder, "plan-result", "summary.md"), "utf8"),
      /### Plan of `acme` \(\d{12}, [\w-]+\): \d+ to create\n/,
    );
    const PLAN_SHA256 = /^CHANGES=true\nPLAN_SHA256=([0-9a-f]{64})\n$/.exec(result())?.[1] ?? "";
    await project.succeed(join(project.folder, ".ci/apply"), [], { env: { ...env, PLAN_SHA256 } });
  });
  await step("a second .ci/plan reads OpenTofu's state, and has nothing to change", async () => {
    await succeed(join(project.folder, ".ci/plan"));
    says(result(), /^CHANGES=false\n/);
  });
  await step("npx cdktf diff acme has nothing to say", async () => {
    writeOverride(folder);
    says((await succeed("npx", "cdktf", "diff", "acme", "--skip-provider-lock")).output, /No changes/);
  });
  await step("npx edx-analytics export: validated, tested, and planned without a change", async () => {
    await succeed("node", cli, "export", "acme", "--out", "exported");
    const exported = join(project.folder, "exported", "acme");
    cpSync(join(folder, "zz_override.tf.json"), join(exported, "zz_override.tf.json"));
    const tofu = (...args: string[]) => project.succeed("tofu", args, { cwd: exported, env });
    await tofu(...init, "-lockfile=readonly");
    await tofu("validate", "-no-color");
    await passesTests(world, exported, { program: "tofu", env });
    await tofu("plan", "-input=false", "-no-color", "-detailed-exitcode");
  });
}

/** Whether this machine has an OpenTofu of its own. */
export function isInPath(): boolean {
  return spawnSync("tofu", ["version"]).status === 0;
}

/** The program `tofu` of this machine, or one of the version in `e2e/opentofu`. */
async function found({ cache }: Prerequisites): Promise<string> {
  if (isInPath()) {
    return (await run("sh", ["-c", "command -v tofu"])).stdout.trim();
  }
  return buildGoTool(cache, { name: "opentofu", program: "tofu", module: "github.com/opentofu/opentofu/cmd/tofu" });
}

/** OpenTofu's CLI configuration, and the mirror that it names, which has the provider under its name in OpenTofu's registry. */
function providers({ folder, mirror }: Prerequisites): { cliConfig: string; lockFrom: readonly string[] } {
  const cliConfig = join(folder, "opentofu.rc");
  if (mirror === undefined) {
    writeCliConfig(cliConfig, undefined);
    return { cliConfig, lockFrom: [] };
  }
  const own = join(folder, "opentofu-mirror");
  const versions = (registry: string, root: string) => join(root, `registry.${registry}`, "hashicorp", "aws");
  for (const version of readdirSync(versions("terraform.io", mirror))) {
    const from = join(versions("terraform.io", mirror), version);
    const to = join(versions("opentofu.org", own), version);
    mkdirSync(to, { recursive: true });
    // OpenTofu follows links to packages alone.
    for (const platform of readdirSync(from)) {
      symlinkSync(join(from, platform), join(to, platform));
    }
  }
  writeCliConfig(cliConfig, own, "registry.opentofu.org/hashicorp/aws");
  return { cliConfig, lockFrom: ["--fs-mirror", own] };
}

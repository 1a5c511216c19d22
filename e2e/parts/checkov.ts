import { readdirSync } from "node:fs";
import { join } from "node:path";
import { synthesised } from "../../cli/synthesised";
import { loadFleet } from "../../config/load/load";
import { exportStack } from "../../handoff/terraform/export";
import { writeFolder } from "../../handoff/terraform/folder";
import { makeStacks } from "../../stacks/stacks";
import { equal, holds, says } from "../expectations/equal";
import { run, succeed, tail } from "../harness/processes";
import type { Steps } from "../harness/steps";
import { virtualEnvironment } from "../harness/virtual-environment";
import type { World } from "../harness/world";

const project = join(__dirname, "..", "..");

type Synthesised = Parameters<typeof exportStack>[1];

/** What checkov says of the exported HCL and of the JSON: each finding is accepted, with its reason in the HCL. */
export async function scanned(steps: Steps, world: World): Promise<void> {
  const step: Steps["step"] = (title, play) => steps.step(title, play);
  const { cache, folder } = world.tools;
  const [hcl, synthesisedTo] = [join(folder, "scanned", "hcl"), join(folder, "scanned", "json")];
  const python = await step("checkov is installed", () => virtualEnvironment(cache, "checkov"));
  for (const { stack, json: configuration } of synthesised((app) => makeStacks(app, loadFleet()))) {
    writeFolder(join(hcl, stack.node.id), exportStack(stack, configuration as Synthesised));
  }
  await step("the stacks are synthesised", () =>
    succeed("npx", ["tsx", "main.ts"], { cwd: project, env: { CDKTF_OUTDIR: synthesisedTo } }),
  );

  const accepted = await step("HCL: each finding is accepted where it stands, with its reason", async () => {
    const { passed, failed, skipped } = await scan(python, hcl, "terraform");
    equal("findings that are not accepted", failed.map(text), []);
    holds(`checks: ${passed.length}`, passed.length > 500);
    return skipped;
  });
  await step(
    "JSON, as it is synthesised: every stack is read, and there is no finding but the accepted ones",
    async () => {
      const stacks = join(synthesisedTo, "stacks");
      const { passed, failed } = await scan(python, stacks, "terraform_json");
      equal("findings that are not accepted", others(failed, accepted), []);
      holds(`checks: ${passed.length}`, passed.length > 500);
      // A file that checkov cannot read is no error to it, and has no checks.
      const read = [...new Set(passed.map(({ file_path: file }) => file))].sort();
      const files = readdirSync(stacks).map((stack) => `/${stack}/cdk.tf.json`);
      equal("files that are read", read, files.sort());
    },
  );
  await step("HCL: nothing is accepted that checkov does not find", async () => {
    for (const { stack, json: configuration } of synthesised((app) => makeStacks(app, loadFleet()))) {
      const files = exportStack(stack, configuration as Synthesised).map(({ name, content }) => ({
        name,
        content: content.replaceAll(/^ *# checkov:skip=.*\n/gm, ""),
      }));
      writeFolder(join(folder, "scanned", "bare", stack.node.id), files);
    }
    const { failed } = await scan(python, join(folder, "scanned", "bare"), "terraform");
    equal("accepted without a finding", others(accepted, failed), []);
  });
  await step("HCL: by the settings in its folder, checkov has nothing to say", async () => {
    const { code, output } = await run(python, ["-m", "checkov.main"], { cwd: join(hcl, "example") });
    holds(`checkov ended with ${code}:\n${tail(output)}`, code === 0);
    says(output, /Passed checks: \d{2,}, Failed checks: 0, Skipped checks: \d+/);
  });
}

interface Finding {
  readonly check_id: string;
  readonly resource: string;
  readonly file_path: string;
}

interface Report {
  readonly passed: readonly Finding[];
  readonly failed: readonly Finding[];
  readonly skipped: readonly Finding[];
}

async function scan(python: string, folder: string, framework: string): Promise<Report> {
  const args = ["--directory", folder, "--framework", framework, "--output", "json"];
  const { stdout, output } = await run(python, ["-m", "checkov.main", ...args]);
  if (!stdout.startsWith("{")) {
    throw new Error(`checkov gives no report of ${folder}:\n${tail(output)}`);
  }
  const { summary, results } = JSON.parse(stdout);
  equal("files that checkov cannot read", summary.parsing_errors, 0);
  return { passed: results.passed_checks, failed: results.failed_checks, skipped: results.skipped_checks };
}

/** Findings that are not among others. */
function others(findings: readonly Finding[], known: readonly Finding[]): string[] {
  const texts = new Set(known.map(text));
  return findings.map(text).filter((finding) => !texts.has(finding));
}

/** Its check, stack and name; of JSON, checkov tells no type. */
function text({ check_id: check, resource, file_path: file }: Finding): string {
  return `${check} ${file.split("/")[1]} ${resource.split(".").at(-1)}`;
}

import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commands } from "../harness/commands";
import { buildGoTool } from "../harness/go-tool";
import { run, succeed, tail } from "../harness/processes";
import type { Steps } from "../harness/steps";
import type { World } from "../harness/world";

const root = join(__dirname, "..", "..");
const github = join(root, ".github", "workflows");

/** What the linters of GitHub Actions and GitLab say of the workflows, and of the pipeline that `plan-matrix` writes. */
export async function linted(steps: Steps, world: World): Promise<void> {
  const step: Steps["step"] = (title, play) => steps.step(title, play);
  const { cache, folder, python } = world.tools;
  const actionlint = await step("actionlint is built from its Go module", () =>
    buildGoTool(cache, { name: "actionlint", module: "github.com/rhysd/actionlint/cmd/actionlint" }),
  );
  // Without shellcheck and pyflakes, which a machine may or may not have.
  const lint = (...files: string[]) => run(actionlint, ["-no-color", "-shellcheck=", "-pyflakes=", ...files]);
  const schema = (schemaName: string, ...files: string[]) =>
    run(python, ["-m", "check_jsonschema", "--builtin-schema", schemaName, ...files]);
  const gitlab = (...files: string[]) => schema("vendor.gitlab-ci", "--data-transform", "gitlab-ci", ...files);
  const workflows = readdirSync(github).map((name) => join(github, name));
  const stack = join(folder, "stack.yml");
  // The schema leaves out jobs whose names begin with a dot, which all of these are.
  writeFileSync(stack, readFileSync(join(root, ".gitlab", "stack.yml"), "utf8").replaceAll(/^\.(?=[a-z-]+:$)/gm, ""));

  await step("actionlint has nothing to say of GitHub's workflows", async () => clean(await lint(...workflows)));
  await step("they are what the schema of workflows says", async () =>
    clean(await schema("vendor.github-workflows", ...workflows)),
  );
  await step("GitLab's pipeline and its jobs are what GitLab's schema says", async () =>
    clean(await gitlab(join(root, ".gitlab-ci.yml"), stack)),
  );
  await step("so is the pipeline that npx edx-analytics plan-matrix --format gitlab writes", async () => {
    const { stdout } = await commands(world).succeed(["plan-matrix", "--format", "gitlab"]);
    const file = join(folder, "stacks.yml");
    writeFileSync(file, stdout);
    clean(await gitlab(file));
  });
  await step("the linters see an input that is missing, a key that is none, and a keyword that is none", async () => {
    const broken = join(folder, "broken.yml");
    cpSync(join(github, "stack.yml"), broken);
    writeFileSync(broken, readFileSync(broken, "utf8").replace("inputs.stack }}", "inputs.stak }}"));
    dirty(await lint(broken), /property "stak" is not defined/);
    writeFileSync(broken, readFileSync(join(github, "check.yml"), "utf8").replace("runs-on:", "run-on:"));
    dirty(await lint(broken), /"runs-on" section is missing/);
    writeFileSync(broken, readFileSync(stack, "utf8").replace("id_tokens:", "id_token:"));
    dirty(await gitlab(broken), /'id_token' was unexpected/);
  });
  await step("bash takes the scripts", async () => {
    await succeed("bash", ["-n", join(root, ".ci", "plan")]);
    await succeed("bash", ["-n", join(root, ".ci", "apply")]);
  });
}

function clean({ code, output }: { readonly code: number | null; readonly output: string }): void {
  if (code !== 0) {
    throw new Error(`The linter ended with ${code}:\n${tail(output)}`);
  }
}

function dirty({ code, output }: { readonly code: number | null; readonly output: string }, expected: RegExp): void {
  if (code === 0 || !expected.test(output)) {
    throw new Error(`The linter ended with ${code}, and did not say ${expected}:\n${tail(output)}`);
  }
}

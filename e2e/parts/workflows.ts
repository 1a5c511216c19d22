import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "../../config/client";
import { loadFleet } from "../../config/load/load";
import { resolveCi } from "../../config/load/resolve-ci";
import { ci } from "../../config/schema/ci";
import { workflowOf } from "../../handoff/terraform/ci/workflow";
import { deployedWith } from "../../handoff/terraform/deployed-with";
import { equal } from "../expectations/equal";
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
  await step("so are the workflows of exported stacks", async () => {
    const [client] = loadFleet("birch").clients as [Client];
    const gitlabFields = { gitlab: { project: "grove/infrastructure", databases: true } };
    const owners = [
      client,
      { ...client, ci: resolveCi(ci.parse(gitlabFields), { ...client, keyPrefix: "", shares: false }) },
    ];
    for (const owner of owners) {
      for (const [name, kind] of [
        [owner.stacks.main.name, "aws"],
        [owner.stacks.databases.name, "databases"],
      ] as const) {
        for (const { content } of workflowOf(name, owner, deployedWith(kind))) {
          const file = join(folder, `${name}-${owner.ci?.provider}.yml`);
          writeFileSync(file, content);
          clean(await (owner.ci?.provider === "github" ? lint(file) : gitlab(file)));
        }
      }
    }
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
  await step(
    "Atlantis takes the configuration that docs/terraform-json.md prints, and no unknown key in it",
    async () => {
      const atlantis = await buildGoTool(cache, { name: "atlantis", module: "." });
      const page = readFileSync(join(root, "docs", "terraform-json.md"), "utf8");
      const printed = (name: string) => {
        const file = join(folder, name);
        const [, content = ""] = new RegExp(`\`\`\`yaml\\n# ${name}\\n([^]*?)\`\`\``).exec(page) ?? [];
        writeFileSync(file, content);
        return file;
      };
      const [server, repository] = [printed("repos.yaml"), printed("atlantis.yaml")];
      const read = (file: string) => run(atlantis, [server, file, "github.com/acme/infrastructure"]);
      const { code, stdout, output } = await read(repository);
      clean({ code, output });
      const files = ["cdk.tf.json", "versions.tf", ".terraform.lock.hcl"];
      equal("projects", JSON.parse(stdout), [
        { dir: "acme", files, group: 1, name: "acme" },
        { dir: "acme-databases", files, group: 2, name: "acme-databases" },
      ]);
      const broken = join(folder, "broken-atlantis.yaml");
      writeFileSync(broken, readFileSync(repository, "utf8").replace("dir:", "directory:"));
      dirty(await read(broken), /field directory not found/);
      writeFileSync(broken, `${readFileSync(repository, "utf8")}    apply_requirements: []\n`);
      dirty(await read(broken), /apply_requirements/);
    },
  );
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

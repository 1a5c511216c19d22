import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { says } from "../expectations/equal";
import { type RunOptions, succeed } from "../harness/processes";
import type { Steps } from "../harness/steps";

const root = join(__dirname, "..", "..");

/** Switches an operator's repository, whose client acme is deployed, to cdktn. */
export async function switchedToCdktn(steps: Steps, repository: string, { env }: RunOptions): Promise<void> {
  const options = { cwd: repository, env: { ...env, ...(await newerNode(join(repository, "..", "node"))) } };

  await steps.step("docs/cdktn.md's commands, word for word: no stack is synthesised otherwise", async () => {
    const page = readFileSync(join(root, "docs/cdktn.md"), "utf8");
    const [, commands = ""] = /```bash\n(npm pkg set .*?)```/s.exec(page) ?? [];
    const { output } = await succeed("bash", ["-euc", commands], options);
    says(output, /3 passed/);
    says(output, /Generated Terraform code for the stacks: acme, acme-databases/);
  });
  await steps.step("npx cdktn diff acme has nothing to say of what cdktf has deployed", async () => {
    says((await succeed("npx", ["cdktn", "diff", "acme"], options)).output, /No changes/);
  });
  await steps.step("every client of this project is synthesised by cdktn and its bindings as by cdktf", async () => {
    for (const folder of ["clients", "__snapshots__"]) {
      rmSync(join(repository, folder), { recursive: true });
      cpSync(join(root, folder), join(repository, folder), { recursive: true });
    }
    // In CI no snapshot is written.
    await succeed("npm", ["test"], { ...options, env: { ...options.env, CI: "true" } });
  });
}

/** The PATH with a Node.js that cdktn's command line runs on, where this one is older. */
async function newerNode(folder: string): Promise<Record<string, string>> {
  if (Number.parseInt(process.versions.node, 10) >= 22) {
    return {};
  }
  await succeed("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "node@22.23.3"]);
  return { PATH: `${join(folder, "node_modules", "node", "bin")}:${process.env.PATH}` };
}

import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..");
let folder: string;
let stack: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "edx-analytics-stack-plan-"));
  stack = join(folder, "cdktf.out/stacks/acme");
  mkdirSync(stack, { recursive: true });
  writeFileSync(join(folder, "cdktf.json"), "{}");
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Plans with a program in Terraform's place, in a process of its own; what that wrote, and what planOf gave. */
function planned(terraform: string, onStart = (_kill: () => void) => {}): Promise<string> {
  const program = join(folder, "terraform");
  writeFileSync(program, `#!/bin/sh\n${terraform}\n`);
  chmodSync(program, 0o755);
  const script = `console.log("gave", require(${JSON.stringify(join(root, "cli/stack-plan"))}).planOf("acme"));`;
  const child = spawn(
    process.execPath,
    ["--require", join(root, "node_modules/tsx/dist/cjs/index.cjs"), "-e", script],
    {
      cwd: folder,
      detached: true,
      env: { ...process.env, TERRAFORM_BINARY_NAME: program },
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
      if (output.includes("showing")) {
        onStart(() => process.kill(-(child.pid as number), "SIGINT"));
      }
    });
  }
  return new Promise((resolve) => child.on("close", () => resolve(output)));
}

const steps = (show: string) =>
  `case $1 in
init) echo "init in $(basename "$PWD")" ;;
plan) echo planning && umask > umask && echo secret > plan ;;
show) ${show} ;;
esac`;

describe("a plan of `diff`", () => {
  it("is shown, given as JSON, closed to other users, and removed", async () => {
    expect(await planned(steps("echo '{}'"))).toMatch(/init in acme\nplanning\ngave \{\}\n+$/);
    expect(readFileSync(join(stack, "umask"), "utf8")).toBe("0077\n");
    expect(existsSync(join(stack, "plan"))).toBe(false);
  });

  it("is none where Terraform fails", async () => {
    expect(await planned("exit 1")).toContain("gave undefined");
  });

  it("is removed after Ctrl-C as well", async () => {
    const output = await planned(steps("echo showing >&2 && exec sleep 60"), (interrupt) => interrupt());

    expect(output).toContain("gave undefined");
    expect(existsSync(join(stack, "plan"))).toBe(false);
  });
});

import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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
  writeFileSync(join(stack, "cdk.tf.json"), "planned");
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Plans with a program in Terraform's place, in a process of its own; what that wrote, and what planOf gave. */
function planned(terraform: string, onStart = (_kill: () => void) => {}): Promise<string> {
  const program = join(folder, "terraform");
  writeFileSync(program, `#!/bin/sh\n${terraform}\n`);
  chmodSync(program, 0o755);
  const script = `console.log("gave", JSON.stringify(require(${JSON.stringify(join(root, "cli/stack-plan"))}).planOf("acme")));`;
  const child = spawn(
    process.execPath,
    ["--require", join(root, "node_modules/tsx/dist/cjs/index.cjs"), "-e", script],
    {
      cwd: folder,
      detached: true,
      env: { ...process.env, TERRAFORM_BINARY_NAME: program, TMPDIR: folder },
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

const steps = (show: string, end = "exit 0") =>
  `case $1 in
init) echo "init in $(basename "$PWD")" ;;
plan) echo planning && file=$(echo "$*" | sed 's/.*-out=\\([^ ]*\\).*/\\1/'); echo secret > "$file"; stat -c %a "$(dirname "$file")" > mode; ${end} ;;
show) ${show} ;;
esac`;

/** What is left of the plans' folders. */
const left = () => readdirSync(folder).filter((name) => name.startsWith("edx-analytics-plan-"));

describe("a plan of `diff`", () => {
  it("is shown, given as JSON, closed to other users, and removed", async () => {
    writeFileSync(join(stack, "plan"), "the operator's own");

    expect(await planned(steps("echo '{}'"))).toMatch(
      /init in acme\nplanning\ngave {"json":"{}\\n","written":"planned","failed":false}\n$/,
    );
    expect(readFileSync(join(stack, "mode"), "utf8")).toBe("700\n");
    expect(left()).toEqual([]);
    expect(readFileSync(join(stack, "plan"), "utf8")).toBe("the operator's own");
  });

  it("is none where Terraform fails, or what it has up to its error", async () => {
    expect(await planned("exit 1")).toContain('gave {"failed":true}');
    expect(await planned(steps("echo '{}'", "exit 1"))).toContain(
      'gave {"json":"{}\\n","written":"planned","failed":true}',
    );
  });

  it("is removed after Ctrl-C as well", async () => {
    const output = await planned(steps("echo showing >&2 && exec sleep 60"), (interrupt) => interrupt());

    expect(output).toContain('gave {"failed":true}');
    expect(left()).toEqual([]);
  });
});

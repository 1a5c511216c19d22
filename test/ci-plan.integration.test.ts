import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "..");

/** A Terraform whose plan has no changes, unless its argument is what FAIL names. */
const terraform = `#!/bin/sh
case "$*" in *" $FAIL "*) echo "Error: $FAIL failed" >&2; exit 1 ;; esac
`;
const node = `#!/bin/sh
case "$*" in *" $FAIL "*) echo "$FAIL refused" >&2; exit 1 ;; *) echo "said" >&2; echo "printed" ;; esac
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "edx-analytics-ci-plan-"));
  cpSync(join(root, ".ci"), join(folder, ".ci"), { recursive: true });
  cpSync(join(root, "providers/locks"), join(folder, "providers/locks"), { recursive: true });
  for (const made of ["bin", "cdktf.out/stacks/acme", "cdktf.out/stacks/acme-databases", "plan-result"]) {
    mkdirSync(join(folder, made), { recursive: true });
  }
  writeFileSync(join(folder, "bin/terraform"), terraform, { mode: 0o755 });
  writeFileSync(join(folder, "bin/node"), node, { mode: 0o755 });
  // Of an earlier plan, on a runner that keeps folders.
  writeFileSync(join(folder, "plan-result/result.env"), "CHANGES=false\n");
});

afterEach(() => rmSync(folder, { recursive: true }));

function plan(fail: string, more: NodeJS.ProcessEnv = {}) {
  const { status, stderr } = spawnSync(join(folder, ".ci/plan"), {
    encoding: "utf8",
    env: {
      PATH: `${join(folder, "bin")}:${process.env.PATH}`,
      STACK: "acme",
      PLAN_KEY: "",
      STATE_BUCKET: "acme-state",
      FAIL: fail,
      ...more,
    },
  });
  return { status, stderr };
}

const result = (file: string) => readFileSync(join(folder, "plan-result", file), "utf8");

describe(".ci/plan", () => {
  it("says at the end what it found, and in the log what was said", () => {
    expect(plan("nothing")).toEqual({ status: 0, stderr: expect.stringContaining("said\n") });
    expect(result("result.env")).toBe("CHANGES=false\nPLAN_SHA256=\n");
    expect(result("summary.md")).toBe("printed\n");
  });

  it("gives the summary the file that was planned, and the bucket of the state", () => {
    writeFileSync(join(folder, "bin/node"), '#!/bin/sh\necho "$@"\n', { mode: 0o755 });

    expect(plan("nothing").status).toBe(0);
    expect(result("summary.md")).toMatch(
      / --state-bucket acme-state --configuration cdktf\.out\/stacks\/acme\/cdk\.tf\.json$/m,
    );
  });

  it("asks besides what was added, of a plan that is not applied, and says it in the summary", () => {
    const asks =
      '#!/bin/sh\ncase "$*" in *" drift acme") printf "refused rule\\n~~~\\nof a tag\\n"; exit 1 ;; *) echo printed ;; esac\n';
    writeFileSync(join(folder, "bin/node"), asks, { mode: 0o755 });

    expect(plan("nothing").status).toBe(0);
    expect(result("result.env")).toBe("CHANGES=true\nPLAN_SHA256=\n");
    expect(result("summary.md")).toMatch(
      /^printed\n\n\*\*Added outside of Terraform.*\n\n {4}refused rule\n {4}~~~\n {4}of a tag\n$/,
    );

    expect(plan("nothing", { STACK: "acme-databases" }).status).toBe(0);
    expect(result("result.env")).toBe("CHANGES=false\nPLAN_SHA256=\n");
  });

  it("runs the engine that TERRAFORM_BINARY_NAME names, and no other", () => {
    writeFileSync(join(folder, "bin/tofu"), '#!/bin/sh\necho "tofu $*" >&2\n', { mode: 0o755 });
    writeFileSync(join(folder, "bin/terraform"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });

    const { status, stderr } = plan("nothing", { TERRAFORM_BINARY_NAME: "tofu" });

    expect(status).toBe(0);
    expect(stderr.match(/^tofu -chdir=\S+ \w+/gm)).toEqual(
      ["init", "plan", "show"].map((command) => `tofu -chdir=cdktf.out/stacks/acme ${command}`),
    );
  });

  it("summarises what Terraform has saved of a plan that failed, fails as that did, and has no result", () => {
    const errored =
      '#!/bin/sh\ncase "$*" in *" plan "*) echo "Error: half" >&2; touch cdktf.out/stacks/acme/plan; exit 1 ;; esac\n';
    writeFileSync(join(folder, "bin/terraform"), errored, { mode: 0o755 });

    expect(plan("nothing", { PLAN_KEY: "plans/acme/deploy" })).toEqual({
      status: 1,
      stderr: expect.stringContaining("Error: half"),
    });
    expect(result("summary.md")).toBe("printed\n");
    expect(existsSync(join(folder, "plan-result/result.env"))).toBe(false);
    expect(existsSync(join(folder, "cdktf.out/stacks/acme/plan"))).toBe(false);
  });

  it.each(["plan", "apply"])("runs no other program than the two engines: .ci/%s", (script) => {
    const env = { PATH: process.env.PATH, STACK: "acme", TERRAFORM_BINARY_NAME: "./evil" };
    writeFileSync(join(folder, "evil"), "#!/bin/sh\ntouch evil-ran\n", { mode: 0o755 });

    const { status, stderr } = spawnSync(join(folder, ".ci", script), { cwd: folder, encoding: "utf8", env });

    expect(status).toBe(1);
    expect(stderr).toContain("TERRAFORM_BINARY_NAME is none of terraform and tofu");
    expect(existsSync(join(folder, "evil-ran"))).toBe(false);
  });

  it.each(["plan", "apply"])("looks for a stack nowhere but in the folder of stacks: .ci/%s", (script) => {
    mkdirSync(join(folder, "mine"));
    writeFileSync(join(folder, "mine/kept"), "");
    const env = { PATH: process.env.PATH, STACK: "../../mine" };

    const { status, stderr } = spawnSync(join(folder, ".ci", script), { cwd: folder, encoding: "utf8", env });

    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining("STACK is no name of a stack") });
    expect(existsSync(join(folder, "mine/kept"))).toBe(true);
  });

  it.each([
    ["check-providers", "check-providers refused"],
    ["init", "Error: init failed"],
    ["plan", "Error: plan failed"],
    ["plan-summary", "plan-summary refused"],
  ])("fails with %s, keeps what that said for .ci/report, and no result of an earlier plan", (fail, said) => {
    expect(plan(fail)).toEqual({ status: 1, stderr: expect.stringContaining(said) });
    expect(result("errors.txt")).toContain(said);
    expect(existsSync(join(folder, "plan-result/result.env"))).toBe(false);
  });
});

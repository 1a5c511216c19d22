import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeTerminal } from "../test/fake-terminal";
import { planMatrix } from "./plan-matrix";

/** A `main.ts` that makes a stack of each JSON file in clients/, as ours does of each client file. */
const program = `
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
for (const file of readdirSync("clients")) {
  const tags = JSON.parse(readFileSync("clients/" + file, "utf8"));
  const name = file.replace(".json", "");
  if (process.env.CLIENT !== undefined && process.env.CLIENT !== name) continue;
  for (const stack of [name, name + "-ci"]) {
    const folder = process.env.CDKTF_OUTDIR + "/stacks/" + stack;
    mkdirSync(folder, { recursive: true });
    writeFileSync(folder + "/cdk.tf.json", JSON.stringify({
      provider: { aws: [{ region: "eu-west-1", allowed_account_ids: ["123456789012"] }] },
      terraform: { backend: { s3: { bucket: "state", key: name + "/" + stack + ".tfstate", region: "eu-west-1" } } },
      resource: stack === name ? { aws_vpc: { main: { tags } } } : { aws_iam_role: { plan: { name: stack + "-plan" } } },
    }));
    if (existsSync("lock")) copyFileSync("lock", folder + "/.terraform.lock.hcl");
  }
}
`;

// Each synth is a process of its own, which a busy machine takes seconds to start.
jest.setTimeout(60_000);

/** An npm that fails where the lock file is none, and else installs a tsx that says so. */
const npm = `#!/bin/sh
if [ "$*" != "ci --no-audit --no-fund" ]; then echo "npm $* is not what was expected" >&2; exit 1; fi
if [ "$(cat package-lock.json)" = "no lock file" ]; then echo "npm error" >&2; exit 1; fi
mkdir -p node_modules/tsx && echo 'throw new Error("tsx of the base")' >node_modules/tsx/cjs.js
`;

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "edx-analytics-matrix-"));
  git("init", "--quiet", "--initial-branch=main");
  mkdirSync(join(root, "clients"));
  symlinkSync(join(__dirname, "..", "node_modules"), join(root, "node_modules"));
  mkdirSync(join(root, "bin"));
  writeFileSync(join(root, "bin", "npm"), npm, { mode: 0o755 });
  process.env.PATH = `${join(root, "bin")}:${process.env.PATH}`;
  writeFileSync(join(root, ".gitignore"), "node_modules\nbin\n");
  writeFileSync(join(root, "main.ts"), program);
  writeFileSync(join(root, "package-lock.json"), "no lock file");
  commit("no-libraries");
  writeFileSync(join(root, "package-lock.json"), "{}");
  writeFileSync(join(root, "main.ts"), "throw new Error('clients/acme.ts: `region` is wrong.');");
  commit("broken");
  writeFileSync(join(root, "main.ts"), program);
  writeFileSync(join(root, "package-lock.json"), '{ "lockfileVersion": 3 }');
  client("acme", { Team: "one" });
  commit("other-libraries");
  writeFileSync(join(root, "package-lock.json"), "{}");
  client("birch", {});
  client("gone", {});
  commit("before");
  // A hook of the operator's does not run for the base.
  writeFileSync(join(root, ".git", "hooks", "post-checkout"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  client("acme", { Team: "two" });
  client("new", {});
  rmSync(join(root, "clients", "gone.json"));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

function git(...args: string[]): string {
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...identity, ...args], { cwd: root, encoding: "utf8" });
}

function commit(tag: string): void {
  git("add", "--all");
  git("commit", "--quiet", "--message", tag);
  git("tag", tag);
}

function client(name: string, tags: object): void {
  writeFileSync(join(root, "clients", `${name}.json`), JSON.stringify(tags));
}

async function matrix(base?: string, without: string[] = []) {
  const terminal = fakeTerminal();
  const { include, byHand } = await planMatrix(root, { base, without }, terminal);
  return {
    stacks: include.map(({ stack }) => stack),
    byHand: byHand.map(({ stack }) => stack),
    said: terminal.errors.join("\n"),
    busyWith: terminal.busyWith,
    results: terminal.results,
  };
}

let changed: ReturnType<typeof matrix> | undefined;

/** What differs from the commit `before`: asked once, with a client chosen in the environment, which does not count. */
function changedClients(): ReturnType<typeof matrix> {
  process.env.CLIENT = "birch";
  changed ??= matrix("before");
  return changed.finally(() => delete process.env.CLIENT);
}

describe("edx-analytics plan-matrix", () => {
  it("names the clients that changed or are new, uncommitted ones among them, and leaves to people those that are gone", async () => {
    const { stacks, byHand, said, results } = await changedClients();

    expect(stacks).toEqual(["acme", "new"]);
    expect(byHand).toEqual(["new-ci", "gone", "gone-ci"]);
    expect(said).toContain(
      "By hand: gone: its file no longer exists, and its resources still exist in AWS, its state in s3://state/gone/gone.tfstate.",
    );
    expect(said).toContain("2 stacks to plan, 3 by hand.");
    // Standard output is the JSON alone, which the verb writes.
    expect(results).toEqual([]);
  });

  it("names every stack whose providers are locked otherwise", async () => {
    const lock = join(root, "lock");
    writeFileSync(lock, "another version");

    const { stacks } = await matrix("before").finally(() => rmSync(lock));

    expect(stacks).toEqual(["acme", "birch", "new"]);
  });

  it("leaves nothing behind in the clone", async () => {
    await changedClients();

    expect(git("worktree", "list").trim().split("\n")).toHaveLength(1);
    expect(readdirSync(root)).not.toContain("cdktf.out");
  });

  it.each([
    ["no base", undefined],
    ["the commit before the first", "0".repeat(40)],
  ])("names every stack where there is %s", async (_, base) => {
    expect((await matrix(base)).stacks).toEqual(["acme", "birch", "new"]);
  });

  it("names every stack where the base cannot be synthesised, and says why", async () => {
    const { stacks, said } = await matrix("broken");

    expect(stacks).toEqual(["acme", "birch", "new"]);
    expect(said).toMatch(/The base cannot be synthesised, so every stack is to be planned[\s\S]*`region` is wrong/);
  });

  it("names every stack where the base's libraries cannot be had any more", async () => {
    const { stacks, said } = await matrix("no-libraries");

    expect(stacks).toEqual(["acme", "birch", "new"]);
    expect(said).toMatch(/The base cannot be synthesised, so every stack is to be planned[\s\S]*`npm ci .*` failed/);
  });

  it("synthesises the base with the libraries of its own package-lock.json", async () => {
    const { said, busyWith } = await matrix("other-libraries");

    expect(busyWith).toContain("The base has another package-lock.json: installing its libraries");
    expect(said).toContain("tsx of the base");
  });

  it.each(["nowhere", "", "--all", "HEAD:main.ts"])("knows no base %j", async (base) => {
    await expect(matrix(base)).rejects.toThrow(
      `--base is ${JSON.stringify(base)}; the repository has no such commit. Name a branch, tag or commit`,
    );
  });

  it("says that a shallow clone lacks the base", async () => {
    const clone = mkdtempSync(join(tmpdir(), "edx-analytics-shallow-"));
    git("clone", "--quiet", "--depth=1", "--no-tags", `file://${root}`, clone);

    await expect(planMatrix(clone, { base: "before", without: [] }, fakeTerminal())).rejects.toThrow(
      '--base is "before"; this clone is shallow, and does not have that commit. Fetch the history',
    );
    rmSync(clone, { recursive: true });
  });

  it("says that there is no repository", async () => {
    await expect(planMatrix(tmpdir(), { base: "main", without: [] }, fakeTerminal())).rejects.toThrow(
      '--base is "main"; this folder is in no git repository.',
    );
  });

  it("leaves stacks out by name, and knows no other name", async () => {
    expect((await matrix(undefined, ["acme"])).byHand).toContain("acme");
    await expect(matrix(undefined, ["acne"])).rejects.toThrow(
      "--without names `acne`, which is no stack and no kind. Known here: aws, databases, ci, acme,",
    );
  });
});

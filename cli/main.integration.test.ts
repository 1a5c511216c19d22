import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands } from "./main";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "edx-analytics-main-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** As `npx --omit=peer` leaves it: Node.js finds no library that an operator's repository installs. */
const withoutLibraries = `
const Module = require("node:module");
const { _resolveFilename } = Module;
Module._resolveFilename = function (name, ...others) {
  if (/^(cdktf|constructs|@cdktf\\/provider-aws|jest-environment-node)(\\/|$)/.test(name)) {
    throw Object.assign(new Error("Cannot find module '" + name + "'\\nRequire stack:\\n- /x.js"), { code: "MODULE_NOT_FOUND" });
  }
  return _resolveFilename.call(this, name, ...others);
};
require("tsx/cjs");
const { main } = require(${JSON.stringify(join(__dirname, "main"))});
(async () => {
  for (const args of JSON.parse(process.argv[2])) console.log("status", await main(args));
})();
`;

function run(...calls: readonly (readonly string[])[]) {
  const script = join(folder, "without-libraries.js");
  writeFileSync(script, withoutLibraries.replace('"tsx/cjs"', JSON.stringify(require.resolve("tsx/cjs"))));
  const { stdout, stderr } = spawnSync("node", [script, JSON.stringify(calls)], {
    cwd: join(__dirname, ".."),
    encoding: "utf8",
  });
  return { statuses: stdout.match(/(?<=^status )\d+$/gm), stdout, stderr };
}

describe("edx-analytics without the repository's libraries", () => {
  it("has help of every command", () => {
    const names = Object.keys(commands);
    const { statuses, stdout, stderr } = run(["--help"], ...names.map((name) => [name, "--help"]));

    expect(stderr).toBe("");
    expect(statuses).toEqual(Array(names.length + 1).fill("0"));
    expect(names.filter((name) => !stdout.includes(`Usage: edx-analytics ${name} `))).toEqual([]);
  });

  it.each(["preflight", "diagram", "adopt", "export"])("says of %s what to install, without a stack", (name) => {
    const { statuses, stderr } = run([name, "example"]);

    expect(statuses).toEqual(["1"]);
    expect(stderr).toMatch(
      new RegExp(
        `^\`${name}\` needs (cdktf|constructs|@cdktf/provider-aws), a library of the repository of your client files\\. Run \`npm install\` there, then the command\\.\n$`,
      ),
    );
  });
});

describe("edx-analytics whose reader stops", () => {
  const [root, command] = [join(__dirname, ".."), join(__dirname, "edx-analytics.js")];
  const plan = join(root, "test", "plans", "changes.json");
  const runShell = (line: string) => {
    const given = ["-o", "pipefail", "-c", line, "bash", process.execPath, command, plan];
    return spawnSync("bash", given, { cwd: root, encoding: "utf8" });
  };

  it("goes on without a stack, and keeps its status", () => {
    const { status, stderr } = runShell('"$1" "$2" plan-summary "$3" | true');

    expect(status).toBe(2);
    expect(stderr).not.toMatch(/EPIPE|\n +at /);
  });

  // Linux alone has a file that is always full.
  (existsSync("/dev/full") ? it : it.skip)("fails where the disk is full, and says so", () => {
    const { status, stderr } = runShell('"$1" "$2" plan-summary "$3" > /dev/full');

    expect(status).toBe(1);
    expect(stderr).toContain("Standard output cannot be written (ENOSPC): what the command says is not whole.");
    expect(stderr).not.toMatch(/\n +at /);
  });
});

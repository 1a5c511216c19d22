import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { commands } from "../cli/main";
import { fakeTerminal } from "./fake-terminal";

const root = join(__dirname, "..");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "e2e/README.md",
  "package/template/README.md",
  "package/template/ci-github.md",
  "package/template/ci-gitlab.md",
].concat(
  readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
);

/** What the command line is, of which every command is added. */
const program = new Command();
for (const add of Object.values(commands)) {
  add()(program, fakeTerminal());
}

/** Each piece of code in a page: lines of blocks, and what stands in back-ticks. */
function codeOf(page: string): string[] {
  const text = readFileSync(join(root, page), "utf8");
  const blocks = [...text.matchAll(/^ *```\w*\n([\s\S]*?)^ *```/gm)].flatMap(([, block = ""]) => block.split("\n"));
  const inline = [...text.replaceAll(/^ *```[\s\S]*?^ *```/gm, "").matchAll(/`([^`\n]+)`/g)].map(
    ([, code = ""]) => code,
  );
  return [...blocks, ...inline];
}

/** Each call of a command in a page, up to a comment, a pipe or the next command. */
function callsOf(page: string, start: RegExp): string[][] {
  return codeOf(page).flatMap((code) =>
    [...code.matchAll(start)].map(({ index, 0: found }) =>
      code
        .slice(index + found.length)
        .split(/\s#|[|;&>`]|\n/, 1)
        .join("")
        .trim()
        .split(/\s+/)
        .filter(Boolean),
    ),
  );
}

/** What a call asks for that the command line does not have. */
function faultsOf([name = "", ...args]: readonly string[]): string[] {
  if (name === "" || name.startsWith("-") || name.startsWith("…")) {
    return [];
  }
  const command = program.commands.find((each) => each.name() === name);
  if (command === undefined) {
    return [`there is no command ${name}`];
  }
  const flags = args.filter((arg) => /^--?[a-z]/.test(arg)).map((arg) => arg.split("=")[0] as string);
  return flags
    .filter((flag) => !command.options.some(({ long, short }) => flag === long || flag === short))
    .map((flag) => `${name} has no ${flag}`);
}

describe.each(pages)("%s", (page) => {
  it("names commands and flags of npx edx-analytics that exist", () => {
    expect(callsOf(page, /\bnpx (?:--omit=peer --package \S+ )?edx-analytics\b/g).flatMap(faultsOf)).toEqual([]);
  });

  it("names npm scripts that exist, with flags that they take", () => {
    const calls = callsOf(page, /\bnpm run /g);

    expect(calls.filter(([script = ""]) => !Object.hasOwn(scripts, script)).map((call) => call.join(" "))).toEqual([]);
    const forwarded = calls.filter(([script = ""]) => scripts[script]?.startsWith("node cli/edx-analytics.js"));
    expect(forwarded.flatMap(([script = "", , ...args]) => faultsOf([script, ...args]))).toEqual([]);
  });
});

it("finds calls at all", () => {
  expect(callsOf("README.md", /\bnpx (?:--omit=peer --package \S+ )?edx-analytics\b/g).length).toBeGreaterThan(5);
  expect(faultsOf(["prefligt"])).toEqual(["there is no command prefligt"]);
  expect(faultsOf(["preflight", "acme", "--destory"])).toEqual(["preflight has no --destory"]);
});

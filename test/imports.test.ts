import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const root = join(__dirname, "..");

/** What a folder may import besides itself: the arrows go down only. Nothing but end-to-end tests imports test/. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  cli: ["handoff", "resources", "stacks", "modules", "config"],
  handoff: ["resources", "stacks", "modules", "config"],
  resources: ["stacks", "modules", "config"],
  stacks: ["modules", "config"],
  modules: ["providers"],
  config: [],
  providers: [],
  clients: [],
  package: ["stacks", "modules", "config"],
  "main.ts": [],
  e2e: ["cli", "handoff", "resources", "stacks", "modules", "config", "clients", "main.ts", "test"],
};

interface Import {
  /** The file that is imported, without its ending. */
  readonly path: string;
  /** Whether nothing of it is left at run time. */
  readonly typeOnly: boolean;
  /** Whether it is read when a function runs. */
  readonly later: boolean;
}

/** The files of the project that a source imports, by an `import`, an `export … from` or a `require`. */
function importsOf(file: string, text = readFileSync(join(root, `${file}.ts`), "utf8")): Import[] {
  const found = text.matchAll(
    /^(?:import|export)\s+(?:(type)\s)?(?:[\w*\s{},]*?\sfrom\s+)?"(\.[^"]*)";$|\b(?:import|require)\("(\.[^"]*)"\)/gm,
  );
  return [...found].map(([statement, type, path, dynamic]) => ({
    path: resolved(relative(root, join(root, dirname(file), path ?? dynamic ?? ""))),
    later: dynamic !== undefined,
    typeOnly: type !== undefined || /^(import|export)\s*\{(\s*type\s[^,}]+,?)+\s*\}/.test(statement),
  }));
}

/** Without its ending, and `resources/types/index` for `resources/types`. */
function resolved(path: string): string {
  const file = path.replace(/\.ts$/, "");
  return sources.includes(`${file}/index`) ? `${file}/index` : file;
}

function sourcesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.ts$/.test(name) && !/\.(test|d)\.ts$/.test(name))
    .map((name) => `${folder}/${name.slice(0, -".ts".length)}`);
}

const sources = Object.keys(allowed)
  .filter((folder) => folder !== "main.ts")
  .flatMap(sourcesOf)
  .concat("main");
const graph = new Map(sources.map((file) => [file, importsOf(file)]));

/** The folder of a file, by which its imports are allowed. */
function houseOf(file: string): string {
  return file === "main" ? "main.ts" : (file.split("/")[0] ?? "");
}

/** Whether a file may import another. */
function mayImport(file: string, path: string): boolean {
  if (houseOf(file) === "clients") {
    return path.startsWith("clients/_");
  }
  return houseOf(file) === houseOf(path) || (allowed[houseOf(file)] ?? []).includes(houseOf(path));
}

/** Circles of the files that import each other, by depth-first search: at least one if there is any, not every one. */
function circlesOf(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const circles: string[][] = [];
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) {
      circles.push([...path.slice(path.indexOf(file)), file]);
    } else if (!done.has(file)) {
      for (const next of imports.get(file) ?? []) {
        visit(next, [...path, file]);
      }
      done.add(file);
    }
  };
  for (const file of imports.keys()) {
    visit(file, []);
  }
  return circles;
}

describe("imports", () => {
  it("are read, over several lines, of types, re-exported, for their effect and when they are needed", () => {
    const text = [
      'import {\n  a,\n  type B,\n} from "./values";',
      'import type { C } from "../config/client";',
      'import { type D, type E } from "./types";',
      'export * from "./all";',
      'export type { F } from "./exported";',
      'import "./effect";',
      'const later = import("./later");',
      'const never = require("fs");',
    ].join("\n");

    expect(importsOf("modules/x", text)).toEqual([
      { path: "modules/values", typeOnly: false, later: false },
      { path: "config/client", typeOnly: true, later: false },
      { path: "modules/types", typeOnly: true, later: false },
      { path: "modules/all", typeOnly: false, later: false },
      { path: "modules/exported", typeOnly: true, later: false },
      { path: "modules/effect", typeOnly: false, later: false },
      { path: "modules/later", typeOnly: false, later: true },
    ]);
    expect(graph.get("stacks/analytics-stack")?.map(({ path }) => path)).toContain("modules/emr-security-groups");
    expect(graph.get("stacks/stacks")?.map(({ path }) => path)).toContain("config/load/load");
  });

  it("lead to files of the project", () => {
    const lost = [...graph].flatMap(([file, imports]) =>
      imports
        .filter(({ path }) => Object.hasOwn(allowed, houseOf(path)) && !sources.includes(path) && !/\.\w+$/.test(path))
        .map(({ path }) => `${file} imports ${path}`),
    );

    expect(lost).toEqual([]);
  });

  // A type is knowledge too: what a layer says in its interface, it knows.
  it.each(Object.keys(allowed))("of %s go down only, types among them", (folder) => {
    const forbidden = [...graph]
      .filter(([file]) => houseOf(file) === folder)
      .flatMap(([file, imports]) =>
        imports.filter(({ path }) => !mayImport(file, path)).map(({ path }) => `${file} imports ${path}`),
      );

    expect(forbidden).toEqual([]);
  });

  // Types do not exist at run time, so an import cycle of types alone is harmless.
  it("go round in no circle", () => {
    const atRunTime = new Map(
      [...graph].map(([file, imports]) => [file, imports.filter(({ typeOnly }) => !typeOnly).map(({ path }) => path)]),
    );

    expect(circlesOf(atRunTime).map((circle) => circle.join(" -> "))).toEqual([]);
  });

  // `npx --omit=peer` runs `init`, and `--help` of each, where no repository has installed them yet.
  it("of a command leave out the repository's libraries, until it runs", () => {
    const texts = readFileSync(join(root, "cli/main.ts"), "utf8").matchAll(/require\("\.\/([\w/-]+)"\)/g);
    const needed = new Set([...texts].map(([, path = ""]) => `cli/${path}`));
    expect(needed).toContain("cli/commands/preflight");
    for (const file of needed) {
      for (const { path, typeOnly, later } of graph.get(file) ?? []) {
        if (!typeOnly && !later) {
          needed.add(path);
        }
      }
    }
    const library = /^import (?!type )[^;]*from "(cdktf|constructs|@cdktf\/provider)/m;

    expect([...needed].filter((file) => library.test(readFileSync(join(root, `${file}.ts`), "utf8")))).toEqual([]);
  });

  it.each(["list", "plan-summary"])("of %s leave out cdktf and the AWS SDK, which take seconds to read", (command) => {
    const needed = new Set([`cli/${command}`]);
    for (const file of needed) {
      for (const { path, typeOnly } of graph.get(file) ?? []) {
        if (!typeOnly) {
          needed.add(path);
        }
      }
    }
    const heavy = /^import (?!type )[^;]*from "(cdktf|constructs|@cdktf\/|@aws-sdk\/)/m;

    expect([...needed].filter((file) => heavy.test(readFileSync(join(root, `${file}.ts`), "utf8")))).toEqual([]);
  });

  it("that go round are found", () => {
    expect(circlesOf(new Map(Object.entries({ a: ["b", "c"], b: ["c"], c: ["d"], d: ["b"] })))).toEqual([
      ["b", "c", "d", "b"],
    ]);
  });
});

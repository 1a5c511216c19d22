import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const root = join(__dirname, "..");

/** The files of the project that a file imports, types among them, without their ending. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, `${file}.ts`), "utf8");
  return [...text.matchAll(/^(?:import|export|\}) .*?"(\.[^"]+)";$|^import "(\.[^"]+)";$/gm)].map(([, path, bare]) =>
    relative(root, join(root, dirname(file), path ?? bare ?? "")),
  );
}

function sourcesOf(folder: string): string[] {
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => `${folder}/${name.slice(0, -".ts".length)}`);
}

/** The first circle that is met on the way from a file, as a path. */
function circleFrom(file: string, graph: ReadonlyMap<string, readonly string[]>, path: string[] = []): string[] {
  if (path.includes(file)) {
    return [...path.slice(path.indexOf(file)), file];
  }
  for (const next of graph.get(file) ?? []) {
    const circle = circleFrom(next, graph, [...path, file]);
    if (circle.length > 0) {
      return circle;
    }
  }
  return [];
}

describe("imports", () => {
  const modules = sourcesOf("modules");
  const graph = new Map([...modules, ...sourcesOf("stacks")].map((file) => [file, importsOf(file)]));

  it("are read, over several lines too", () => {
    expect(graph.get("modules/analytics-database")).toContain("modules/emr-security-groups");
    expect(graph.get("stacks/analytics-stack")).toContain("modules/emr-security-groups");
  });

  it("of modules/ lead nowhere but to modules and the providers' bindings", () => {
    const others = modules.flatMap((file) =>
      (graph.get(file) ?? [])
        .filter((path) => !/^(modules|providers)\//.test(path))
        .map((path) => `${file} imports ${path}`),
    );

    expect(others).toEqual([]);
  });

  it("of modules/ and stacks/ go round in no circle", () => {
    expect([...graph.keys()].map((file) => circleFrom(file, graph)).filter((circle) => circle.length > 0)).toEqual([]);
  });
});

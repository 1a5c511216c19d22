import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..");
const pages = ["README.md"].concat(
  readdirSync(join(root, "docs"), { encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
);
/** Each whole file of TypeScript on a page: what imports something that this project exports. */
const snippets = pages.flatMap((page) =>
  [...readFileSync(join(root, page), "utf8").matchAll(/^```ts\n([\s\S]*?)^```/gm)]
    .map(([, code = ""]) => code)
    .filter((code) => /^import .* from "edx-analytics-aws/m.test(code))
    .map((code, index) => ({ name: `${page.replaceAll(/\W/g, "-")}-${index + 1}.ts`, code })),
);

/** What a page says that the editor marks. */
const meant = /^\S*docs-adopting-md-1\.ts\(\d+,\d+\): error TS2741: Property 'access' is missing/;

let folder: string;

beforeAll(() => {
  // In the project, so that the snippets find it under its own name.
  mkdirSync(join(root, "cdktf.out"), { recursive: true });
  folder = mkdtempSync(join(root, "cdktf.out", "snippets-"));
  for (const { name, code } of snippets) {
    writeFileSync(join(folder, name), code);
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What a program says of the snippets; nothing where it has no objection. */
function objections(program: string, ...args: string[]): string {
  try {
    execFileSync(join(root, "node_modules", ".bin", program), args, { cwd: root, encoding: "utf8", stdio: "pipe" });
    return "";
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    return `${stdout}${stderr}`;
  }
}

describe("whole files of TypeScript in README and docs/", () => {
  it("are there", () => {
    expect(snippets.map(({ name }) => name)).toContain("README-md-1.ts");
  });

  it("pass the type checks", () => {
    const config = { extends: "../../tsconfig.json", include: ["*.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));

    const said = objections("tsc", "--project", folder).split("\n");
    expect(said.filter((line) => line !== "" && !meant.test(line))).toEqual([]);
  });

  it("are formatted as `npm test` demands of a client's file", () => {
    const first = snippets.find(({ name }) => name === "README-md-1.ts");
    const formatted = execFileSync(
      join(root, "node_modules", ".bin", "biome"),
      ["format", "--stdin-file-path=clients/acme.ts"],
      { cwd: root, input: first?.code, encoding: "utf8" },
    );

    expect(formatted).toBe(first?.code);
  });
});

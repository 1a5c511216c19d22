import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { reportOn } from "./client-files";

const root = join(__dirname, "..");
const pages = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "e2e/README.md"].concat(
  readdirSync(join(root, "docs"), { recursive: true })
    .map((name) => `docs/${name}`)
    .filter((name) => name.endsWith(".md")),
);

function read(page: string): string {
  return readFileSync(join(root, page), "utf8");
}

/** The anchors that GitHub makes of a page's headings. */
function anchors(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe.each(pages)("%s", (page) => {
  it("has links that lead somewhere", () => {
    const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];
    const broken = links.filter(([, path = "", anchor]) => {
      const target = path === "" ? page : join(dirname(page), path);
      return !existsSync(join(root, target)) || (anchor !== undefined && !anchors(target).includes(anchor));
    });

    expect(broken.map(([link]) => link)).toEqual([]);
  });
});

it("README's first client is one", () => {
  const literal = /const acme: ClientInput = (\{.*?\n\});/s.exec(read("README.md"))?.[1];

  expect(literal).toBeDefined();
  expect(reportOn({ acme: new Function(`return ${literal}`)() })).toEqual([]);
});

it("README's example of a mistake is what is reported", () => {
  const example = /^clients\/acme\.ts: `database.*$/m.exec(read("README.md"))?.[0];
  const literal = /const acme: ClientInput = (\{.*?\n\});/s.exec(read("README.md"))?.[1];
  const acme = new Function(`return ${literal}`)();

  expect(reportOn({ acme: { ...acme, database: { iterations: { "1": { storageGiB: 5 } } } } })[0]).toBe(example);
});

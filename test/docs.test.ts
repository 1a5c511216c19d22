import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileNames } from "../config/load/load";
import { changed, reportOn } from "./client-files";

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

describe("a first client", () => {
  const literal = /const acme: ClientInput = (\{.*?\n\});/s.exec(read("README.md"))?.[1];
  const acme = new Function(`return ${literal}`)();
  const shipped = Object.fromEntries(fileNames().map((name) => [name, require(`../clients/${name}`).default]));

  it("of README's gets along with the files that are there", () => {
    expect(literal).toBeDefined();
    expect(reportOn({ ...shipped, acme }, { complete: true })).toEqual([]);
  });

  it("is the example with the values that docs/adding-a-client.md names", () => {
    const copy = changed({
      name: "acme",
      accountId: acme.accountId,
      "state.bucket": "acme-terraform-state",
      edxapp: acme.edxapp,
    });

    expect(reportOn({ ...shipped, acme: copy }, { complete: true })).toEqual([]);
  });

  it("with README's example of a mistake is reported as it says", () => {
    const example = /^clients\/acme\.ts: `database.*$/m.exec(read("README.md"))?.[0];

    expect(reportOn({ acme: { ...acme, database: { iterations: { "1": { storageGiB: 5 } } } } })[0]).toBe(example);
  });
});

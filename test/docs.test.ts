import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileNames } from "../config/load/load";
import { renamedFields, renamedValues, saidOf } from "../config/load/renamed";
import { endOfStandardSupport } from "../config/tables/end-of-life";
import { extendedSupportCost } from "../config/tables/extended-support";
import { releases } from "../config/tables/versions-by-release";
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

/** The first client on a page, of the form that a pattern describes. */
function clientOn(page: string, pattern = /export default defineClient\((\{.*?\n\})\);/s) {
  const literal = pattern.exec(read(page))?.[1];
  return literal === undefined ? undefined : new Function(`return ${literal}`)();
}

/** Paths of the fields and values in a former client file that are written otherwise now. */
function oldFieldsOf(input: object, prefix = ""): string[] {
  return Object.entries(input).flatMap(([key, value]) => {
    const path = `${prefix}${key}`;
    const inner = typeof value === "object" && !Array.isArray(value) ? oldFieldsOf(value, `${path}.`) : [];
    const isOld =
      (saidOf(renamedFields, path) !== undefined && !["region", "accountId"].includes(path)) ||
      saidOf(renamedValues, path)?.[String(value)] !== undefined;
    return inner.length > 0 ? inner : isOld ? [path] : [];
  });
}

describe("a first client", () => {
  const acme = clientOn("README.md");
  const shipped = Object.fromEntries(fileNames().map((name) => [name, require(`../clients/${name}`).default]));

  it("of README's has no mistakes beside the shipped files", () => {
    expect(acme).toBeDefined();
    expect(reportOn({ ...shipped, acme }, { complete: true })).toEqual([]);
  });

  it("is the example with the values that docs/adding-a-client.md names", () => {
    const copy = changed({
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

describe("README's costs", () => {
  const table = /^\| release \|(?:.+\n)+/m.exec(read("README.md"))?.[0] ?? "";
  const [header = [], , ...rows] = table
    .trim()
    .split("\n")
    .map((line) => line.replaceAll("*", "").slice(2, -2).split(" | "));
  const amounts = (name: RegExp) =>
    rows
      .find(([of = ""]) => name.test(of))
      ?.slice(1)
      .map(Number);
  // The last release of each column decides on its versions; all later ones are alike.
  const columns = (["lilac", "maple", "nutmeg", "olive"] as const).map((name) => releases[name]);

  it("have a column for each kind of release", () => {
    expect(header.slice(1)).toEqual(["up to Lilac", "Maple", "Nutmeg", "from Olive on"]);
    expect(rows.filter((row) => row.length !== header.length)).toEqual([]);
  });

  it("are together what their parts are", () => {
    const parts = rows.slice(0, -1);

    expect(amounts(/together/)).toEqual(
      columns.map((_, index) => parts.reduce((sum, row) => sum + Number(row[index + 1]), 0)),
    );
  });

  it("are those of each release's versions", () => {
    const database = { instanceClass: "db.t3.medium", multiAz: false };

    expect(amounts(/^RDS Extended/)).toEqual(
      columns.map(({ mysql }) => extendedSupportCost(mysql, database)?.month ?? 0),
    );
    expect(amounts(/^Elasticsearch:/)?.map((amount) => amount > 0)).toEqual(
      columns.map(({ elasticsearch }) => elasticsearch !== undefined),
    );
    expect(amounts(/^Elasticsearch's/)?.map((amount) => amount > 0)).toEqual(
      columns.map(({ elasticsearch = "" }) => endOfStandardSupport("Elasticsearch", elasticsearch) !== undefined),
    );
  });
});

describe("docs/upgrading.md", () => {
  const page = "docs/upgrading.md";
  const rows = [...read(page).matchAll(/^\| (.*) \|$/gm)].map(([, row = ""]) => row.split(" | "));

  it("has a row for each field that is called otherwise now", () => {
    const fields = rows.flatMap(([field]) => /^`([^`]*)`$/.exec(field as string)?.[1] ?? []);

    expect(Object.keys(renamedFields).filter((field) => !fields.includes(field))).toEqual([]);
  });

  it("has a row for each value that is written otherwise now", () => {
    const written = rows.map(([field, value = ""]) => `${field} ${value.replaceAll('"', "")}`);
    const renamed = Object.entries(renamedValues).flatMap(([field, values]) =>
      Object.keys(values).map((value) => `\`${field}\` \`${value}\``),
    );

    expect(renamed.filter((value) => !written.includes(value))).toEqual([]);
  });

  it("says for each field what its message says", () => {
    const differing = rows.filter(([field = "", now = ""]) => {
      const said = renamedFields[field.replaceAll("`", "")];
      return said?.startsWith("it is ") && !now.includes(/`[^`]*`/.exec(said)?.[0] as string);
    });

    expect(differing).toEqual([]);
  });

  it("shows a former file of which every field is reported with its new spelling", () => {
    const former = clientOn(page, /const acme: ClientInput = (\{.*?\n\});/s);
    const lines = reportOn({ acme: former }).filter((line) => / is not a field; | write | remove /.test(line));

    expect(lines.map((line) => /`(.*?)`/.exec(line)?.[1])).toEqual(expect.arrayContaining(oldFieldsOf(former)));
  });

  it("shows the same file as it is now, without a mistake", () => {
    expect(reportOn({ acme: clientOn(page) })).toEqual([]);
  });
});

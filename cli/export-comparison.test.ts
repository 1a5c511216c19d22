import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkFiles, loadFleet } from "../config/load/load";
import { changed } from "../test/client-files";
import { fakeTerminal } from "../test/fake-terminal";
import { exportFleet } from "./export";
import { fieldOfVariable } from "./export-comparison";
import { main } from "./main";

const variablesOf = (changes: object = {}) =>
  exportFleet(
    checkFiles([{ name: "example", input: changed({ ...changes }) }], { complete: false }),
    "exported",
  ).flatMap(({ variables }) => variables);

describe("the field of a variable", () => {
  it("is where its value comes from: another one there is another default", () => {
    const fields = [...new Map(variablesOf().map((variable) => [fieldOfVariable(variable), variable]))];
    // AWS has volumes of that size with some instance types alone.
    const special: Record<string, unknown> = { "elasticsearch.volumeGiB": 20 };
    const wanted = fields.map(([field, { name, cases }]) => ({
      field,
      name,
      value: special[field] ?? cases.accepts[0],
    }));
    const isList = (field: string) => /From$/.test(field);
    const after = variablesOf(
      Object.fromEntries(wanted.map(({ field, value }) => [field, isList(field) ? [value] : value])),
    );

    expect(fields.length).toBeGreaterThan(15);
    expect(wanted.map(({ name }) => [name, after.find((variable) => variable.name === name)?.default])).toEqual(
      wanted.map(({ name, value }) => [name, value]),
    );
  });

  it("is none where the modules decide", () => {
    const [retention] = exportFleet(loadFleet("birch"), "exported")
      .flatMap(({ variables }) => variables)
      .filter(({ name }) => name === "elasticsearch_logs_retention_in_days");

    expect(retention && fieldOfVariable(retention)).toBe("(no field)");
  });
});

describe("edx-analytics export --check", () => {
  it("is about folders that exist", async () => {
    const out = mkdtempSync(join(tmpdir(), "export-check-"));
    const terminal = fakeTerminal();

    expect(await main(["export", "olive", "--out", out, "--check"], terminal)).toBe(1);

    expect(terminal.errors.join("\n")).toMatch(/^There is no .*olive, .*olive-databases, .*olive-ci\. Name the folder/);
    rmSync(out, { recursive: true });
  });
});

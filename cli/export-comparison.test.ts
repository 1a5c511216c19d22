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
    const lists = ["director.sshFrom", "hosts.securityGroup.webFrom"];
    const fields = [...new Map(variablesOf().map((variable) => [fieldOfVariable(variable), variable]))];
    const changes = Object.fromEntries(
      fields.map(([field, { cases }]) => [field, lists.includes(field) ? [cases.accepts[0]] : cases.accepts[0]]),
    );
    // What these ask of other fields.
    const others = { release: "quince", "emr.releaseLabel": "emr-5.36.2" };
    const after = variablesOf({ ...changes, ...others });

    expect(fields.length).toBeGreaterThan(15);
    for (const [field, { name, cases }] of fields) {
      expect([field, after.find((variable) => variable.name === name)?.default]).toEqual([field, cases.accepts[0]]);
    }
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

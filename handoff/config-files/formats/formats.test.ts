import { parse } from "yaml";
import { hostileTexts } from "../../../test/hostile-texts";
import { Expression, Missing, Secret, type Values } from "../value";
import { bashFormat, sourcing } from "./bash";
import { type Format, FormatError, type Read } from "./format";
import { iniFormat } from "./ini";
import { jsonFormat } from "./json";
import { yamlFormat } from "./yaml";

function written(format: Format, values: Values): string {
  return format.write(values, ["A header"], [{ title: "A group", keys: Object.keys(values) }]);
}

/** What a reader finds in a text, by the keys. */
function read(format: Format, text: string): [string, Read][] {
  return format
    .entries(text)
    .filter(({ path }) => path.length > 0)
    .map(({ path, value }) => [path.join("."), value]);
}

describe("YAML", () => {
  const values = Object.fromEntries(hostileTexts.map((text, index) => [`KEY_${index}`, text]));

  it("keeps every text a text, for a reader of YAML 1.1 too", () => {
    expect(parse(written(yamlFormat, values), { version: "1.1" })).toEqual(values);
    expect(read(yamlFormat, written(yamlFormat, values))).toEqual(Object.entries(values));
  });

  it("quotes ports and words that YAML 1.1 takes for something else", () => {
    expect(written(yamlFormat, { ANALYTICS_MYSQL_PORT: "3306", ANSWER: "yes", MODE: "0777", ON: true })).toContain(
      "ANALYTICS_MYSQL_PORT: '3306'\nANSWER: 'yes'\nMODE: '0777'\n\"ON\": true\n",
    );
  });

  it("leaves Jinja whole, and keeps Ansible from evaluating other text", () => {
    const text = written(yamlFormat, { REFERENCE: new Expression("{{ lookup('env', 'X') }}"), PASSWORD: "a{{b" });

    expect(text).toContain("REFERENCE: \"{{ lookup('env', 'X') }}\"\nPASSWORD: !unsafe \"a{{b\"\n");
    expect(read(yamlFormat, text)).toEqual([
      ["REFERENCE", "{{ lookup('env', 'X') }}"],
      ["PASSWORD", "a{{b"],
    ]);
  });

  it("writes a private key as lines", () => {
    const key = "-----BEGIN KEY-----\nabc\n-----END KEY-----\n";

    expect(written(yamlFormat, { KEY: new Secret(key) })).toContain("KEY: |\n  -----BEGIN KEY-----\n  abc\n");
    expect(read(yamlFormat, written(yamlFormat, { KEY: key }))).toEqual([["KEY", key]]);
  });

  it("refuses what PyYAML would not read as it is", () => {
    expect(() => written(yamlFormat, { KEY: "a\u2028b" })).toThrow(FormatError);
  });

  it("compares words that YAML 1.1 has by what they mean, unless they are quoted", () => {
    expect(read(yamlFormat, "A: yes\nB: True\nC: 'yes'\nD: off\nE: ~\nF: 3306\nG: '3306'\n")).toEqual([
      ["A", true],
      ["B", true],
      ["C", "yes"],
      ["D", false],
      ["E", null],
      ["F", "3306"],
      ["G", "3306"],
    ]);
  });

  it("has lines that were added at its end, word for word", () => {
    const text = yamlFormat.write(
      { A: "a" },
      [],
      [{ title: "A", keys: ["A"] }],
      yamlFormat.entries("---\n# b\nB: 012"),
    );

    expect(text).toMatch(/\nA: 'a'\n\n# b\nB: 012\n$/);
  });
});

describe("bash", () => {
  it("reads every text as it was written, and ${NAME} of an expression alone as such", () => {
    const values = Object.fromEntries(hostileTexts.map((text, index) => [`KEY_${index}`, text]));
    const all = { ...values, URL: new Expression("s3://${AWS_REGION}.x/$HOME`id`") };

    expect(read(bashFormat, written(bashFormat, all))).toEqual(
      Object.entries({ ...values, URL: "s3://${AWS_REGION}.x/$HOME`id`" }),
    );
  });

  it("ends with the line that sources another file, which is no line of the operator's", () => {
    const text = bashFormat.write(
      { A: "a" },
      ["h"],
      [{ title: "A", keys: ["A"] }],
      [{ path: [], text: sourcing("/tmp/none"), value: null }],
    );

    expect(text).toMatch(/\nexport A="a"\n\nif \[ -e \/tmp\/none \]; then \. \/tmp\/none; fi\n$/);
    expect(read(bashFormat, text)).toEqual([["A", "a"]]);
  });

  it("has no form for several lines", () => {
    expect(() => written(bashFormat, { A: "one\ntwo" })).toThrow(FormatError);
  });
});

describe("INI", () => {
  it("leaves % as it is, as Python 2 reads it", () => {
    const text = written(iniFormat, { section: { pattern: "%Y-%m-%dT%H", there: "%(pattern)s" } });

    expect(text).toContain("# A header\n\n# A group\n[section]\npattern = %Y-%m-%dT%H\nthere = %(pattern)s\n");
  });

  it("has options that were added in their sections, word for word", () => {
    const added = iniFormat.entries("[new]\na=%d\n[old]\n# about b\nB: 012");
    const text = iniFormat.write(
      { old: { a: "1" }, other: { c: "3" } },
      [],
      [{ title: "A", keys: ["old", "other"] }],
      added,
    );

    expect(text).toContain("[old]\na = 1\n# about b\nB: 012\n\n[other]\nc = 3\n\n[new]\na=%d\n");
  });

  it.each([" blank", "blank ", "a ;b", "a\tb"])("has no form for %j", (value) => {
    expect(() => written(iniFormat, { section: { value } })).toThrow(FormatError);
  });
});

describe("JSON", () => {
  it("is one object", () => {
    expect(JSON.parse(written(jsonFormat, { port: "3306", password: new Secret('"\\') }))).toEqual({
      port: "3306",
      password: '"\\',
    });
    expect(read(jsonFormat, '{"port": 3306, "tls": true}')).toEqual([
      ["port", "3306"],
      ["tls", true],
    ]);
    expect(() => jsonFormat.entries("[]")).toThrow(FormatError);
    expect(() => jsonFormat.entries("{")).toThrow(FormatError);
  });
});

it("a missing value says where it comes from", () => {
  expect(new Missing({ kind: "field", file: "clients/acme.ts", path: "lmsUrl" }).placeholder).toBe(
    "<MISSING: configurationFiles.lmsUrl in clients/acme.ts>",
  );
});

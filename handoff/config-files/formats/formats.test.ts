import { parse } from "yaml";
import { hostileTexts } from "../../../test/hostile-texts";
import { absent, Expression, Missing, plain, Secret, type Values } from "../value";
import { bashFormat } from "./bash";
import { type Format, FormatError } from "./format";
import { iniFormat } from "./ini";
import { jsonFormat } from "./json";
import { yamlFormat } from "./yaml";

function written(format: Format, values: Values): string {
  return format.write(values, ["A header"], [{ title: "A group", keys: Object.keys(values) }]);
}

describe("YAML", () => {
  const values = Object.fromEntries(hostileTexts.map((text, index) => [`KEY_${index}`, text]));

  it("keeps every text a text, for a reader of YAML 1.1 too", () => {
    expect(parse(written(yamlFormat, values), { version: "1.1" })).toEqual(values);
    expect(yamlFormat.read(written(yamlFormat, values))).toEqual(values);
  });

  it("quotes ports and words that YAML 1.1 takes for something else", () => {
    expect(written(yamlFormat, { ANALYTICS_MYSQL_PORT: "3306", ANSWER: "yes", MODE: "0777", ON: true })).toContain(
      "ANALYTICS_MYSQL_PORT: '3306'\nANSWER: 'yes'\nMODE: '0777'\n\"ON\": true\n",
    );
  });

  it("leaves Jinja whole, and keeps Ansible from evaluating other text", () => {
    const text = written(yamlFormat, { REFERENCE: new Expression("{{ lookup('env', 'X') }}"), PASSWORD: "a{{b" });

    expect(text).toContain("REFERENCE: \"{{ lookup('env', 'X') }}\"\nPASSWORD: !unsafe \"a{{b\"\n");
    expect(plain(yamlFormat.read(text))).toEqual({
      REFERENCE: { expression: "{{ lookup('env', 'X') }}" },
      PASSWORD: "a{{b",
    });
  });

  it("writes a private key as lines", () => {
    const key = "-----BEGIN KEY-----\nabc\n-----END KEY-----\n";

    expect(written(yamlFormat, { KEY: new Secret(key) })).toContain("KEY: |\n  -----BEGIN KEY-----\n  abc\n");
    expect(yamlFormat.read(written(yamlFormat, { KEY: key }))).toEqual({ KEY: key });
  });

  it("refuses what PyYAML would not read as it is", () => {
    expect(() => written(yamlFormat, { KEY: "a\u2028b" })).toThrow(FormatError);
  });

  it.each([
    ["a list", "- a\n"],
    ["a mistake", "a: 'b\n"],
    ["a repeated key", "a: 1\na: 2\n"],
  ])("does not read %s", (_, text) => {
    expect(() => yamlFormat.read(text)).toThrow(FormatError);
  });
});

describe("bash", () => {
  it("reads every text as it was written, and ${NAME} of an expression alone as such", () => {
    const values = Object.fromEntries(hostileTexts.map((text, index) => [`KEY_${index}`, text]));
    const all = { ...values, URL: new Expression("s3://${AWS_REGION}.x/$HOME`id`") };

    expect(plain(bashFormat.read(written(bashFormat, all)))).toEqual({
      ...values,
      URL: { expression: "s3://${AWS_REGION}.x/$HOME`id`" },
    });
  });

  it("keeps lines that were added by hand word for word", () => {
    const read = bashFormat.read("# by hand\nexport PATH=/opt/bin:\"$PATH\"\nNAME='two words'\n");

    expect(written(bashFormat, read)).toContain("export PATH=/opt/bin:\"$PATH\"\nexport NAME='two words'\n");
  });

  it.each(["if true; then", 'A="open', "A='open"])("does not read %s", (line) => {
    expect(() => bashFormat.read(`export X="1"\n${line}\n`)).toThrow(/^line 2 is no assignment/);
  });

  it("has no form for several lines", () => {
    expect(() => written(bashFormat, { A: "one\ntwo" })).toThrow(FormatError);
  });
});

describe("INI", () => {
  it("writes a percent sign twice, and reads it once", () => {
    const text = written(iniFormat, { section: { pattern: "100%", there: new Expression("%(pattern)s") } });

    expect(text).toContain("# A header\n\n# A group\n[section]\npattern = 100%%\nthere = %(pattern)s\n");
    expect(plain(iniFormat.read(text))).toEqual({
      section: { pattern: "100%", there: { expression: "%(pattern)s" } },
    });
  });

  it("keeps values of several lines, and reads keys as ConfigParser does", () => {
    const read = iniFormat.read("[a]\n; by hand\nPattern : one\n   two\n\n[b]\nempty =\n");

    expect(read).toEqual({ a: { pattern: "one\ntwo" }, b: { empty: "" } });
    expect(iniFormat.read(written(iniFormat, read))).toEqual(read);
  });

  it.each(["key = value", "[a]\nno value", "[a\n"])("does not read %j", (text) => {
    expect(() => iniFormat.read(text)).toThrow(/^line \d is neither/);
  });

  it.each([" blank", "blank ", "a ;b", "a\tb"])("has no form for %j", (value) => {
    expect(() => written(iniFormat, { section: { value } })).toThrow(FormatError);
  });
});

describe("JSON", () => {
  it("is one object", () => {
    expect(JSON.parse(written(jsonFormat, { port: "3306", password: new Secret('"\\'), unused: absent }))).toEqual({
      port: "3306",
      password: '"\\',
    });
    expect(() => jsonFormat.read("[]")).toThrow(FormatError);
    expect(() => jsonFormat.read("{")).toThrow(FormatError);
  });
});

it("a missing value says where it comes from", () => {
  expect(new Missing({ kind: "field", file: "clients/acme.ts", path: "lmsUrl" }).placeholder).toBe(
    "<MISSING: configurationFiles.lmsUrl in clients/acme.ts>",
  );
});

describe("a file that cannot be read", () => {
  /** What an operator's password would be taken for a key, alias, tag or token by. */
  const faults: [string, Format, string][] = [
    ["a: 1\nPASSWORD: Tr0ub4dor: x\n", yamlFormat, "line 2, column 11"],
    ["PASSWORD: 'Tr0ub4dor\n", yamlFormat, "line 2, column 1"],
    ["a: 1\nTr0ub4dor\n", yamlFormat, "line 2, column 1"],
    ["Tr0ub4dor: 1\nTr0ub4dor: 2\n", yamlFormat, "line 2, column 1"],
    ["PASSWORD: @Tr0ub4dor\n", yamlFormat, "line 1, column 11"],
    ["PASSWORD: *Tr0ub4dor\n", yamlFormat, "an alias"],
    ["PASSWORD: !Tr0ub4dor x\n", yamlFormat, "line 1, column 11"],
    ["<<: Tr0ub4dor\n", yamlFormat, "merge key"],
    ['{"password": Tr0ub4dor}', jsonFormat, "line 1, column 14"],
    ['{"password": "Tr0ub4dor', jsonFormat, "line 1, column 24"],
    ['{\n"password": "Tr0ub4dor" x}', jsonFormat, "line 2, column 25"],
    ['{"password": "Tr0ub4dor",}', jsonFormat, "line 1, column 26"],
    ["Tr0ub4dor", jsonFormat, "line 1, column 1"],
    ['["Tr0ub4dor"]', jsonFormat, "no JSON object"],
    ["[a]\nTr0ub4dor", iniFormat, "line 2"],
    ["PASSWORD=Tr0ub4dor 'x", bashFormat, "line 1"],
  ];

  it.each(faults)("says where, and nothing of %j", (text, format, where) => {
    const read = () => format.read(text);

    expect(read).toThrow(FormatError);
    expect(read).toThrow(where);
    expect(read).not.toThrow(/Tr0ub|ub4dor/);
  });

  it.each<[string, Format]>([
    ["__proto__: 1\nconstructor: 2\n", yamlFormat],
    ['{"__proto__": "1", "constructor": "2"}', jsonFormat],
    ["__proto__=1\nconstructor=2\n", bashFormat],
    ["[__proto__]\na = 1\n[constructor]\nb = 2\n", iniFormat],
  ])("is not one with keys that JavaScript's objects have: %j", (text, format) => {
    expect(Object.keys(format.read(text))).toEqual(["__proto__", "constructor"]);
  });
});

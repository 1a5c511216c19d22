import { spawnSync } from "node:child_process";
import { parse } from "yaml";
import { Expression, Missing, Secret, type Values } from "../value";
import { bashFormat, sourcing } from "./bash";
import { type Format, FormatError, joined, type Read } from "./format";
import { iniFormat } from "./ini";
import { jsonFormat } from "./json";
import { yamlFormat } from "./yaml";

/** Texts that a careless quotation breaks at; the end-to-end tests give the same to the files' real readers. */
const hostile = [
  "yes",
  "0777",
  "3306",
  "12:30",
  "1_000",
  "2016-01-01",
  "~",
  "null",
  "",
  'it\'s "Acme" \\ & Söhne',
  "$HOME `id` $(id) ${HOME",
  "# no comment: here",
  "@file",
  "%s 100%",
  "- a",
  "[x",
  "!tag",
];

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

/** Keys and lines, word for word. */
function lines(format: Format, text: string): string[][] {
  return format.entries(text).map(({ path, text: own }) => [path.join("."), own]);
}

describe("YAML", () => {
  const values = Object.fromEntries(hostile.map((text, index) => [`KEY_${index}`, text]));

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

  it("is taken apart into variables with their lines, which say the same in another file", () => {
    const text = [
      "---",
      "# about the file",
      "",
      "# about A",
      "A: !vault |",
      "  $ANSIBLE_VAULT;1.1;AES256",
      "  # no comment",
      "",
      "  6433",
      "COMMIT: 6063e25",
      "OTHER_COMMIT: 12e4567 # of May",
      "ACCOUNT: 012345678901",
      "FLAG: n",
      "PATTERN: '%Y-%m'",
      "DEEP:",
      "- a: 1 ",
      "  # about b",
      "  b: [x,",
      "    y]",
      '"quoted key": "two',
      '  lines"',
      "EMPTY:",
      "# at the end",
    ].join("\n");
    const found = lines(yamlFormat, text);

    expect(found).toEqual([
      ["", "# about the file\n\n"],
      ["A", "# about A\nA: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  # no comment\n\n  6433\n"],
      ["COMMIT", "COMMIT: 6063e25\n"],
      ["OTHER_COMMIT", "OTHER_COMMIT: 12e4567 # of May\n"],
      ["ACCOUNT", "ACCOUNT: 012345678901\n"],
      ["FLAG", "FLAG: n\n"],
      ["PATTERN", "PATTERN: '%Y-%m'\n"],
      ["DEEP", "DEEP:\n- a: 1 \n  # about b\n  b: [x,\n    y]\n"],
      ["quoted key", '"quoted key": "two\n  lines"\n'],
      ["EMPTY", "EMPTY:\n"],
      ["", "# at the end"],
    ]);
    expect(joined(yamlFormat.entries(text))).toBe(`${text.replace("---\n", "")}\n`);
    expect(Object.fromEntries(read(yamlFormat, text))).toMatchObject({
      COMMIT: "6063e25",
      OTHER_COMMIT: "12e4567",
      ACCOUNT: "012345678901",
      FLAG: "n",
      EMPTY: null,
    });
  });

  it("may have nothing but comments", () => {
    expect(lines(yamlFormat, "---\n\n# A: 1\n")).toEqual([["", "\n# A: 1\n"]]);
    expect(yamlFormat.entries("")).toEqual([]);
  });

  it("keeps ends of lines, and the last of a repeated key", () => {
    expect(lines(yamlFormat, "A: |\r\n  a\r\n# b\r\nB: 1\r\nB: 2")).toEqual([
      ["A", "A: |\r\n  a\r\n"],
      ["B", "# b\r\nB: 1\r\n"],
      ["B", "B: 2"],
    ]);
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

  it.each([
    ["a list", "- a\n"],
    ["a mistake", "a: 'b\n"],
    ["one line", "{a: 1, b: 2}\n"],
    ["several documents", "a: 1\n---\nb: 1\n"],
    ["a key in the line of something else", "--- !x\n  a: 1\n"],
    ["a key of several lines", "? a\n: 1\n"],
    ["a key that is a list", "[a]: 1\n"],
    ["what Ansible's vault encrypted as a whole", "$ANSIBLE_VAULT;1.1;AES256\n6433\n"],
    [
      "aliases of aliases",
      `a: &a [x]\n${[..."bcdefghij"].map((key, index) => `${key}: &${key} [${`*${"abcdefghij"[index]},`.repeat(9)}]\n`).join("")}`,
    ],
  ])("is not taken apart where it is %s", (_, text) => {
    expect(() => yamlFormat.entries(text)).toThrow(FormatError);
  });
});

describe("bash", () => {
  function sourced(text: string, name: string): string {
    const script = `${text}\nprintf %s "\${${name}}"`;
    return spawnSync("bash", ["-c", script], { encoding: "utf8", env: { PATH: "/usr/bin:/bin" } }).stdout;
  }

  it("has every text survive sourcing, and ${NAME} of an expression alone expanded", () => {
    const values = Object.fromEntries(hostile.map((text, index) => [`KEY_${index}`, text]));
    const text = written(bashFormat, {
      AWS_REGION: "eu-west-1",
      ...values,
      URL: new Expression("s3://${AWS_REGION}.x/$HOME`id`"),
    });
    const names = [...Object.keys(values), "URL"];

    expect(sourced(`${text}\nfor name in ${names.join(" ")}; do printf '%s\\n' "\${!name}"; done`, "NONE")).toBe(
      [...hostile, "s3://eu-west-1.x/$HOME`id`", ""].join("\n"),
    );
    expect(read(bashFormat, text)).toEqual(
      Object.entries({ AWS_REGION: "eu-west-1", ...values, URL: "s3://${AWS_REGION}.x/$HOME`id`" }),
    );
  });

  it("is taken apart into assignments and commands of one line", () => {
    const text = [
      "#!/bin/bash",
      "",
      "# by hand",
      'export PATH=/opt/bin:"$PATH"   # first',
      "NAME='two words'",
      "  TODAY=$(date +%Y-%m-%d)",
      'NESTED="`date` $(date)"',
      ". /etc/profile",
      "export PATH",
    ];

    expect(lines(bashFormat, text.join("\n"))).toEqual([
      ["", "#!/bin/bash\n\n"],
      ["PATH", '# by hand\nexport PATH=/opt/bin:"$PATH"   # first\n'],
      ["NAME", "NAME='two words'\n"],
      ["TODAY", "  TODAY=$(date +%Y-%m-%d)\n"],
      ["NESTED", 'NESTED="`date` $(date)"\n'],
      ["", ". /etc/profile\n"],
      ["", "export PATH"],
    ]);
  });

  it.each([
    "if true; then",
    'A="open',
    "A='open",
    "A=1; B=2",
    "export A=1 B=2",
    "A=1 command",
    "A=$(cat <<X",
    "A=$(",
    "A=b\\",
    "a() {",
    "A=(1 2)",
    ". x; if true; then",
  ])("is not taken apart at %s", (line) => {
    expect(() => bashFormat.entries(`export X="1"\n${line}\n`)).toThrow(/^line 2 is neither an assignment/);
  });

  it("ends with the line that sources another file, which is no line of the operator's", () => {
    const text = bashFormat.write(
      { A: "a" },
      ["h"],
      [{ title: "A", keys: ["A"] }],
      [{ path: [], text: sourcing("/tmp/none"), value: null }],
    );

    expect(text).toMatch(/\nexport A="a"\n\nif \[ -e \/tmp\/none \]; then \. \/tmp\/none; fi\n$/);
    expect(sourced(`set -eu\n${text}`, "A")).toBe("a");
    expect(lines(bashFormat, text).map(([key]) => key)).toEqual(["", "A"]);
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

  it("is taken apart into options with their sections", () => {
    const text = [
      "; about the file",
      "",
      "# about a",
      "[a]",
      "; by hand",
      "Pattern : one",
      "   two",
      "",
      "  three ; no comment there",
      "format = %Y-%m-%d ; comment",
      "",
      "[b] ; comment",
      "empty =",
    ].join("\n");

    expect(lines(iniFormat, text)).toEqual([
      ["", "; about the file\n\n"],
      ["a.pattern", "; by hand\nPattern : one\n   two\n\n  three ; no comment there\n"],
      ["a.format", "format = %Y-%m-%d ; comment\n"],
      ["b.empty", "empty ="],
    ]);
    expect(read(iniFormat, text)).toEqual([
      ["a.pattern", "one\ntwo\nthree ; no comment there"],
      ["a.format", "%Y-%m-%d"],
      ["b.empty", ""],
    ]);
    expect(joined(iniFormat.entries(text))).toBe(`${text.replace("\n\n[b]", "\n[b]")}\n`);
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

  it.each(["key = value", "[a]\nno value", "[a\n"])("is not taken apart at %j", (text) => {
    expect(() => iniFormat.entries(text)).toThrow(/^line \d is neither/);
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

describe("a file that cannot be read", () => {
  /** What an operator's password would be taken for a key, alias, tag or token by. */
  const faults: [string, Format, string][] = [
    ["a: 1\nPASSWORD: Tr0ub4dor: x\n", yamlFormat, "line 2, column 11"],
    ["PASSWORD: 'Tr0ub4dor\n", yamlFormat, "line 2, column 1"],
    ["a: 1\nTr0ub4dor\n", yamlFormat, "line 2, column 1"],
    ["PASSWORD: @Tr0ub4dor\n", yamlFormat, "line 1, column 11"],
    ["PASSWORD: *Tr0ub4dor\n", yamlFormat, "an alias"],
    ["Tr0ub4dor\n", yamlFormat, "no variables"],
    ["[Tr0ub4dor]: 1\n", yamlFormat, "beginning of its line"],
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
    const entries = () => format.entries(text);

    expect(entries).toThrow(FormatError);
    expect(entries).toThrow(where);
    expect(entries).not.toThrow(/Tr0ub|ub4dor/);
  });

  it.each<[string, Format]>([
    ["__proto__: 1\nconstructor: 2\n", yamlFormat],
    ['{"__proto__": "1", "constructor": "2"}', jsonFormat],
    ["__proto__=1\nconstructor=2\n", bashFormat],
    ["[__proto__]\na = 1\n[constructor]\nb = 2\n", iniFormat],
  ])("is not one with keys that JavaScript's objects have: %j", (text, format) => {
    expect(format.entries(text).map(({ path: [key] }) => key)).toEqual(["__proto__", "constructor"]);
  });
});

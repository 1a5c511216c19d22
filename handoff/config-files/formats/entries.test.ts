import { bashFormat } from "./bash";
import { type Format, FormatError, joined, type Read } from "./format";
import { iniFormat } from "./ini";
import { jsonFormat } from "./json";
import { yamlFormat } from "./yaml";

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
      "TAIL:",
      "  x: 1",
      "  # of TAIL",
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
      ["TAIL", "TAIL:\n  x: 1\n  # of TAIL\n"],
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
});

describe("INI", () => {
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

  it.each(["key = value", "[a]\nno value", "[a\n"])("is not taken apart at %j", (text) => {
    expect(() => iniFormat.entries(text)).toThrow(/^line \d is neither/);
  });
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

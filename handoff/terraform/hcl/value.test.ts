import { plainBlock, writtenFile } from "./body";
import { type Value, written } from "./value";

/** A value as an attribute of a file. */
function file(attribute: Value): string {
  return writtenFile([], [plainBlock("locals", [], [{ name: "a", value: attribute, comments: [] }])]);
}

function text(attribute: Value): string {
  return written(attribute, { indentation: 0, lead: 0 });
}

describe("a string", () => {
  it.each([
    ["plain", '"plain"'],
    ["", '""'],
    ["true", '"true"'],
    ['say "x"', '"say \\"x\\""'],
    ["C:\\new", '"C:\\\\new"'],
    ["a\tb\r", '"a\\tb\\r"'],
    ["two\nlines", '"two\\nlines"'],
    ["$${not} %%{either}", '"$${not} %%{either}"'],
    ["${aws_vpc.main.id}", "aws_vpc.main.id"],
    ["${a}${b}", '"${a}${b}"'],
    ['name ${join(", ", ["a", "}"])} end', '"name ${join(", ", ["a", "}"])} end"'],
    ["${~ trimmed ~}", '"${~ trimmed ~}"'],
    ["%{ if a }x%{ endif }", '"%{ if a }x%{ endif }"'],
    ["bell\u0007 mark\ufeff", '"bell\\u0007 mark\\ufeff"'],
    ["é 日本", '"é 日本"'],
  ])("%j is written %s", (template, expected) => {
    expect(text(template)).toBe(expected);
  });

  it("of several lines is a heredoc, indented where that changes nothing", () => {
    expect(file('#cloud-config\nkey: "a"\\\n')).toBe(
      'locals {\n  a = <<-EOT\n    #cloud-config\n    key: "a"\\\n  EOT\n}\n',
    );
    expect(file("  indented\n\nlines\n")).toBe("locals {\n  a = <<EOT\n  indented\n\nlines\nEOT\n}\n");
  });

  it("that holds a heredoc's marker gets another one", () => {
    expect(file("EOT\nEOT_\n")).toContain("<<-EOT__\n");
  });

  it("is quoted where a heredoc would add a newline, or in a list", () => {
    expect(text("one\ntwo")).toBe('"one\\ntwo"');
    expect(text(["one\ntwo\n"])).toBe('["one\\ntwo\\n"]');
  });

  it.each(["${a", 'a ${"b}', "%{ if a"])("that ends in the middle, %j, is an error", (unfinished) => {
    expect(() => text(unfinished)).toThrow(/closing brace|quoted string/);
  });

  it("with a comment inside an expression is an error, as its end would be another", () => {
    expect(() => text("${a # b\n}")).toThrow("comment");
  });
});

describe("a value", () => {
  it("has short lists on a line, and long ones on several", () => {
    expect(text(["a", 1, null, "${x.y}"])).toBe('["a", 1, null, x.y]');
    expect(text(Array(8).fill("sixteen letters."))).toMatch(/^\[\n {2}"sixteen letters\.",\n.*,\n\]$/s);
  });

  it("has objects on several lines, equals signs below each other, names quoted where they must be", () => {
    expect(text({ plain: 1, "a.b": {}, for: [], "${a.b}": true, list: [{ x: 1 }], last: 2 })).toBe(
      [
        "{",
        "  plain = 1",
        '  "a.b" = {}',
        '  "for" = []',
        "  (a.b) = true",
        "  list = [",
        "    {",
        "      x = 1",
        "    },",
        "  ]",
        "  last = 2",
        "}",
      ].join("\n"),
    );
  });

  it("counts characters as people see them", () => {
    expect(text({ "e\u0301": 1, ab: 2 })).toBe('{\n  "e\u0301" = 1\n  ab  = 2\n}');
  });
});

import { parse } from "@cdktf/hcl2json";
import fc from "fast-check";
import { adversarialText, template, value } from "../../../test/adversarial-values";
import { plainBlock, writtenFile } from "./body";
import { escaped } from "./template";
import { type Json, type Value, written } from "./value";

/** The parser is WebAssembly: on a busy machine it takes its time. */
const patience = 30_000;

/** A value as an attribute of a file. */
function file(attribute: Value): string {
  return writtenFile([], [plainBlock("locals", [], [{ name: "a", value: attribute, comments: [] }])]);
}

/** What HashiCorp's own parser reads in such a file, in the JSON form. */
async function readBack(attribute: Value): Promise<unknown> {
  return (await parse("a.tf", file(attribute))).locals[0].a;
}

/**
 * A value to be compared: Unicode composed, as Terraform composes it in both forms; and in templates with sequences,
 * without the blanks and brackets that break lines.
 */
function comparable(json: unknown): unknown {
  const text = JSON.stringify(json, (_, inner) =>
    typeof inner === "string" && inner.includes("${") ? inner.replaceAll(/[\s(),]/g, "") : inner,
  );
  return JSON.parse(text.normalize());
}

/** What Terraform reads in the JSON form: of a template's beginning it drops one byte order mark. */
function meant(json: Json): unknown {
  return comparable(JSON.parse(JSON.stringify(json).replaceAll('"\ufeff', '"')));
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

  it(
    "is read back as it was, whatever is in it",
    async () => {
      await fc.assert(
        fc.asyncProperty(adversarialText, async (string) => {
          expect(comparable(await readBack(escaped(string)))).toEqual(meant(escaped(string)));
        }),
      );
    },
    patience,
  );
});

describe("a value", () => {
  it(
    "is read back as it was, however deep and empty",
    async () => {
      await fc.assert(
        fc.asyncProperty(value, async (json: Json) => {
          expect(comparable(await readBack(json))).toEqual(meant(json));
        }),
      );
    },
    patience,
  );

  it(
    "with sequences is read back as it was",
    async () => {
      await fc.assert(
        fc.asyncProperty(template, async (json) => {
          expect(comparable(await readBack(json))).toEqual(meant(json));
        }),
      );
    },
    patience,
  );

  // As Terraform reads the same in the JSON form.
  it("loses one byte order mark at the beginning of a key and of a string", async () => {
    expect(await readBack({ "\ufeff\ufeff": "\ufeff\ufeffx\ufeff" })).toEqual({ "\ufeff": "\ufeffx\ufeff" });
  });

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

import { parse } from "yaml";
import { messageOf } from "./message-of";

const hidden = "(its message is not shown, as it may quote a secret)";

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

describe("the error of a client file", () => {
  const ofYaml = thrownBy(() => parse("a: 1\nANALYTICS_MYSQL_PASSWORD: Tr0ub4dor3: x\n"));

  it("of a YAML parser says its kind, code and place, and nothing of the text", () => {
    expect(messageOf(ofYaml)).toMatch(/^YAMLParseError BLOCK_AS_IMPLICIT_KEY at line 2, column \d+ \(its message/);
    expect(messageOf(new Error(`x: ${(ofYaml as Error).message}`))).not.toContain("Tr0ub4dor3");
  });

  it.each([
    [
      named(
        "TransformError",
        'Transform failed with 1 error:\n/a/acme.ts:5:14: ERROR: Expected "}" but found "Tr0ub4dor3hunter"',
      ),
      `TransformError at line 5, column 14 ${hidden}`,
    ],
    [thrownBy(() => new Function("({ a: 'x' Tr0ub4dor3 })")), `SyntaxError ${hidden}`],
    [
      Object.assign(new Error("bad value Tr0ub4dor3"), {
        stack: "Error: …\n    at f (/a/node_modules/lib/index.js:1:1)",
      }),
      `Error ${hidden}`,
    ],
  ])("of a library: %p", (error, said) => {
    expect(messageOf(error)).toBe(said);
  });

  it.each([
    [new Error("boom."), "boom"],
    [
      Object.assign(new Error("boom"), { stack: "Error\n    at f (/a/node_modules/edx-analytics-aws/x.js:1:1)" }),
      "boom",
    ],
    [new TypeError("x is not a function"), "x is not a function"],
    [new Error("Cannot find module './nowhere'\nRequire stack:\n- /a/b.js"), "Cannot find module './nowhere'"],
  ])("of its own is shown: %p", (error, said) => {
    expect(messageOf(error)).toBe(said);
  });
});

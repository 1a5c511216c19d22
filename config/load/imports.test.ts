import { importsFile, loadImports, readImports, strayImports } from "./imports";

const fs = jest.requireActual<typeof import("node:fs")>("node:fs");

/** What is read where a stack's file of imports holds a text. */
function read<T = ReturnType<typeof readImports>>(text: string, how = readImports as (stack: string) => T): T {
  const exists = jest.spyOn(fs, "existsSync").mockReturnValue(true);
  const contents = jest.spyOn(fs, "readFileSync").mockReturnValue(text);
  try {
    return how("acme");
  } finally {
    exists.mockRestore();
    contents.mockRestore();
  }
}

describe("a file of imports", () => {
  it("is not needed", () => {
    expect(readImports("acme")).toEqual({ file: "clients/imports/acme.json", problems: [], imports: {} });
  });

  it("names an id for each address", () => {
    expect(read('{"aws_eip.analytics": "eipalloc-1"}')).toEqual({
      file: importsFile("acme"),
      problems: [],
      imports: { "aws_eip.analytics": "eipalloc-1" },
    });
  });

  it.each([
    ["no JSON", "{", ""],
    ["a list", "[]", ""],
    ["a number for an id", '{"aws_eip.analytics": 1}', "aws_eip.analytics"],
    ["no id", '{"aws_eip.analytics": ""}', "aws_eip.analytics"],
  ])("is refused as a whole with %s in it", (_, text, path) => {
    const { problems, imports } = read(text);

    expect(imports).toEqual({});
    expect(problems).toEqual([
      {
        path,
        message:
          "cannot be read; one object is required, of ids by Terraform address, all of them text. Correct it; without the file, `npx edx-analytics adopt` writes it anew.",
      },
    ]);
  });

  it("is refused by a command that needs it", () => {
    expect(() => read("{", loadImports)).toThrow(/^clients\/imports\/acme\.json: cannot be read; /);
    expect(read('{"aws_eip.analytics": "eipalloc-1"}', loadImports)).toEqual({ "aws_eip.analytics": "eipalloc-1" });
  });

  it("holds no expression of Terraform's", () => {
    expect(read('{"aws_eip.analytics": "${file(1)}"}').problems).toEqual([
      {
        path: "aws_eip.analytics",
        message: 'is "${file(1)}"; an id of AWS\'s is required, without ${ and %{. Correct it.',
      },
    ]);
  });

  it("names what the stack has", () => {
    expect(strayImports({ "aws_eip.analytics": "a", "aws_eip.gone": "b" }, "acme", ["aws_eip.analytics"])).toEqual([
      {
        path: "aws_eip.gone",
        message: "is no resource of the stack acme. Remove the line; once everything is imported, remove the file.",
      },
    ]);
  });
});

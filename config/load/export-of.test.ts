import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// A copy of its own, which has run no other test's files.
delete require.cache[require.resolve("./export-of")];
const { exportOf } = require("./export-of") as typeof import("./export-of");

const folder = mkdtempSync(join(tmpdir(), "edx-analytics-file-"));
/** What runs, by its event, once a file has been run. */
const handlers = new Map<string | symbol, (reason: unknown) => void>();

beforeAll(() => {
  const on = jest.spyOn(process, "on").mockImplementation((name, handler) => {
    handlers.set(name, handler);
    return process;
  });
  writeFileSync(join(folder, "first.js"), "");
  exportOf(join(folder, "first.js"));
  on.mockRestore();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ["exports.default = { a: 1 };", { a: 1 }],
  ["exports.other = 1;", undefined],
  ["process.exit(0);", new Error("it calls process.exit")],
  ['throw new Error("boom.");', new Error("boom")],
  ['throw "boom";', new Error("boom")],
  ["throw null;", new Error("null")],
  [`JSON.parse('{"MYSQL_PASSWORD": hunter2}');`, new Error("text that it parses is not valid JSON")],
  [
    `try { JSON.parse('{"A": 1, "B": 2, "C": 3, "MYSQL_PASSWORD": hunter2, "D": 4, "E": 5}'); } catch (e) { throw new Error("x: " + e.message); }`,
    new Error("x: text that it parses is not valid JSON"),
  ],
  ["throw Object.create(null);", new Error("it throws what cannot be shown")],
])("of %j is its default export, or what it throws", (text, expected) => {
  const file = join(folder, `${text.replaceAll(/\W/g, "-")}.js`);
  const { exit } = process;
  writeFileSync(file, text);

  expect(exportOf(file)).toEqual(expected);
  expect(process.exit).toBe(exit);
});

describe("what a file left running", () => {
  const { exitCode } = process;

  afterEach(() => {
    jest.restoreAllMocks();
    process.exitCode = exitCode;
  });

  it.each([
    ["unhandledRejection", Object.assign(new Error("boom."), { stack: `at ${folder}/late.js:1` }), "boom"],
    ["unhandledRejection", 5, "5"],
    ["uncaughtException", Object.assign(new Error("boom."), { stack: `at ${folder}/late.js:1` }), "boom"],
    ["uncaughtException", null, "null"],
  ])("is reported in a line where it fails: %s of %p", (event, reason, said) => {
    const error = jest.spyOn(console, "error").mockImplementation();

    handlers.get(event)?.(reason);

    expect(error.mock.calls).toEqual([
      [`${folder}: what a file left running has failed: ${said}. Take promises and timers out of the file.`],
    ]);
    expect(process.exitCode).toBe(1);
    expect(() => handlers.get(event)?.(new Error("of the project"))).toThrow("of the project");
  });
});

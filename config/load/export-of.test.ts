import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// A copy of its own, which has run no other test's files.
delete require.cache[require.resolve("./export-of")];
const { exportOf } = require("./export-of") as typeof import("./export-of");

const folder = mkdtempSync(join(tmpdir(), "edx-analytics-file-"));
/** What runs, by its event, once a file has been run. */
const handlers = new Map<string | symbol, (reason: unknown) => void>();

let exit: jest.SpyInstance;

beforeAll(() => {
  exit = jest.spyOn(process, "exit").mockImplementation();
  const on = jest.spyOn(process, "on").mockImplementation((name, handler) => {
    handlers.set(name, handler);
    return process;
  });
  writeFileSync(join(folder, "first.js"), "");
  exportOf(join(folder, "first.js"));
  on.mockRestore();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each<[string, unknown]>([
  ["exports.default = { a: 1 };", { a: 1 }],
  ["exports.other = 1;", undefined],
  ["process.exit(0);", new Error("it calls process.exit")],
  ["process.reallyExit(0);", new Error("it calls process.reallyExit")],
  ["process.abort();", new Error("it calls process.abort")],
  ['throw new Error("boom.");', new Error("boom")],
  ['throw "boom";', new Error("boom")],
  ["throw null;", new Error("it throws null")],
  ["process.exitCode = 7; exports.default = 1;", 1],
  ['process.chdir("/"); exports.default = 1;', 1],
  ['require("./nowhere");', new Error("Cannot find module './nowhere'")],
  [
    'require("https://token:abc@host/x");',
    new Error("with a message that is not shown, as what looks like a secret is in it"),
  ],
  [`JSON.parse('{"MYSQL_PASSWORD": hunter2}');`, new Error("text that it parses is not valid JSON")],
  [
    `try { JSON.parse('{"A": 1, "B": 2, "C": 3, "MYSQL_PASSWORD": hunter2, "D": 4, "E": 5}'); } catch (e) { throw new Error("x: " + e.message); }`,
    new Error("x: text that it parses is not valid JSON"),
  ],
  ...[
    "Array.prototype.map",
    "JSON.stringify",
    "Object.prototype.vpc",
    "String.prototype.trim",
    "Object.keys",
    "globalThis.Set",
    "Error.prepareStackTrace",
  ].map((name): [string, Error] => [
    `${name} = () => { throw new Error("mine"); };`,
    new Error(`it changes ${name}, which everything else uses as JavaScript has it`),
  ]),
  [
    "delete Array.prototype.flat;",
    new Error("it changes Array.prototype.flat, which everything else uses as JavaScript has it"),
  ],
  [
    `Object.defineProperty(Array.prototype, "0", { set() { throw new Error("mine"); }, configurable: true });`,
    new Error("it changes Array.prototype.length, which everything else uses as JavaScript has it"),
  ],
  ["throw Object.create(null);", new Error("it throws what cannot be shown")],
])("of %j is its default export, or what it throws", (text, expected) => {
  const file = join(folder, `${text.replaceAll(/\W/g, "-")}.js`);
  const { exitCode } = process;
  const here = process.cwd();
  writeFileSync(file, text);

  expect(exportOf(file)).toEqual(expected);
  expect(process.cwd()).toBe(here);
  expect(process.exitCode).toBe(exitCode);
});

it("ends no process later either, which the project may", () => {
  const file = join(folder, "later.js");
  writeFileSync(file, "exports.default = () => process.exit(0);");

  expect(exportOf(file)).toThrow("it calls process.exit");
  expect(exit).not.toHaveBeenCalled();
  process.exit(3);
  expect(exit.mock.calls).toEqual([[3]]);
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
    ["uncaughtException", null, "it throws null"],
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

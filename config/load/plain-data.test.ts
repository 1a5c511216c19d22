import { changed, mistakes, reportOn } from "../../test/client-files";
import { plainData } from "./plain-data";

const circular: Record<string, unknown> = {};
circular.self = circular;

/** More objects in each other than the stack takes calls. */
const deep = Array.from({ length: 20000 }).reduce<object>((inner) => ({ a: inner }), {});

const raising = () =>
  Object.defineProperty({}, "Team", {
    enumerable: true,
    get() {
      throw new Error("boom");
    },
  });

const trap = () => {
  throw new Error("trap");
};

/** Two ways to each level: a copy of it would have 2^30 values. */
const doubling = Array.from({ length: 30 }).reduce<object>((inner) => ({ x: inner, y: inner }), {});

describe("a client file that exports no plain data", () => {
  it.each<[string, unknown, RegExp]>([
    ["a getter that throws", raising(), /^`tags\.Team` cannot be read: boom\. Write the value itself\.$/],
    ["a proxy", new Proxy({}, { get: trap, ownKeys: trap }), /^`tags` is a Proxy\. Write a plain object\.$/],
    ["a circle", circular, /^`tags\.self` contains itself\. Write the values out\.$/],
    ["objects without end", deep, /^`tags(\.a)+` is nested more than 40 levels deep\. Flatten it\.$/],
    [
      "a list that says it has billions",
      new Array(4294967295),
      /^`tags` is a list of 4294967295, and 10000 are the most/,
    ],
    ["objects that double", doubling, /^`tags` has more than 100000 values, one in several places counted in each/],
    ["a promise", Promise.reject(new Error("late")), /^`tags` is a promise, and nothing waits for it\./],
    ["a Map", new Map(), /^`tags` is an object of a class, Map\. Write text/],
    ["a day", new Date(0), /^`tags` is an object of a class, Date\./],
    ["bytes", Buffer.from("x"), /^`tags` is an object of a class, Buffer\./],
    ["a key that is a symbol", { [Symbol("x")]: "x" }, /^`tags` has a symbol as a key\. Use text\.$/],
    ["a key __proto__", JSON.parse('{"__proto__": "x"}'), /^`tags\.__proto__` is no name, as JavaScript keeps it/],
  ])("has one mistake: %s", (_, tags, message) => {
    expect(reportOn({ example: { ...changed({}), tags } })).toEqual([
      expect.stringMatching(new RegExp(message.source.replace("^", "^clients/example\\.ts: "))),
      "",
      "1 mistake in the client files.",
    ]);
  });

  it.each([
    ["a proxy", new Proxy({}, { get: trap, getPrototypeOf: trap, ownKeys: trap }), "is a Proxy."],
    ["a promise", Promise.reject(new Error("late")), "is a promise, and nothing waits for it."],
    ["a function", () => ({}), "exports no client."],
    ["text", "client", "exports no client."],
  ])("at all has one mistake: %s", (_, input, message) => {
    expect(reportOn({ acme: input })[0]).toContain(`clients/acme.ts: ${message}`);
  });
});

describe("a client file", () => {
  it("has its lists read by their length, whatever iterates over them", () => {
    const zones = Object.assign(["eu-west-1a", "eu-west-1b"], {
      *[Symbol.iterator]() {
        for (;;) {
          yield "eu-west-1a";
        }
      },
    });

    expect(plainData({ zones })).toEqual({ data: { zones: ["eu-west-1a", "eu-west-1b"] }, problems: [] });
  });

  it("may share an object between fields, and have objects without a prototype", () => {
    const description = { description: "x" };
    const securityGroups = Object.assign(Object.create(null), { master: description, slave: description });

    expect(reportOn({ example: { ...changed({}), emr: { securityGroups } } })).toEqual([]);
  });

  it("may have undefined where a field may be absent, in free keys as well", () => {
    const configurationFiles = { extra: { varsAnalytics: { A: undefined } } };

    expect(
      reportOn({ example: { ...changed({}), ci: undefined, tags: { a: undefined }, configurationFiles } }),
    ).toEqual([]);
  });

  it("is not called as what CDKTF's objects have", () => {
    expect(mistakes({}, "constructor")).toEqual(["is no client's name, as CDKTF keeps it to itself. Rename the file."]);
  });

  it.each([
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
    [Number.NEGATIVE_INFINITY, "-Infinity"],
  ])("has its numbers named: %p", (value, shown) => {
    expect(mistakes({ "database.backupRetentionDays": value })).toEqual([
      `\`database.backupRetentionDays\` is ${shown}; a number is required. Write one, as in \`20\`.`,
    ]);
    expect(mistakes({ "configurationFiles.extra": { varsAnalytics: { A: value } } })).toEqual([
      `\`configurationFiles.extra.varsAnalytics.A\` is ${shown}; text without control characters, finite numbers, true, false, null, and lists and objects of these with keys of one line are allowed. Write one of them.`,
    ]);
  });

  it("makes no terminal obey: control characters are written out", () => {
    const report = reportOn({ "a\nb": { ...changed({}), "x\u001b[2J\u009b": 1, naming: "\u202eno\u0085" } }).join("\n");

    expect(report).toContain("clients/a\\u{a}b.ts: ");
    expect(report).toContain("`x\\u{1b}[2J\\u{9b}` is not a field");
    expect(report).toContain('`naming` is "\\u{202e}no\\u{85}"');
    expect(report).not.toMatch(/[^\P{C}\n]/u);
  });

  it("has nothing of a value's own name taken for a table's", () => {
    expect(mistakes({ "emr.roles": "constructor" })[0]).toContain('`emr.roles` is "constructor"; `{}` or');
  });
});

import { shellWord, sqlName, sqlPattern, sqlString } from "./quoting";

describe("quoting", () => {
  it.each([
    ["dashboard", "`dashboard`"],
    ["analytics-api", "`analytics-api`"],
    ["a`b", "`a``b`"],
    ["a'\"\\$", "`a'\"\\$`"],
  ])("of a database's name: %s", (name, quoted) => {
    expect(sqlName(name)).toBe(quoted);
  });

  it.each([
    ["dashboard", "`dashboard`"],
    ["under_score", "`under\\_score`"],
    ["100%", "`100\\%`"],
    ["a\\b`", "`a\\\\b```"],
  ])("of a database's name in a grant, where it would be a pattern: %s", (name, quoted) => {
    expect(sqlPattern(name)).toBe(quoted);
  });

  it.each([
    ["analytics", "'analytics'"],
    ["o'brien", "'o''brien'"],
    ["back\\slash", "'back\\\\slash'"],
  ])("of a string: %s", (text, quoted) => {
    expect(sqlString(text)).toBe(quoted);
  });

  it.each([
    ["analytics", "'analytics'"],
    ["o'brien $HOME `id`", "'o'\\''brien $HOME `id`'"],
  ])("of a word of bash: %s", (text, quoted) => {
    expect(shellWord(text)).toBe(quoted);
  });

  it("refuses control characters, a line of which could end a here-document", () => {
    for (const quote of [sqlName, sqlPattern, sqlString, shellWord]) {
      expect(() => quote("a\nSQL")).toThrow('"a\\nSQL" has a control character');
    }
  });
});

import { visible } from "./visible";

describe("what cannot be seen", () => {
  it.each([
    ["a filler of Hangul", "a\u3164b", "a\\u{3164}b"],
    ["an initial filler of Hangul", "\u115f", "\\u{115f}"],
    ["a blank of Braille", "\u2800", "\\u{2800}"],
    ["a mark that crosses out", "deny\u0336", "deny\\u{336}"],
    ["marks upon marks", "e\u0301\u0301\u0327", "\u0229\\u{301}\\u{301}"],
    ["a mark of no letter", "x\u0301", "x\\u{301}"],
    ["a sign crossed out", "=\u0338", "=\\u{338}"],
    ["a turn of direction", "\u202e", "\\u{202e}"],
    ["an escape", "\u001b[31m", "\\u{1b}[31m"],
    ["a joiner of no width", "\u200d", "\\u{200d}"],
  ])("is written as its code point: %s", (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each(["Söhne", "Ünïcode", "हिन्दी", "日本語", "é", "한국어", "a b"])("is none of %s", (text) => {
    expect(visible(text)).toBe(text);
  });

  it("is no mark that a path of macOS has apart from its letter", () => {
    expect(visible("/Users/Jose\u0301/So\u0308hne")).toBe("/Users/Jos\u00e9/S\u00f6hne");
    expect(visible("e\u0302\u0301 \u304b\u3099")).toBe("\u1ebf \u304c");
  });

  it("keeps letters that look like others: the sign of Kelvin, and what Unicode composes to a backtick", () => {
    expect(visible("\u212a\u1fef")).toBe("\u212a\u1fef");
  });
});

import { visible } from "./visible";

describe("what cannot be seen", () => {
  it.each([
    ["a filler of Hangul", "a\u3164b", "a\\u{3164}b"],
    ["an initial filler of Hangul", "\u115f", "\\u{115f}"],
    ["a blank of Braille", "\u2800", "\\u{2800}"],
    ["a mark that crosses out", "deny\u0336", "deny\\u{336}"],
    ["a turn of direction", "\u202e", "\\u{202e}"],
    ["an escape", "\u001b[31m", "\\u{1b}[31m"],
    ["a joiner of no width", "\u200d", "\\u{200d}"],
  ])("is written as its code point: %s", (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each(["Söhne", "Ünïcode", "हिन्दी", "日本語", "é", "한국어", "a b"])("is none of %s", (text) => {
    expect(visible(text)).toBe(text);
  });
});

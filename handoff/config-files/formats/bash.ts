import { Expression, Missing, Secret, type Value } from "../value";
import { type Format, FormatError, keysOf } from "./format";

/** The text after `=` in a line that was added by hand: it is kept as it is, and not parsed. */
class Verbatim extends Expression {}

const assignment = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/;

/** A word in double quotes as we write it: nothing is special in it but `${NAME}`. */
const ourWord = /^"((?:[^"\\$`]|\\["\\$`]|\$\{\w+\})*)"$/;

/** An environment that bash sources: one exported variable a line. */
export const bashFormat: Format = {
  write(values, header, groups) {
    return [
      ...header.map((line) => `# ${line}`),
      ...groups.flatMap((group) => {
        const lines = keysOf(values, group).map((key) => `export ${key}=${word(values[key] as Value)}`);
        return lines.length === 0 ? [] : ["", `# ${group.title}`, ...lines];
      }),
      "",
    ].join("\n");
  },

  read(text) {
    const values = new Map<string, Value>();
    for (const [index, line] of text.split("\n").entries()) {
      if (/^\s*(#.*)?$/.test(line)) {
        continue;
      }
      const [, name, rest = ""] = assignment.exec(line) ?? [];
      if (name === undefined || !/^("([^"\\]|\\.)*"|'[^']*'|[^"'\\]|\\.)*$/.test(rest)) {
        throw new FormatError(
          `line ${index + 1} is no assignment of one line, which alone can be kept: write NAME=value, or take the line out`,
        );
      }
      values.set(name, readWord(rest));
    }
    return Object.fromEntries(values);
  },
};

function word(value: Value): string {
  if (value instanceof Verbatim) {
    return value.text;
  }
  if (value instanceof Expression) {
    return `"${value.text
      .split(/(\$\{\w+\})/)
      .map((part, index) => (index % 2 === 1 ? part : escaped(part)))
      .join("")}"`;
  }
  if (value instanceof Missing) {
    return `"${escaped(value.placeholder)}"`;
  }
  return `"${escaped(value instanceof Secret ? value.text : String(value))}"`;
}

/** Text in double quotes; an interactive bash alone would also take `!`, and none sources this file. */
function escaped(text: string): string {
  if (/\p{Cc}/u.test(text)) {
    throw new FormatError("bash's environment takes one line without control characters");
  }
  return text.replaceAll(/["\\$`]/g, "\\$&");
}

function readWord(rest: string): Value {
  const [, text] = ourWord.exec(rest.trim()) ?? [];
  if (text === undefined) {
    return new Verbatim(rest);
  }
  const unescaped = text.replaceAll(/\\(["\\$`])/g, "$1");
  return /(?<!\\)\$\{/.test(text) ? new Expression(unescaped) : unescaped;
}

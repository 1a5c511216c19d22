import { Expression, Missing, Secret, type Value } from "../value";
import { type Block, type Format, FormatError, joined, keysOf, withComments } from "./format";

/** What a word is made of that ends on its line, and has nothing behind it. */
const parts = [
  String.raw`"(?:[^"\\]|\\.)*"`,
  "'[^']*'",
  String.raw`\$\([^()"'\\]*\)`,
  String.raw`\\.`,
  String.raw`[^\s"'\\;&|<>()]`,
];

const assignment = new RegExp(String.raw`^\s*(?:export\s+)?([A-Za-z_]\w*)=((?:${parts.join("|")})*)\s*(?:\s#.*)?$`);

/** A command that begins nothing. */
const command = /^\s*(?:\.|source|export|unset|umask)\s[^="'\\;&|<>(){}]*$/;

/** A word in double quotes as it is written here: nothing is special in it but `${NAME}`. */
const ownWord = /^"((?:[^"\\$`]|\\["\\$`]|\$\{\w+\})*)"$/;

const sourced = /^if \[ -e \S+ \]; then \. \S+; fi$/;

/**
 * The line that sources another file, where there is one.
 * @param file a path that needs no quotes
 */
export function sourcing(file: string): string {
  return `if [ -e ${file} ]; then . ${file}; fi\n`;
}

/** An environment that bash sources: one exported variable a line. */
export const bashFormat: Format = {
  write(values, header, groups, added = []) {
    return [
      ...header.map((line) => `# ${line}`),
      ...groups.flatMap((group) => {
        const lines = keysOf(values, group).map((key) => `export ${key}=${word(values[key] as Value)}`);
        return lines.length === 0 ? [] : ["", `# ${group.title}`, ...lines];
      }),
      ...(added.length === 0 ? [] : ["", joined(added).trimEnd()]),
      "",
    ].join("\n");
  },

  entries(text) {
    const blocks: Block[] = [];
    let start = 0;
    for (const [index, line] of text.split("\n").entries()) {
      const end = Math.min(start + line.length + 1, text.length);
      const [, name, value = ""] = assignment.exec(line) ?? [];
      if (name !== undefined) {
        blocks.push({ path: [name], value: read(value), start, end });
      } else if (command.test(line)) {
        blocks.push({ path: [], value: null, start, end });
      } else if (!/^\s*(#.*)?$/.test(line) && !sourced.test(line)) {
        throw new FormatError(
          `line ${index + 1} is neither an assignment nor a command of one line: the file cannot be taken apart there`,
        );
      }
      start = end;
    }
    return withComments(text, blocks);
  },
};

function word(value: Value): string {
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

function read(text: string): string {
  const [, own] = ownWord.exec(text) ?? [];
  return own?.replaceAll(/\\(["\\$`])/g, "$1") ?? (/^'[^']*'$/.test(text) ? text.slice(1, -1) : text);
}

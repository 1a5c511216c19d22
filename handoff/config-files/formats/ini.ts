import { isValues, Missing, Secret, type Value, type Values } from "../value";
import { type Block, type Entry, ended, type Format, FormatError, joined, keysOf, withComments } from "./format";

/**
 * Sections of Python 2's ConfigParser, which all releases of the pipeline run on: keys are in lower case, `%(name)s` is
 * evaluated, and any other `%` is one.
 */
export const iniFormat: Format = {
  write(values, header, groups, added = []) {
    const isOf = (name: string) => (entry: Entry) => entry.path[0] === name;
    const rest = added.filter(({ path: [name = ""] }) => !Object.hasOwn(values, name));
    return [
      ...header.map((line) => `# ${line}`),
      ...groups.flatMap((group) => {
        const sections = keysOf(values, group).flatMap((name) =>
          section(name, values[name] as Values, added.filter(isOf(name))),
        );
        return sections.length === 0 ? [] : ["", `# ${group.title}`, ...sections.slice(1)];
      }),
      ...(rest.length === 0 ? [] : ["", joined(rest).trimEnd()]),
      "",
    ].join("\n");
  },

  entries(text) {
    const blocks: Block[] = [];
    let section: string | undefined;
    let start = 0;
    for (const [index, line] of text.split("\n").entries()) {
      const end = Math.min(start + line.length + 1, text.length);
      const [, name] = /^\[([^\]]+)\]/.exec(line) ?? [];
      const [, key, value = ""] = /^([^\s=:][^=:]*)[=:]([^\n]*)$/.exec(line) ?? [];
      const last = blocks.at(-1);
      if (name !== undefined) {
        section = name;
        blocks.push({ path: [name], value: null, start, end });
      } else if (/^\s+\S/.test(line) && last?.path.length === 2) {
        blocks[blocks.length - 1] = { ...last, value: `${last.value}\n${line.trim()}`, end };
      } else if (section !== undefined && key !== undefined && !/^[#;]/.test(line)) {
        blocks.push({
          path: [section, key.trimEnd().toLowerCase()],
          value: value.replace(/\s;.*/s, "").trim(),
          start,
          end,
        });
      } else if (!/^\s*([#;].*)?$/.test(line)) {
        throw new FormatError(`line ${index + 1} is neither [section] nor key = value`);
      }
      start = end;
    }
    return withComments(text, blocks, ({ path }) => path.length === 1);
  },
};

function section(name: string, keys: Values, added: readonly Entry[]): string[] {
  return [
    "",
    `[${name}]`,
    ...Object.entries(keys).map(([key, value]) => `${key} = ${toIni(value as Value)}`),
    ...added.map(({ text }) => ended(text).slice(0, -1)),
  ];
}

function toIni(value: Value): string {
  const text =
    value instanceof Secret ? value.text : value instanceof Missing ? value.placeholder : String(value as string);
  // ConfigParser strips lines, and Python 2's ends a value at a blank and a semicolon.
  if (Array.isArray(value) || isValues(value) || /[^\P{Cc}\n]|^\s|\s$|\n[ #;]|\n\n|\s;/u.test(text)) {
    throw new FormatError("ConfigParser takes text without control characters, outer blanks and a blank before ;");
  }
  // Further lines of a value are indented.
  return text.replaceAll("\n", "\n    ");
}

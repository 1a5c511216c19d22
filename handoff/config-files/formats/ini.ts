import { absent, Expression, isValues, Missing, Secret, type Value, type Values } from "../value";
import { type Format, FormatError, keysOf } from "./format";

/** Python's ConfigParser looks into these: https://docs.python.org/3/library/configparser.html#interpolation-of-values. */
const interpolation = /%\([^)]*\)s/;

/** Sections of Python's ConfigParser, where a `%` is written twice and keys are in lower case. */
export const iniFormat: Format = {
  write(values, header, groups) {
    return [
      ...header.map((line) => `# ${line}`),
      ...groups.flatMap((group) => {
        const sections = keysOf(values, group).flatMap((name) => section(name, values[name] as Values));
        return sections.length === 0 ? [] : ["", `# ${group.title}`, ...sections.slice(1)];
      }),
      "",
    ].join("\n");
  },

  read(text) {
    const sections = new Map<string, Map<string, string[]>>();
    let section: Map<string, string[]> | undefined;
    let lines: string[] | undefined;
    for (const [index, line] of text.split("\n").entries()) {
      if (/^\s*([#;].*)?$/.test(line)) {
        continue;
      }
      const [, name] = /^\[([^\]]+)\]\s*$/.exec(line) ?? [];
      const [, key, value = ""] = /^([^\s=:][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
      if (name !== undefined) {
        section = sections.get(name) ?? new Map();
        sections.set(name, section);
        lines = undefined;
      } else if (/^\s/.test(line) && lines) {
        lines.push(line.trim());
      } else if (section && key !== undefined) {
        lines = [value];
        section.set(key.toLowerCase(), lines);
      } else {
        throw new FormatError(`line ${index + 1} is neither [section] nor key = value`);
      }
    }
    return Object.fromEntries(
      [...sections].map(([name, keys]) => [
        name,
        Object.fromEntries([...keys].map(([key, parts]) => [key, fromIni(parts.join("\n"))])),
      ]),
    );
  },
};

function section(name: string, keys: Values): string[] {
  return [
    "",
    `[${name}]`,
    ...Object.entries(keys).flatMap(([key, value]) => (value === absent ? [] : [`${key} = ${toIni(value as Value)}`])),
  ];
}

function toIni(value: Value): string {
  if (value instanceof Expression) {
    return indented(value.text);
  }
  const text =
    value instanceof Secret ? value.text : value instanceof Missing ? value.placeholder : String(value as string);
  // ConfigParser strips lines, and Python 2's ends a value at a blank and a semicolon.
  if (Array.isArray(value) || isValues(value) || /[^\P{Cc}\n]|^\s|\s$|\n[ #;]|\n\n|\s;/u.test(text)) {
    throw new FormatError("ConfigParser takes text without control characters, outer blanks and a blank before ;");
  }
  return indented(text.replaceAll("%", "%%"));
}

/** Further lines of a value are indented. */
function indented(text: string): string {
  return text.replaceAll("\n", "\n    ");
}

function fromIni(text: string): Value {
  return interpolation.test(text) ? new Expression(text) : text.replaceAll("%%", "%");
}

import { aligned } from "./alignment";
import { layOut, lineWidth, type Place } from "./expression";
import { partsOf, wholeExpression } from "./template";

/** A value as Terraform's JSON form has it: every string is a template. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** HCL that is written as it is, such as a reference to a variable. */
export class Raw {
  constructor(readonly source: string) {}
}

/** A value to be written, in which expressions may stand besides what JSON has. */
export type Value = null | boolean | number | string | Raw | readonly Value[] | { readonly [key: string]: Value };

/** An attribute of a body or an item of an object: its name as it is written, and its value. */
export interface Assignment {
  readonly name: string;
  readonly value: Value;
}

/**
 * A value as HCL.
 * @param place where it begins
 * @returns lines joined by newlines; the later ones are indented relative to the first one's indentation, but for the
 *   text of a heredoc, which is marked with `heredocMargin` where it must stay at the margin
 */
export function written(value: Value, place: Place): string {
  if (value instanceof Raw) {
    return value.source;
  }
  if (typeof value === "string") {
    return writtenTemplate(value, place);
  }
  if (isList(value)) {
    return writtenList(value, place);
  }
  if (isObject(value)) {
    return writtenObject(value, place);
  }
  return JSON.stringify(value);
}

/** Why a value cannot be written; undefined where it can. */
export function problemOf(value: Value): string | undefined {
  try {
    written(value, { indentation: 0, lead: 0 });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Assignments below each other, their equals signs in one column as `terraform fmt` puts them. */
export function alignedAssignments(assignments: readonly Assignment[], indentation: number): string[] {
  const items = assignments.map(({ name, value }) => ({
    name,
    text: written(value, { indentation, lead: name.length + 3 }),
  }));
  return aligned(items);
}

/** What keeps a line of a heredoc at the margin while everything around it is indented. */
export const heredocMargin = "\u0000";

function writtenTemplate(template: string, place: Place): string {
  const expression = wholeExpression(template);
  if (expression !== undefined) {
    return layOut(expression, place);
  }
  return heredoc(template) ?? quoted(template);
}

/** Text of several lines; undefined where a heredoc would not hold it as it is, to the last newline. */
function heredoc(template: string): string | undefined {
  const lines = template.split("\n");
  const isText = template.endsWith("\n") && lines.length > 2 && !unprintable.test(template.replaceAll("\n", ""));
  if (!isText || partsOf(template).some(({ kind, source }) => kind !== "text" && source.includes("\n"))) {
    return undefined;
  }
  const body = lines.slice(0, -1);
  let marker = "EOT";
  while (body.some((line) => line.trim() === marker)) {
    marker += "_";
  }
  // `<<-` takes away what all lines are indented by, which has to be our indentation alone.
  return body.every((line) => /^[^\s$%]/.test(line))
    ? [`<<-${marker}`, ...body.map((line) => `  ${line}`), marker].join("\n")
    : [`<<${marker}`, ...body.map((line) => `${heredocMargin}${line}`), `${heredocMargin}${marker}`].join("\n");
}

/** Characters that are escaped, as they are not readable in a file: controls, byte order marks, separators of lines. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** A template in quotes; what is inside its sequences stays as it is. */
function quoted(template: string): string {
  // In the JSON form Terraform drops a byte order mark at a template's beginning.
  const inside = partsOf(template.replace(/^\ufeff/, "")).map(({ kind, source }) =>
    kind === "text" ? quotedText(source) : source,
  );
  return `"${inside.join("")}"`;
}

function quotedText(text: string): string {
  return text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replaceAll(new RegExp(unprintable, "gu"), (character) => {
      const code = (character.codePointAt(0) as number).toString(16);
      return code.length <= 4 ? `\\u${code.padStart(4, "0")}` : `\\U${code.padStart(8, "0")}`;
    });
}

function writtenList(list: readonly Value[], { indentation, lead }: Place): string {
  const simple = list.every((item) => item instanceof Raw || typeof item !== "object" || item === null);
  const items = list.map((item) => writtenItem(item, indentation + 2));
  const line = `[${items.join(", ")}]`;
  if (list.length === 0 || (simple && !line.includes("\n") && indentation + lead + line.length <= lineWidth)) {
    return line;
  }
  return ["[", ...items.map((item) => indented(`${item},`)), "]"].join("\n");
}

/** An item of a list: text of several lines is quoted, as a comma has to follow. */
function writtenItem(item: Value, indentation: number): string {
  return typeof item === "string" && wholeExpression(item) === undefined
    ? quoted(item)
    : written(item, { indentation, lead: 0 });
}

function writtenObject(object: { readonly [key: string]: Value }, { indentation }: Place): string {
  const assignments = Object.entries(object).map(([key, value]) => ({ name: writtenKey(key), value }));
  return assignments.length === 0
    ? "{}"
    : ["{", ...alignedAssignments(assignments, indentation + 2).map(indented), "}"].join("\n");
}

const keywords = ["for", "null", "true", "false"];

function writtenKey(key: string): string {
  if (/^[A-Za-z_][\w-]*$/.test(key) && !keywords.includes(key)) {
    return key;
  }
  const expression = wholeExpression(key);
  return expression === undefined ? quoted(key) : `(${layOut(expression, { indentation: 0, lead: 0 })})`;
}

/** Two columns further in, but for the lines of a heredoc that stay at the margin. */
export function indented(text: string): string {
  return text.replaceAll(new RegExp(`^(?!${heredocMargin}|$)`, "gm"), "  ");
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether a value is an object of HCL, which becomes a block's body or is written in braces. */
export function isObject(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Raw);
}

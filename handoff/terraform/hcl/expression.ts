import { aligned, type Item } from "./alignment";
import { endOfString } from "./template";

/** Longest line that an expression is written on; a longer one is broken at its brackets and operators. */
export const lineWidth = 110;

/** Where something is written, in columns. */
export interface Place {
  /** What its line is indented by. */
  readonly indentation: number;
  /** What stands before it on its line, the indentation left out. */
  readonly lead: number;
}

/** An expression in pieces: text without brackets, quoted strings among it, and groups. */
type Piece = string | Group;

interface Group {
  readonly open: "(" | "[" | "{";
  /** What stands between its commas. */
  readonly items: readonly (readonly Piece[])[];
}

const closing = { "(": ")", "[": "]", "{": "}" } as const;

/**
 * An expression as `terraform fmt` leaves it, broken into lines where it would be too long.
 * @param source the expression in `${ … }`
 * @param place where its first line begins
 * @returns lines joined by newlines, the later ones indented relative to the first one's indentation
 */
export function layOut(source: string, { indentation, lead }: Place): string {
  const pieces = read(source);
  const line = flat(pieces);
  if (indentation + lead + line.length <= lineWidth) {
    return line;
  }
  if (split(pieces, operators).length > 1) {
    // Only within brackets does a line end without ending the expression.
    return inParentheses(pieces, indentation);
  }
  return broken(pieces, indentation, lead) ?? line;
}

const operators = /\s(?:\?|:|&&|\|\|)\s/;

function inParentheses(pieces: readonly Piece[], indentation: number): string {
  return ["(", indented(layOutWithin(pieces, indentation + 2)), ")"].join("\n");
}

/** Lines of an expression that stands within brackets, at the beginning of a line. */
function layOutWithin(pieces: readonly Piece[], indentation: number): string {
  const line = flat(pieces);
  if (indentation + line.length <= lineWidth) {
    return line;
  }
  const operands = split(pieces, operators);
  return operands.length > 1
    ? operands.map((operand) => layOutWithin(operand, indentation)).join("\n")
    : (broken(pieces, indentation, 0) ?? line);
}

/** The last group's items on lines of their own; undefined where there is no group. */
function broken(pieces: readonly Piece[], indentation: number, lead: number): string | undefined {
  const last = pieces.findLastIndex((piece) => isGroup(piece) && piece.items.length > 0);
  if (last < 0) {
    return undefined;
  }
  const group = pieces[last] as Group;
  const before = flat(pieces.slice(0, last));
  const after = flat(pieces.slice(last + 1));
  if (group.open === "(" && !/\w$/.test(before)) {
    // No call's: it has one expression, behind which there is no comma.
    return `${before}${inParentheses(group.items[0] as readonly Piece[], indentation)}${after}`;
  }
  return `${before}${brokenGroup(group, indentation, lead + before.length)}${after}`;
}

function brokenGroup({ open, items }: Group, indentation: number, lead: number): string {
  const final = items.at(-1) as readonly Piece[];
  const others = items.slice(0, -1).map(flat).join(", ");
  const first = others === "" ? "(" : `(${others}, `;
  // As in `jsonencode(merge(a, {`: the last argument opens on the line of the call, and closes on the call's last one.
  // Not behind an object, whose equals sign `terraform fmt` would take for the line's.
  const opens = isGroup(final.at(-1)) && !first.includes("{") && indentation + lead + first.length < lineWidth;
  if (open === "(" && opens) {
    return `${first}${broken(final, indentation, lead + first.length)})`;
  }
  if (open !== "(" && /^for\s/.test(flat(items[0] as readonly Piece[]))) {
    const loop = items.flatMap((item, index) => (index === 0 ? item : [", ", ...item]));
    return [open, ...split(loop, /\s:\s/, 2).map((line) => indented(flat(line))), closing[open]].join("\n");
  }
  const lines =
    open === "{"
      ? aligned(items.map((item) => assignment(item, indentation + 2)))
      : items.map((item) => `${layOutWithin(item, indentation + 2)},`);
  return [open, ...lines.map(indented), closing[open]].join("\n");
}

/** An item of an object. */
function assignment(pieces: readonly Piece[], indentation: number): Item {
  const [key = [], value = []] = split(pieces, /\s?(?<![=!<>])=(?![=>])\s?/, 2);
  const name = flat(key).replace(/\s?=$/, "");
  return { name, text: layOutWithin(value, indentation + name.length + 3) };
}

/** An expression on one line, with the blanks that `terraform fmt` puts inside braces. */
function flat(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => {
      if (typeof piece === "string") {
        return piece;
      }
      const inside = piece.items.map(flat).join(", ");
      return piece.open === "{" && inside !== "" ? `{ ${inside} }` : `${piece.open}${inside}${closing[piece.open]}`;
    })
    .join("");
}

/** Pieces between the places where an operator stands outside of groups; the operator stays at the end of a line. */
function split(pieces: readonly Piece[], operator: RegExp, most = Number.POSITIVE_INFINITY): Piece[][] {
  const operands: Piece[][] = [[]];
  for (const piece of pieces) {
    if (typeof piece !== "string" || piece.startsWith('"')) {
      operands.at(-1)?.push(piece);
      continue;
    }
    let rest = piece;
    for (let found = operator.exec(rest); found !== null && operands.length < most; found = operator.exec(rest)) {
      const end = found.index + found[0].length;
      operands.at(-1)?.push(rest.slice(0, end).trimEnd());
      operands.push([]);
      rest = rest.slice(end);
    }
    if (rest !== "") {
      operands.at(-1)?.push(rest);
    }
  }
  return operands;
}

function isGroup(piece: Piece | undefined): piece is Group {
  return typeof piece === "object";
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, "  ");
}

function read(source: string): Piece[] {
  if (hasCommentOrHeredoc(source)) {
    throw new Error("has a comment or a heredoc inside `${ … }`; put the text into a local");
  }
  const reader = { position: 0 };
  const [pieces = []] = items(source.trim(), reader, undefined);
  return pieces;
}

/** Whether blanks mean something outside of quoted strings. */
function hasCommentOrHeredoc(source: string): boolean {
  let position = 0;
  while (position < source.length) {
    if (source[position] === '"') {
      position = endOfString(source, position);
    } else if (/^(#|\/\/|\/\*|<<)/.test(source.slice(position, position + 2))) {
      return true;
    } else {
      position += 1;
    }
  }
  return false;
}

/** The items up to a closing bracket; of the whole source, which is no list, one. */
function items(source: string, reader: { position: number }, close: string | undefined): Piece[][] {
  const found: Piece[][] = [[]];
  let text = "";
  const add = (piece?: Piece) => {
    if (text !== "") {
      found.at(-1)?.push(text);
      text = "";
    }
    if (piece !== undefined) {
      found.at(-1)?.push(piece);
    }
  };
  while (reader.position < source.length && source[reader.position] !== close) {
    const character = source[reader.position] as string;
    if (character === '"') {
      const end = endOfString(source, reader.position);
      add(source.slice(reader.position, end));
      reader.position = end;
      continue;
    }
    reader.position += 1;
    if (character === "(" || character === "[" || character === "{") {
      const inner = items(source, reader, closing[character]);
      reader.position += 1;
      add({ open: character, items: inner });
    } else if (close !== undefined && (character === "," || (character === "\n" && close === "}"))) {
      add();
      found.push([]);
    } else {
      text += /\s/.test(character) ? (text.endsWith(" ") ? "" : " ") : character;
    }
  }
  add();
  return found.map(trimmed).filter((item) => close === undefined || item.length > 0);
}

function trimmed(pieces: readonly Piece[]): Piece[] {
  return pieces
    .map((piece, index) => {
      if (typeof piece !== "string" || piece.startsWith('"')) {
        return piece;
      }
      const start = index === 0 ? piece.trimStart() : piece;
      return index === pieces.length - 1 ? start.trimEnd() : start;
    })
    .filter((piece) => piece !== "");
}

/** A stretch of a Terraform template: text as it is written, escapes such as `$${` among it, or a sequence. */
export interface Part {
  /** `interpolation` is `${ … }`, `directive` is `%{ … }`, both with their marks. */
  readonly kind: "text" | "interpolation" | "directive";
  readonly source: string;
}

/**
 * Takes a template apart as Terraform's own scanner does.
 * @throws Error where a sequence has no end
 */
export function partsOf(template: string): Part[] {
  const parts: Part[] = [];
  let text = "";
  let position = 0;
  while (position < template.length) {
    const mark = template.slice(position, position + 2);
    // `$${` and `%%{` are text, and so are longer runs of these characters.
    if ((mark === "${" || mark === "%{") && template[position - 1] !== mark[0]) {
      const end = endOfSequence(template, position + 2);
      if (text !== "") {
        parts.push({ kind: "text", source: text });
        text = "";
      }
      parts.push({
        kind: mark === "${" ? "interpolation" : "directive",
        source: template.slice(position, end),
      });
      position = end;
    } else {
      text += template[position];
      position += 1;
    }
  }
  return text === "" ? parts : [...parts, { kind: "text", source: text }];
}

/** The expression that a template is nothing but; undefined for every other template. */
export function wholeExpression(template: string): string | undefined {
  const [part, ...others] = partsOf(template);
  if (part?.kind !== "interpolation" || others.length > 0) {
    return undefined;
  }
  const expression = part.source.slice(2, -1).trim();
  // `${~ … ~}` is rare, and says something about the text around it.
  return expression.startsWith("~") || expression.endsWith("~") ? undefined : expression;
}

/** Literal text in a template. */
export function escaped(text: string): string {
  return text.replaceAll(/([$%])\{/g, "$1$1{");
}

/** The text that `escaped` was given. */
export function unescaped(template: string): string {
  return template.replaceAll(/([$%])\1\{/g, "$1{");
}

/** The position behind the quoted string that begins at `start`, with whatever is nested in it. */
export function endOfString(source: string, start: number): number {
  let position = start + 1;
  while (position < source.length) {
    const character = source[position] as string;
    if (character === '"') {
      return position + 1;
    }
    if (character === "\\") {
      position += 2;
    } else if ((character === "$" || character === "%") && source[position + 1] === "{") {
      position =
        source[position - 1] === character && position - 1 > start ? position + 2 : endOfSequence(source, position + 2);
    } else {
      position += 1;
    }
  }
  throw new Error("has a quoted string without its end inside `${ … }`");
}

/** The position behind the brace that closes a sequence whose contents begin at `start`. */
function endOfSequence(template: string, start: number): number {
  let depth = 1;
  let position = start;
  while (position < template.length) {
    const character = template[position];
    if (character === '"') {
      position = endOfString(template, position);
      continue;
    }
    depth += character === "{" ? 1 : character === "}" ? -1 : 0;
    position += 1;
    if (depth === 0) {
      return position;
    }
  }
  throw new Error("has a `${` or `%{` without its closing brace; write `$${` or `%%{` for the characters themselves");
}

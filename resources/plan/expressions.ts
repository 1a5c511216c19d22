/** What forms of expressions have in them in the place of names, texts and numbers. */
const placeholders: Readonly<Record<string, string>> = {
  name: "[\\w-]+",
  text: '[^"\\\\$%{}]*',
  texts: '(?:"[^"\\\\$%{}]*",?)*',
  number: "\\d+",
  reference: "(?:data\\.)?aws_\\w+\\.[\\w-]+\\.\\w+",
};

const steps = "(?:\\.[\\w-]+|\\[\\d+\\])*";
const reference = new RegExp(
  `^(?:(?:data\\.|ephemeral\\.)?[a-z][a-z0-9]*_\\w+\\.[\\w-]+|(?:var|local)\\.[\\w-]+)${steps}$`,
);

/** Terraform's expressions in a text, without their braces. A directive, or one that has no end, comes with its beginning. */
export function expressionsIn(text: string): string[] {
  const found: string[] = [];
  const opening = /(\$+|%+)\{/g;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const [start, signs = ""] = match;
    // Two signs stand for one, and begin nothing.
    if (signs.length === 2) {
      continue;
    }
    const end = endOf(text, opening.lastIndex);
    found.push(
      text.slice(start === "${" && end !== -1 ? opening.lastIndex : match.index, end === -1 ? undefined : end),
    );
    opening.lastIndex = end === -1 ? text.length : end;
  }
  return found;
}

/** Where the brace before a place is closed; of braces in texts too, which no form has. */
function endOf(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at += 1) {
    depth += text[at] === "{" ? 1 : text[at] === "}" ? -1 : 0;
    if (depth === 0) {
      return at;
    }
  }
  return -1;
}

/** Whether an expression does nothing but to refer to something of the configuration. */
export function isReference(expression: string): boolean {
  return reference.test(expression);
}

/** Whether an expression has one of the forms that stacks write. */
export function hasForm(expression: string, forms: readonly string[]): boolean {
  return forms.some((form) => patternOf(form).test(expression));
}

const patterns = new Map<string, RegExp>();

function patternOf(form: string): RegExp {
  const known = patterns.get(form);
  if (known !== undefined) {
    return known;
  }
  const parts = form.split(/<(\w+)>/);
  const pattern = new RegExp(
    `^${parts.map((part, index) => (index % 2 === 0 ? part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&") : placeholders[part])).join("")}$`,
  );
  patterns.set(form, pattern);
  return pattern;
}

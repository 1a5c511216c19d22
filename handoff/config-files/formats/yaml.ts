import {
  Document,
  isMap,
  isScalar,
  type Pair,
  type ParsedNode,
  parseDocument,
  type Range,
  Scalar,
  type ScalarTag,
  type YAMLMap,
} from "yaml";
import { Expression, isValues, Missing, Secret, type Value } from "../value";
import { type Block, type Format, FormatError, joined, keysOf, place, type Read, withComments } from "./format";

/** Ansible evaluates text between these, wherever it stands in a file of variables. */
const jinja = /\{[{%#]/;

/** A text that Ansible takes as it is: https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_advanced_syntax.html. */
class Unsafe {
  constructor(readonly text: string) {}
}

const unsafeTag: ScalarTag = {
  tag: "!unsafe",
  identify: (value) => value instanceof Unsafe,
  resolve: (text) => new Unsafe(text),
  // JSON's strings are YAML's in double quotes.
  stringify: ({ value }) => JSON.stringify((value as Unsafe).text),
};

/** The words that YAML 1.1 has, unless they are quoted; all else is compared as the text that it is. */
const words: ScalarTag[] = [
  { tag: "tag:yaml.org,2002:bool", default: true, test: /^(?:true|yes|on)$/i, resolve: () => true },
  { tag: "tag:yaml.org,2002:bool", default: true, test: /^(?:false|no|off)$/i, resolve: () => false },
  { tag: "tag:yaml.org,2002:null", default: true, test: /^(?:null|~)?$/i, resolve: () => null },
];

/** What PyYAML refuses, or takes for the end of a line, also between quotes. */
const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff]|\p{Cs}/u;

/**
 * Variables as Ansible reads them, with PyYAML, which is a reader of YAML 1.1: there `yes` is true, 0777 is octal and
 * 12:30 a number of base 60. So every text is quoted.
 */
export const yamlFormat: Format = {
  write(values, header, groups, added = []) {
    const document = new Document({}, { version: "1.1", customTags: [unsafeTag] });
    const map = document.contents as unknown as YAMLMap;
    for (const group of groups) {
      for (const [index, key] of keysOf(values, group).entries()) {
        const pair = document.createPair(key, toYaml(values[key] as Value));
        if (index === 0) {
          const node = document.createNode(key) as Scalar;
          node.commentBefore = ` ${group.title}`;
          node.spaceBefore = true;
          pair.key = node;
        }
        map.add(pair);
      }
    }
    const text = document.toString({ lineWidth: 0, defaultStringType: "QUOTE_SINGLE", defaultKeyType: "PLAIN" });
    const rest = added.length === 0 ? "" : `\n${joined(added)}`;
    return `---\n${header.map((line) => `# ${line}\n`).join("")}\n${text.replace(/^%YAML 1\.1\n---\n/, "").trimStart()}${rest}`;
  },

  entries(text) {
    const document = parsed(text);
    const [problem] = document.errors;
    if (problem) {
      const [start = { line: 1, col: 1 }] = problem.linePos ?? [];
      // The parser's own message quotes the line.
      throw new FormatError(`it is no YAML (${problem.code})${place(start.line, start.col)}`);
    }
    const { contents } = document;
    if (isEmptyMap(contents)) {
      return withComments(withoutEmptyMap(text), []);
    }
    if (contents === null || (isScalar(contents) && contents.source === "")) {
      return withComments(text, []);
    }
    if (!isMap(contents) || contents.flow) {
      throw new FormatError("no variables with values are in it, each on a line of its own");
    }
    return withComments(
      text,
      contents.items.map((pair) => block(text, pair, document)),
    );
  },

  appendable: (text) => (isEmptyMap(parsed(text).contents) ? withoutEmptyMap(text) : text),
};

function parsed(text: string): Document.Parsed {
  return parseDocument(text, {
    schema: "failsafe",
    customTags: words,
    uniqueKeys: false,
    logLevel: "error",
    prettyErrors: true,
  });
}

/** The file without variables that Ansible takes, and RUN.md makes: `{}`. */
function isEmptyMap(contents: Document.Parsed["contents"]): boolean {
  return isMap(contents) && contents.flow === true && contents.items.length === 0;
}

function withoutEmptyMap(text: string): string {
  return text.replace(/^\{\s*\}[ \t]*\n?/m, "");
}

/** A variable with its value, from the beginning of its line to the end of the last one. */
function block(text: string, { key, value }: Pair, document: Document.Parsed): Block {
  const start = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
  if (!isScalar(key) || (start > 0 && text[start - 1] !== "\n" && text.slice(0, start) !== "\ufeff")) {
    throw new FormatError("a variable does not begin at the beginning of its line");
  }
  const last = (value as ParsedNode | null)?.range[1] ?? (key.range as Range)[1];
  const lineEnd = text[last - 1] === "\n" ? last - 1 : last;
  // Comments that are indented belong to what is above them.
  const [rest] = /^[^\n]*\n?(?:[ \t]+#[^\n]*\n?)*/.exec(text.slice(lineEnd)) as RegExpExecArray;
  return {
    path: [key.source ?? ""],
    value: javaScriptOf(value as ParsedNode | null, document),
    start,
    end: lineEnd + rest.length,
  };
}

/** The parser resolves aliases at last, and names them in its errors. */
function javaScriptOf(value: ParsedNode | null, document: Document.Parsed): Read {
  try {
    return value?.toJS(document, { maxAliasCount: 100 }) ?? null;
  } catch {
    throw new FormatError("an alias (`*name`) in it cannot be resolved: write out what it stands for");
  }
}

function toYaml(value: Value): unknown {
  if (value instanceof Expression) {
    const scalar = new Scalar(value.text);
    // Jinja's own quotes are mostly single.
    scalar.type = value.text.includes("'") ? "QUOTE_DOUBLE" : "QUOTE_SINGLE";
    return scalar;
  }
  if (value instanceof Secret) {
    return toYaml(value.text);
  }
  if (value instanceof Missing) {
    return value.placeholder;
  }
  if (typeof value === "string") {
    if (unprintable.test(value)) {
      throw new FormatError("YAML 1.1 has no form for a text with control characters or Unicode's line separators");
    }
    if (jinja.test(value)) {
      return new Unsafe(value);
    }
    if (value.includes("\n")) {
      const block = new Scalar(value);
      block.type = "BLOCK_LITERAL";
      return block;
    }
    return value;
  }
  if (Array.isArray(value)) {
    return value.map(toYaml);
  }
  return isValues(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toYaml(inner as Value)]))
    : value;
}

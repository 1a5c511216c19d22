import { Document, type ParsedNode, parseDocument, Scalar, type ScalarTag, type YAMLMap } from "yaml";
import { absent, Expression, isValues, Missing, Secret, type Value } from "../value";
import { type Format, FormatError, keysOf, place } from "./format";

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

/** What PyYAML refuses, or takes for the end of a line, also between quotes. */
const unprintable = /[\u007f-\u009f\u2028\u2029\ufeff]|\p{Cs}/u;

/**
 * Variables as Ansible reads them, with PyYAML, which is a reader of YAML 1.1: there `yes` is true, 0777 is octal and
 * 12:30 a number of base 60. So every text is quoted.
 */
export const yamlFormat: Format = {
  write(values, header, groups) {
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
    return `---\n${header.map((line) => `# ${line}\n`).join("")}\n${text.replace(/^%YAML 1\.1\n---\n/, "").trimStart()}`;
  },

  read(text) {
    const document = parseDocument(text, {
      version: "1.1",
      customTags: [unsafeTag],
      prettyErrors: true,
      logLevel: "error",
    });
    // A warning is of a tag that would be lost.
    const [problem] = [...document.errors, ...document.warnings];
    if (problem) {
      const [start = { line: 1, col: 1 }] = problem.linePos ?? [];
      // The parser's own message quotes the line.
      throw new FormatError(`it is no YAML that can be kept (${problem.code})${place(start.line, start.col)}`);
    }
    const value = fromYaml(javaScriptOf(document));
    if (value !== null && !isValues(value)) {
      throw new FormatError("no variables with values are in it");
    }
    return value ?? {};
  },
};

/** The parser resolves aliases and merge keys at last, and names them in its errors. */
function javaScriptOf(document: Document.Parsed<ParsedNode>): unknown {
  try {
    return document.toJS();
  } catch {
    throw new FormatError(
      "an alias (`*name`) or merge key (`<<`) in it cannot be resolved: write out what it stands for",
    );
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
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, inner]) => (inner === absent ? [] : [[key, toYaml(inner as Value)]])),
      )
    : value;
}

function fromYaml(value: unknown): Value {
  if (value instanceof Unsafe) {
    return value.text;
  }
  if (typeof value === "string") {
    return jinja.test(value) ? new Expression(value) : value;
  }
  if (Array.isArray(value)) {
    return value.map(fromYaml);
  }
  if (value instanceof Date) {
    // YAML 1.1's day; text that looks like one is quoted.
    return value.toISOString().slice(0, 10);
  }
  return isValues(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromYaml(inner)]))
    : (value as Value);
}

import { Document, visit } from "yaml";

/**
 * A file of YAML that is a list, and that has no place for an operator's own keys. Its readers are PyYAML's, of YAML 1.1:
 * all text is quoted, or a block where it has several lines.
 * @param header lines of comment at its beginning
 */
export function wholeYaml(header: readonly string[], items: readonly unknown[]): string {
  const document = new Document(items, { version: "1.1", aliasDuplicateObjects: false });
  visit(document, {
    Scalar(key, node) {
      if (key !== "key" && typeof node.value === "string") {
        node.type = node.value.includes("\n") ? "BLOCK_LITERAL" : "QUOTE_SINGLE";
      }
    },
  });
  const text = document.toString({ lineWidth: 0 }).replace(/^%YAML 1\.1\n---\n/, "");
  return `---\n${header.map((line) => `# ${line}\n`).join("")}\n${text}`;
}

import { type Assignment, alignedAssignments, heredocMargin, indented } from "./value";

/** A block with its labels, as in `resource "aws_vpc" "main" { … }`. */
export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  /** What stands above it, line by line. */
  readonly comments: readonly string[];
  /**
   * What stands in it, above everything else, line by line.
   * @default []
   */
  readonly remarks?: readonly string[];
}

/** An attribute with what stands above it. */
export interface Attribute extends Assignment {
  readonly comments: readonly string[];
}

/** What stands between the braces of a block: the attributes first, then the blocks, then what Terraform itself reads. */
export interface Body {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
  /** Attributes that stand behind the blocks, such as `depends_on`. */
  readonly trailing: readonly Attribute[];
}

/** A block of attributes and blocks, with nothing said above it. */
export function plainBlock(
  type: string,
  labels: readonly string[],
  attributes: readonly Attribute[],
  blocks: readonly Block[] = [],
): Block {
  return { type, labels, comments: [], body: { attributes, blocks, trailing: [] } };
}

/** Blocks as a file, a blank line between them. */
export function writtenFile(heading: readonly string[], blocks: readonly Block[]): string {
  const sections = [heading.map(comment).join("\n"), ...blocks.map((block) => writtenBlock(block, 0))];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`.replaceAll(heredocMargin, "");
}

function writtenBlock({ type, labels, body, comments, remarks = [] }: Block, indentation: number): string {
  const opening = [type, ...labels.map((label) => JSON.stringify(label)), "{"].join(" ");
  const inside = [...remarks.map(comment), writtenBody(body, indentation + 2)].filter((text) => text !== "").join("\n");
  const lines = inside === "" ? [`${opening}}`] : [opening, indented(inside), "}"];
  return [...comments.map(comment), ...lines].join("\n");
}

function writtenBody({ attributes, blocks, trailing }: Body, indentation: number): string {
  // Tags stand apart, as people write them.
  const isTags = ({ name }: Attribute) => name === "tags";
  const sections = [
    writtenAttributes(
      attributes.filter((attribute) => !isTags(attribute)),
      indentation,
    ),
    writtenAttributes(attributes.filter(isTags), indentation),
    ...blocks.map((block) => writtenBlock(block, indentation)),
    writtenAttributes(trailing, indentation),
  ];
  return sections.filter((section) => section !== "").join("\n\n");
}

/** Attributes below each other; a comment begins a new column of equals signs. */
function writtenAttributes(attributes: readonly Attribute[], indentation: number): string {
  const groups: Attribute[][] = [];
  for (const attribute of attributes) {
    if (groups.length === 0 || attribute.comments.length > 0) {
      groups.push([]);
    }
    groups.at(-1)?.push(attribute);
  }
  return groups
    .flatMap((group) => [...(group[0]?.comments ?? []).map(comment), ...alignedAssignments(group, indentation)])
    .join("\n");
}

function comment(line: string): string {
  return line === "" ? "#" : `# ${line}`;
}

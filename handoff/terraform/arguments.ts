import { noteOn } from "../../resources/types";
import type { Shape } from "./declarations";
import { reference } from "./entries";
import type { Attribute, Block, Body } from "./hcl/body";
import { isObject, type Value } from "./hcl/value";
import { inReadingOrder } from "./reading-order";

type Entries = { readonly [key: string]: Value };

/** What a body is of, to name it in problems and to find the notes on it. */
interface Subject {
  /** As in `aws_vpc.main`. */
  readonly address: string;
  /** Type of the resource, as in `aws_vpc`. */
  readonly type: string;
  /** Path of the body inside the resource. */
  readonly path: readonly string[];
}

/** Takes what cannot be written as HCL. */
export type Report = (address: string, argument: string, problem: string) => void;

/** Terraform's own blocks, which every resource, data source or output can have. */
const terraformsOwn: Shape = {
  lifecycle: {
    block: true,
    inner: { precondition: { block: true, inner: {} }, postcondition: { block: true, inner: {} } },
  },
  precondition: { block: true, inner: {} },
};

/** Terraform's own arguments that hold references instead of values; in JSON they are strings. */
const referring = ["provider", "depends_on", "lifecycle.ignore_changes", "lifecycle.replace_triggered_by"];

const unsupported = ["dynamic", "provisioner", "connection"];

/** The content of a block, from the JSON form of it. */
export function bodyOf(entries: Entries, shape: Shape, subject: Subject, report: Report): Body {
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  for (const [name, value] of inReadingOrder(Object.entries(entries).filter(([key]) => key !== "//"))) {
    const known = shape[name] ?? (subject.path.length === 0 ? terraformsOwn[name] : undefined);
    const inside = { ...subject, path: [...subject.path, name] };
    const argument = inside.path.join(".");
    const comments = noteOn(inside, value);
    if (known === undefined && unsupported.includes(name)) {
      report(subject.address, argument, "has no form in HCL here; give it a plain one in the construct");
    } else if (referring.includes(argument)) {
      attributes.push({ name, value: references(value), comments });
    } else if (known?.block) {
      blocks.push(...blocksOf(name, value, known.inner, inside, report));
    } else if (known === undefined && holdsObject(value)) {
      report(
        subject.address,
        argument,
        "holds objects, and nothing says whether they are blocks; set it by the binding's own property, not by an override",
      );
    } else {
      attributes.push({ name, value, comments });
    }
  }
  return {
    attributes: attributes.filter(({ name }) => name !== "depends_on"),
    blocks: [
      ...blocks.filter(({ type }) => type !== "lifecycle"),
      ...blocks.filter(({ type }) => type === "lifecycle"),
    ],
    trailing: attributes.filter(({ name }) => name === "depends_on"),
  };
}

function blocksOf(type: string, value: Value, shape: Shape, subject: Subject, report: Report): Block[] {
  // To Terraform a block that is null is one that is not there.
  const bodies = (Array.isArray(value) ? value : [value]).filter((body) => body !== null);
  return bodies.flatMap((body, index) => {
    if (!isObject(body)) {
      report(subject.address, subject.path.join("."), "is a block, and its value is an expression or no object");
      return [];
    }
    return [
      {
        type,
        labels: [],
        body: bodyOf(body, shape, subject, report),
        comments: index === 0 ? noteOn(subject, value) : [],
      },
    ];
  });
}

function references(value: Value): Value {
  return Array.isArray(value) ? value.map(reference) : reference(value);
}

function holdsObject(value: Value): boolean {
  return Array.isArray(value) ? value.some(holdsObject) : isObject(value);
}

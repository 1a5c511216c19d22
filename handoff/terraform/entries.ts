import type { Shape } from "./declarations";
import { escaped, wholeExpression } from "./hcl/template";
import { isObject, type Json, Raw, type Value } from "./hcl/value";

/** What a stack is synthesised to, as `cdk.tf.json` holds it. */
export type Synthesised = { readonly [section: string]: Json };

/** A block of the JSON form, before it is one of HCL. */
export interface Entry {
  /** Type of the block, as in `resource`. */
  readonly section: string;
  readonly labels: readonly string[];
  /** Terraform's name of it; for blocks on the state, of what they are about. */
  readonly name: string;
  /** As in `aws_vpc.main`, `data.aws_vpc.main`, `output.vpc_id`. */
  readonly address: string;
  readonly arguments: Value;
  /** What Terraform's language itself, and no binding, says of the arguments. */
  readonly shape: Shape;
}

type Entries = { readonly [key: string]: Value };

const attribute = { block: false, inner: {} };
const block = { block: true, inner: {} };

/** All blocks but those of `terraform`, section by section. */
export function entriesOf(synthesised: Synthesised): Entry[] {
  return Object.entries(synthesised).flatMap(([section, value]) => readers[section]?.(section, value) ?? []);
}

/** Whether a section of the JSON form is written here. */
export function isKnown(section: string): boolean {
  return section in readers || section === "terraform" || section === "//";
}

const readers: Readonly<Record<string, (section: string, value: Json) => Entry[]>> = {
  provider: (section, value) =>
    Object.entries(asObject(value)).flatMap(([type, bodies]) =>
      (Array.isArray(bodies) ? bodies : [bodies]).map((body) => {
        const { alias } = asObject(body);
        const address = typeof alias === "string" ? `provider.${type}.${alias}` : `provider.${type}`;
        return { section, labels: [type], name: type, address, arguments: body, shape: {} };
      }),
    ),
  resource: typedAndNamed,
  data: typedAndNamed,
  ephemeral: typedAndNamed,
  locals: (section, value) =>
    Object.entries(asObject(value)).map(([name, local]) => ({
      section,
      labels: [],
      name,
      address: `local.${name}`,
      arguments: { [name]: local },
      shape: { [name]: attribute },
    })),
  variable: (section, value) =>
    named(section, value, { default: attribute, validation: block }, ({ type, description, ...others }) => ({
      ...(description === undefined ? {} : { description: unevaluated(description) }),
      ...(type === undefined ? {} : { type: new Raw(String(type)) }),
      ...others,
      ...(others.default === undefined ? {} : { default: unevaluated(others.default) }),
    })),
  output: (section, value) =>
    named(section, value, { value: attribute }, ({ description, ...others }) => ({
      ...(description === undefined ? {} : { description: unevaluated(description) }),
      ...others,
    })),
  check: (section, value) => named(section, value, { assert: block }, (body) => body),
  moved: onState,
  removed: onState,
  import: onState,
};

function typedAndNamed(section: string, value: Json): Entry[] {
  return Object.entries(asObject(value)).flatMap(([type, byName]) =>
    Object.entries(asObject(byName)).map(([name, body]) => {
      const address = section === "resource" ? `${type}.${name}` : `${section}.${type}.${name}`;
      return { section, labels: [type, name], name, address, arguments: body, shape: {} };
    }),
  );
}

function named(section: string, value: Json, shape: Shape, prepare: (body: Entries) => Entries): Entry[] {
  return Object.entries(asObject(value)).map(([name, body]) => ({
    section,
    labels: [name],
    name,
    address: section === "variable" ? `var.${name}` : `${section}.${name}`,
    arguments: prepare(asObject(body)),
    shape,
  }));
}

/** Blocks that change the state; they have no name, and their addresses are references without quotes. */
function onState(section: string, value: Json): Entry[] {
  // Each block is in a list of its own, for checkov: modules/state.ts.
  return [value].flat(2).map((body) => {
    const entries = Object.entries(asObject(body)).map(([name, argument]) => [
      name,
      ["from", "to", "provider"].includes(name) ? reference(argument) : argument,
    ]);
    const { to, from } = asObject(body);
    const address = String(to ?? from);
    const name = address.split(".").at(-1) as string;
    return { section, labels: [], name, address, arguments: Object.fromEntries(entries), shape: {} };
  });
}

/** An address or a name of Terraform's, in the place of the string that JSON has. */
export function reference(value: Value): Value {
  return typeof value === "string" ? new Raw(wholeExpression(value) ?? value) : value;
}

/** A value that Terraform reads before it evaluates anything: its `${` are characters. */
export function unevaluated(value: Value): Value {
  if (typeof value === "string") {
    return escaped(value);
  }
  if (Array.isArray(value)) {
    return value.map(unevaluated);
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unevaluated(inner)]))
    : value;
}

/** A value as an object; empty where it is none. */
export function asObject(value: Value | undefined): Entries {
  return isObject(value) ? value : {};
}

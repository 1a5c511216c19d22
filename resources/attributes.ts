/** Attributes of a resource as a plan or a policy has them. */
export type Attributes = Readonly<Record<string, unknown>>;

export function isAttributes(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What objects of anybody's inherit: nothing by name, so that `constructor` is absent like any other, but a form as text. */
const bare = Object.create(null, {
  [Symbol.toPrimitive]: {
    value(this: object) {
      return JSON.stringify(this);
    },
  },
});

/** Attributes with others in the place of those of the same name. */
export function merged(...all: readonly object[]): Attributes {
  return Object.assign(Object.create(bare), ...all);
}

/** A table of the project's by names that anybody may have written: it has its own entries alone, and `constructor` is absent. */
export function byName<T>(entries: Readonly<Record<string, NoInfer<T>>>): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null), entries);
}

const noAttributes: Attributes = Object.freeze(merged());

/** A value's attributes; none where it has none. */
export function attributesOf(value: unknown): Attributes {
  return isAttributes(value) ? value : noAttributes;
}

/** The blocks of an argument. */
export function blocks(value: unknown): readonly Attributes[] {
  return Array.isArray(value) ? value.filter(isAttributes) : [];
}

/** The block of an argument that has one at most; without attributes where there is none. */
export function block(value: unknown): Attributes {
  return blocks(value)[0] ?? noAttributes;
}

/** All texts in a value, however deep. */
export function textsIn(value: unknown): string[] {
  return leaves(value).filter((leaf) => typeof leaf === "string");
}

/** All values in a value, however deep, as texts. */
export function valuesIn(value: unknown): string[] {
  return leaves(value)
    .filter((leaf) => leaf !== undefined)
    .map(String);
}

function leaves(value: unknown): unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [value];
}

/** One text or several, of which AWS and Terraform take either. */
export function texts(value: unknown): readonly string[] {
  return value == null ? [] : Array.isArray(value) ? value : [value as string];
}

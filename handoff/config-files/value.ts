/** What a configuration file holds at one place; an array is one value. */
export type Value = string | number | boolean | null | Secret | Expression | Missing | readonly Value[] | Values;

/** Values by their keys. */
export interface Values {
  readonly [key: string]: Value | typeof absent;
}

/** The value of a key that is not used, as Elasticsearch's from Olive on: it is removed from an existing file. */
export const absent = Symbol("absent");

/** A text that is written to the file and shown nowhere else. */
export class Secret {
  constructor(readonly text: string) {}
}

/** A text that the file's reader evaluates: Ansible's Jinja, bash's `${NAME}`, ConfigParser's `%(name)s`. */
export class Expression {
  constructor(readonly text: string) {}
}

/** A value that is missing. */
export class Missing {
  constructor(readonly source: Source) {}

  /** The text written in its place: no valid address, name or password, it says where the value comes from. */
  get placeholder(): string {
    return `<MISSING: ${origin(this.source)}>`;
  }
}

/** Where a value comes from that is no output: a field of the client's file, a parameter in SSM, or an option of the command. */
export type Source =
  | { readonly kind: "field"; readonly file: string; readonly path: string }
  | { readonly kind: "parameter"; readonly name: string }
  | { readonly kind: "option"; readonly name: string; readonly what: string };

function origin(source: Source): string {
  switch (source.kind) {
    case "field":
      return `configurationFiles.${source.path} in ${source.file}`;
    case "parameter":
      return `SSM parameter ${source.name}`;
    case "option":
      return `${source.name}, ${source.what}`;
  }
}

/** Whether a text is the placeholder of a missing value. */
export function isPlaceholder(value: Value | undefined): boolean {
  return typeof value === "string" && /^<MISSING: .*>$/.test(value);
}

/** Whether it is an object of keys and values. */
export function isValues(value: unknown): value is Values {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    ![Secret, Expression, Missing].some((kind) => value instanceof kind)
  );
}

/** A value as readers tell values apart, whatever is known of its origin. */
export function plain(value: Value): unknown {
  if (value instanceof Secret) {
    return value.text;
  }
  if (value instanceof Missing) {
    return value.placeholder;
  }
  if (value instanceof Expression) {
    return { expression: value.text };
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  return isValues(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, inner]) => (inner === absent ? [] : [[key, plain(inner as Value)]])),
      )
    : value;
}

/** Everything missing in a value, with the path that it is missed at. */
export function missingIn(value: Value | typeof absent, path: readonly string[] = []): [string, Source][] {
  if (value instanceof Missing) {
    return [[path.join("."), value.source]];
  }
  return Array.isArray(value) || isValues(value)
    ? Object.entries(value).flatMap(([key, inner]) => missingIn(inner as Value, [...path, key]))
    : [];
}

/** Whether a secret is anywhere in a value. */
export function holdsSecret(value: Value | typeof absent): boolean {
  return (
    value instanceof Secret ||
    ((Array.isArray(value) || isValues(value)) && Object.values(value).some((inner) => holdsSecret(inner as Value)))
  );
}

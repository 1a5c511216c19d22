/** The value at a path of fields, as in `hosts.role.name`; undefined where there is none. */
export function valueAt(input: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce((value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined), input);
}

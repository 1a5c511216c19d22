import { type Attributes, block } from "../attributes";

/** What a lifecycle rule of a bucket does to which objects, whatever it is called. */
export function lifecycleEffect({ id: _, ...rule }: Attributes): string {
  const { prefix, ...filter } = block(rule.filter);
  return JSON.stringify(withoutNothing({ ...rule, prefix: rule.prefix || prefix, filter }));
}

/** Without what is empty, which the provider writes in several ways. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNothing).filter((part) => part !== undefined);
  }
  if (typeof value !== "object" || value === null) {
    return value || undefined;
  }
  const fields = Object.entries(value)
    .map(([name, part]) => [name, withoutNothing(part)] as const)
    .filter(([, part]) => part !== undefined && (!Array.isArray(part) || part.length > 0))
    .sort(([one], [other]) => one.localeCompare(other));
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

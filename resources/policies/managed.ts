import { isAttributes } from "../attributes";

/** AWS's managed policies with which a caller is an administrator, or of a whole service, or reads everything. */
const administrators =
  /^arn:aws[\w-]*:iam::aws:policy\/(?:[\w-]+\/)*((?:Administrator|PowerUser|ReadOnly)Access[\w-]*|\w*(?:FullAccess|ReadWrite)(?:_v\d+)?|(?:System|Network|Database)Administrator)$/;

/** Those of AWS's managed policies among all texts of a resource with which a caller may do nearly everything, by their names. */
export function administratorPolicies(value: unknown): string[] {
  if (Array.isArray(value) || isAttributes(value)) {
    return Object.entries(value).flatMap(([key, inner]) =>
      // A boundary allows nothing.
      key === "permissions_boundary" ? [] : administratorPolicies(inner),
    );
  }
  const [, name] = (typeof value === "string" && administrators.exec(value)) || [];
  return name === undefined ? [] : [name];
}

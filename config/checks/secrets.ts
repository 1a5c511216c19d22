import type { Problem } from "../load/problem";
import { isExpression, looksLikeSecret, namesSecret } from "../secrets";

/** No secret, but a placeholder; or where one is: a path, `@` and a path, a URL, an ARN. */
const place = /^<.*>$|^@?(~|\.\.?)\/.|^@?\/[^/\s]+\/.|^[a-z][a-z0-9+.-]*:\/\/|^arn:aws[\w-]*:|^$/i;

/** Seconds, lengths and counts, as of `MIN_PASSWORD`. */
const mostOfNumber = 9999;

/** Where free keys are, whose names may be those of secrets. */
const freeKeys = ["configurationFiles", "extra"];

/** @param input a file as it was written: it is committed, and what is in it may be in plans, states and logs */
export function secretProblems(input: object): Problem[] {
  return secretsIn(input, [], false).map((path) => ({
    path,
    message:
      "looks like a secret, and client files are committed. Take it out; docs/configuration-files.md says where secrets go.",
  }));
}

/** @param isSecret whether a key above says that what it stands for is one */
function secretsIn(value: unknown, path: readonly string[], isSecret: boolean): string[] {
  if (typeof value === "object" && value !== null) {
    const isFree = freeKeys.every((key, index) => key === path[index]);
    return Object.entries(value).flatMap(([key, inner]) =>
      secretsIn(inner, [...path, key], isSecret || (isFree && !Array.isArray(value) && namesSecret(key))),
    );
  }
  const named =
    isSecret &&
    ((typeof value === "number" && value > mostOfNumber) ||
      (typeof value === "string" && !place.test(value) && !isExpression(value)));
  return named || looksLikeSecret(value, path[0] === "tags") ? [path.join(".")] : [];
}

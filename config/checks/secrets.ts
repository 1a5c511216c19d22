import type { Problem } from "../load/problem";
import { isExpression, looksLikeSecret, namesSecret } from "../secrets";

/** No secret, but a placeholder; or where one is: a path, `@` and a path, a URL, an ARN, the alias of a KMS key. */
const place = /^<.*>$|^@?(~|\.\.?)\/.|^@?\/[^/\s]+\/.|^[a-z][a-z0-9+.-]*:\/\/|^arn:aws[\w-]*:|^alias\/|^$/i;

/** What is said of a thing that has, or has no, secret: as by a tag, by `REQUIREPASSWORD` and behind `--password`. */
const answer = /^(yes|no|on|off|none|true|false|n\/a|prompt)$/i;

/** Seconds, lengths and counts, as of `MIN_PASSWORD`, in quotes as well. */
const mostOfNumber = 9999;

/** Where free keys are, whose names may be those of secrets. */
const freeKeys = [["configurationFiles", "extra"], ["tags"]];

/** A user's name with the password behind it. */
const userAndPassword = /^[^\s:/]+:[^\s:/]+$/;

/** @param input a file as it was written: it is committed, and what is in it may be in plans, states and logs */
export function secretProblems(input: object): Problem[] {
  return secretsIn(input, [], false).map((path) => ({
    path,
    message:
      "looks like a secret, and client files are committed. Take it out; docs/configuration-files.md says where secrets go.",
  }));
}

/** @param isSecret whether a key above, or an option before it, says that what it stands for is one */
function secretsIn(value: unknown, path: readonly string[], isSecret: boolean): string[] {
  if (typeof value === "object" && value !== null) {
    const isFree = freeKeys.some((keys) => keys.every((key, index) => key === path[index]));
    const says = (key: string, index: number) =>
      Array.isArray(value) ? isOptionOfSecret(value[index - 1]) : isFree && namesSecret(key);
    return Object.entries(value).flatMap(([key, inner], index) =>
      secretsIn(inner, [...path, key], isSecret || says(key, index)),
    );
  }
  const field = path.join(".");
  const isProse = path[0] === "tags";
  const named =
    isSecret &&
    ((typeof value === "number" && value > mostOfNumber) ||
      (typeof value === "string" &&
        !place.test(value) &&
        !isExpression(value) &&
        !value.startsWith("--") &&
        !answer.test(value) &&
        !(/^\d+$/.test(value) && Number(value) <= mostOfNumber)));
  const paired = field === "configurationFiles.email.user" && userAndPassword.test(String(value));
  return named || paired || looksLikeSecret(value, isProse) ? [field] : [];
}

/** Whether an item of a list is an option that the next one is the value of, as in `["--password", "…"]`. */
function isOptionOfSecret(item: unknown): boolean {
  return typeof item === "string" && item.startsWith("--") && namesSecret(item.slice(2));
}

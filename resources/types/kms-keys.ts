import { type Attributes, block } from "../attributes";
import { type Alarm, access } from "./alarm";
import type { Compared } from "./resource-type";

/** Another key than before of what is encrypted: whoever may use the one may not be allowed the other. */
export function anotherKey({ before, after }: Compared, keyOf: (values: Attributes) => unknown): Alarm | false {
  const [had, gets] = [keyOf(before), keyOf(after)].map((key) => String(key ?? ""));
  return (
    had !== "" &&
    gets !== had &&
    access`is encrypted with another key of KMS: ${gets || "AWS's own"} in the place of ${had}`
  );
}

/** The key in a block. */
export function keyIn(name: string): (values: Attributes) => unknown {
  return (values) => block(values[name]).kms_key_id;
}

/** A note on the key of what is encrypted. */
export const whatExists =
  "What exists keeps the key that it was made with: another one would replace it, and is ignored.";

import type { Client } from "../../config/client";
import { pgpExpiry } from "../../config/schema/public-keys";
import { type Finding, ok, refused, warning } from "../findings";
import type { Context } from "./finding";

/** Whether the key that secret access keys are encrypted with is still of use; synth knows no date. */
export async function* pgpKeyFindings({ hasState }: Context, { pgpKey }: Client): AsyncGenerator<Finding> {
  const end = pgpKey === undefined ? undefined : pgpExpiry(pgpKey);
  if (end === undefined) {
    return;
  }
  const day = end.toISOString().slice(0, 10);
  if (end > new Date()) {
    yield { subject: "pgpKey", ...ok(`encrypts until ${day}`) };
    return;
  }
  const text = `has expired on ${day}, and an access key that a deploy creates cannot be encrypted with it. Extend it, and its encryption subkey, with \`gpg --quick-set-expire\`, and export it again: \`pgpKey\`.`;
  // The keys that were created before stay as they are.
  yield { subject: "pgpKey", ...((await hasState()) ? warning(text) : refused(text)) };
}

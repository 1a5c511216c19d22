import { z } from "zod";

/** ARN of a KMS key, of which no other form stands in policies; a multi-Region key's id begins with `mrk-`. */
export const kmsKeyId = z
  .string()
  .regex(/^arn:aws:kms:[a-z0-9-]+:(?!0{12})\d{12}:key\/(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/, {
    error: kmsKeyMessage,
  });

function kmsKeyMessage({ input }: { input?: unknown }): string {
  const found = String(input);
  const form = "`arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab`";
  const fix = `See \`aws kms describe-key --key-id ${/^[\w/:-]{1,256}$/.test(found) ? found : "…"}\`.`;
  return /(^|:)alias\//.test(found)
    ? `the ARN of the key itself is required, as in ${form}: an alias may come to mean another key, and policies name none. ${fix}`
    : `the ARN of a KMS key is required, as in ${form}. ${fix}`;
}

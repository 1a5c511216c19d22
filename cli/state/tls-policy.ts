import type { Attributes } from "../../resources/attributes";
import { isSameStatement } from "../../resources/policy-statements";

/** A bucket policy, as far as it has to be understood to add a statement. */
interface Policy {
  readonly Statement: Attributes | readonly Attributes[];
}

const sid = "TlsOnly";

/**
 * A bucket's policy with the statement in the place of its former self, and all else as it was.
 * @param existing the policy as S3 gives it; undefined where there is none
 * @returns undefined where the policy has the statement
 */
export function withTlsOnly(existing: string | undefined, bucket: string): string | undefined {
  const policy: Policy = existing === undefined ? { Statement: [] } : JSON.parse(existing);
  const statements = [policy.Statement].flat();
  const wanted = statement(bucket);
  const found = statements.findIndex(({ Sid }) => Sid === sid);
  if (found !== -1 && isSameStatement(statements[found] ?? {}, wanted)) {
    return undefined;
  }
  return JSON.stringify({
    Version: "2012-10-17",
    ...policy,
    Statement: found === -1 ? [...statements, wanted] : statements.with(found, wanted),
  });
}

function statement(bucket: string): Attributes {
  const arn = `arn:aws:s3:::${bucket}`;
  return {
    Sid: sid,
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

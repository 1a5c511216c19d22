import { isDeepStrictEqual } from "node:util";

/** A bucket policy, as far as it has to be understood to add a statement. */
interface Policy {
  readonly Statement: Statement | readonly Statement[];
}

type Statement = Readonly<Record<string, unknown>>;

const sid = "TlsOnly";

/**
 * A bucket's policy with our statement in the place of its former self, and all else as it was.
 * @param existing the policy as S3 gives it; undefined where there is none
 * @returns undefined where the statement is there already
 */
export function withTlsOnly(existing: string | undefined, bucket: string): string | undefined {
  const policy: Policy = existing === undefined ? { Statement: [] } : JSON.parse(existing);
  const statements = [policy.Statement].flat();
  const ours = statement(bucket);
  const found = statements.findIndex(({ Sid }) => Sid === sid);
  if (found !== -1 && isDeepStrictEqual(normalised(statements[found]), normalised(ours))) {
    return undefined;
  }
  return JSON.stringify({
    Version: "2012-10-17",
    ...policy,
    Statement: found === -1 ? [...statements, ours] : statements.with(found, ours),
  });
}

function statement(bucket: string): Statement {
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

/** One form for what means the same: a list of one, the order of a list, `true` and `"true"`. */
function normalised(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.length === 1 ? normalised(value[0]) : value.map(normalised).map(String).sort();
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, normalised(inner)]));
  }
  return String(value);
}

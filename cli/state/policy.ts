import { type Attributes, attributesOf, texts } from "../../resources/attributes";
import { isSameStatement, policyStatements } from "../../resources/policy-statements";
import { CommandError } from "../command-error";
import { count } from "../layout";
import { type Admission, sorted } from "./admission";

/** Bytes of a bucket policy: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html. */
const maxLength = 20_480;

const sids = ["TlsOnly", "NoInstances", "NoClientRoles", "DeployersOnly"] as const;

type Sid = (typeof sids)[number];

/** What a policy has of the managed statements, and what it should have. */
interface PolicyFinding {
  readonly found: string;
  readonly wanted: string;
  /**
   * The policy as it should be, unmanaged statements as they were.
   * @default - it is so already
   */
  readonly policy?: string;
}

/**
 * A bucket's policy compared with what state needs. Each managed statement is a Deny, so that no Allow of IAM's helps, and
 * is told from unmanaged ones by its `Sid`. Roles that are refused already stay so: another repository's clients may share the bucket.
 * @param existing the policy as S3 gives it; undefined where there is none
 */
export function comparePolicy(existing: string | undefined, bucket: string, admission: Admission): PolicyFinding {
  const statements = existing === undefined ? [] : policyStatements(existing);
  const found = new Map(
    statements.flatMap((statement) => (isManaged(statement.Sid) ? [[statement.Sid, statement]] : [])),
  );
  const refused = principalsOf(found.get("NoClientRoles"), "ArnLike");
  const clientRoles = sorted([...refused, ...admission.clientRoles]);
  const wanted = wantedStatements(bucket, { ...admission, clientRoles });
  const right = sids.filter((sid) => isSameStatement(found.get(sid) ?? {}, wanted.get(sid) ?? {}));
  const finding = {
    found: inWords(right, wanted),
    wanted: inWords(sids, wanted),
  };
  if (right.length === sids.length) {
    return finding;
  }
  const policy = JSON.stringify({
    Version: "2012-10-17",
    ...(existing && JSON.parse(existing)),
    Statement: [
      ...statements.flatMap((statement) =>
        isManaged(statement.Sid) ? (wanted.get(statement.Sid) ?? []) : [statement],
      ),
      ...[...wanted].filter(([sid]) => !found.has(sid)).map(([, statement]) => statement),
    ],
  });
  if (policy.length > maxLength) {
    throw new CommandError(
      `The policy of bucket ${bucket} would have ${policy.length} bytes with the roles of all clients, and S3 takes ${maxLength}. Give some clients another \`state.bucket\`. Nothing was changed in it.`,
    );
  }
  return { ...finding, policy };
}

/** The same for one of several owners, who knows no deployers but its own: those that are admitted already stay so. */
export function comparePolicyOfOne(existing: string | undefined, bucket: string, admission: Admission): PolicyFinding {
  const { deployers, ...others } = admission;
  const present = policyStatements(existing ?? "{}").find(({ Sid }) => Sid === "DeployersOnly");
  return comparePolicy(existing, bucket, {
    ...others,
    ...(deployers && { deployers: sorted([...principalsOf(present, "ArnNotLike"), ...deployers]) }),
  });
}

function isManaged(sid: unknown): sid is Sid {
  return sids.some((own) => own === sid);
}

/** Principals that a statement compares the caller with. */
function principalsOf(statement: Attributes | undefined, operator: string): readonly string[] {
  return texts(attributesOf(attributesOf(statement?.Condition)[operator])["aws:PrincipalArn"]);
}

/** In the order in which they are told. A list of deployers takes the place of the rule on instances, whose role it may name. */
function wantedStatements(bucket: string, { clientRoles, deployers }: Admission): ReadonlyMap<Sid, Attributes> {
  const arn = `arn:aws:s3:::${bucket}`;
  const deny = (Sid: Sid, Condition: Attributes): [Sid, Attributes] => [
    Sid,
    { Sid, Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [arn, `${arn}/*`], Condition },
  ];
  return new Map([
    deny("TlsOnly", { Bool: { "aws:SecureTransport": "false" } }),
    // In every request that is signed with an instance's credentials, wherever it comes from, and in no other.
    ...(deployers === undefined ? [deny("NoInstances", { Null: { "aws:Ec2InstanceSourceVpc": "false" } })] : []),
    deny("NoClientRoles", { ArnLike: { "aws:PrincipalArn": clientRoles } }),
    ...(deployers === undefined
      ? []
      : [
          deny("DeployersOnly", {
            ArnNotLike: { "aws:PrincipalArn": deployers },
            // A service, as one that delivers logs, is let in by an unmanaged statement alone.
            BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
          }),
        ]),
  ]);
}

function inWords(some: readonly Sid[], wanted: ReadonlyMap<Sid, Attributes>): string {
  const principals = (sid: Sid, operator: string) => principalsOf(wanted.get(sid), operator).length;
  const words = {
    TlsOnly: "TLS only",
    NoInstances: "no EC2 instance",
    NoClientRoles: `no client role (${principals("NoClientRoles", "ArnLike")})`,
    DeployersOnly: `only ${count(principals("DeployersOnly", "ArnNotLike"), "deployer")}`,
  } satisfies Record<Sid, string>;
  return some.flatMap((sid) => (wanted.has(sid) ? [words[sid]] : [])).join(", ") || "refuses nothing";
}

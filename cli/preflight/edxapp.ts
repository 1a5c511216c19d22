import type { DBInstance } from "@aws-sdk/client-rds";
import { sqoopPortProblem } from "../../config/checks/reader-warnings";
import type { Client } from "../../config/client";
import { atLeast } from "../../config/compare-versions";
import { type Attributes, texts } from "../../resources/attributes";
import { principals } from "../../resources/policy-statements";
import { type Answer, type Finding, ok, refused, warning } from "../findings";
import { count } from "../layout";
import { ask, type Context } from "./finding";

/** What is edxapp's: its user or role, its RDS, and the policy of its grades bucket. */
export async function* edxappFindings(context: Context, { edxapp }: Client): AsyncGenerator<Finding> {
  const { gradesBucket, database } = edxapp;
  const { access, name: bucket } = gradesBucket;
  if (access !== "print") {
    yield await principal(context, edxapp.userArn);
  }
  if (database.identifier !== undefined) {
    yield await ask(`RDS ${database.identifier}`, () => databaseAnswer(context, database));
  }
  if (access !== "print" && access !== "user-policy") {
    yield await ask(`policy of ${bucket}`, () => policyAnswer(context, gradesBucket));
  }
}

/** S3 accepts no bucket policy for a principal that does not exist. */
async function principal({ aws }: Context, userArn: string): Promise<Finding> {
  const [, , , , accountId, resource = ""] = userArn.split(":");
  const [kind, ...path] = resource.split("/");
  const name = path.at(-1) ?? "";
  if (accountId !== aws.accountId) {
    const text = `is in account ${accountId}, which cannot be asked from here. See that ${userArn} is right.`;
    return { subject: `edxapp's ${kind}`, ...warning(text) };
  }
  return ask(`${kind} ${name}`, async () => {
    const arn = (kind === "user" ? await aws.iam.user(name) : await aws.iam.role(name))?.Arn;
    return arn === userArn
      ? ok("exists, belongs to edxapp")
      : refused(`${arn === undefined ? "does not exist" : `is ${arn}`}. Correct \`edxapp.userArn\`.`);
  });
}

async function databaseAnswer(
  { aws }: Context,
  { identifier = "", access, ruleSecurityGroupId }: Client["edxapp"]["database"],
): Promise<Answer> {
  const found = await aws.rds.instance(identifier);
  if (found === undefined) {
    return refused(
      `does not exist in ${aws.region}. Correct \`edxapp.database.identifier\`, or give \`address\` and \`securityGroupIds\`.`,
    );
  }
  const groups = (found.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId }) => VpcSecurityGroupId as string);
  const suits = ruleSecurityGroupId === undefined ? groups.length === 1 : groups.includes(ruleSecurityGroupId);
  const which = ruleSecurityGroupId === undefined ? "the one that gets the rules" : "one of them";
  if (access !== "print" && !suits) {
    return refused(`has the groups ${groups.join(", ")}. Name ${which} in \`edxapp.database.ruleSecurityGroupId\`.`);
  }
  const problems = serverProblems(found);
  return problems.length > 0
    ? warning(problems.join(" It "))
    : ok(`exists, belongs to edxapp: ${found.DBInstanceStatus}, ${found.Endpoint?.Address ?? "no address yet"}`);
}

/** What keeps the pipeline from a server that it may reach. */
function serverProblems({ EngineVersion, Endpoint }: DBInstance): string[] {
  const port = Endpoint?.Port === undefined ? undefined : sqoopPortProblem(Endpoint.Port);
  return [
    ...(EngineVersion !== undefined && atLeast(EngineVersion, "8.4")
      ? [
          `runs MySQL ${EngineVersion}, which has mysql_native_password off: \`edxapp_ro\`, whose clients know no other, cannot log in. Set mysql_native_password in its parameter group, or keep 8.0.`,
        ]
      : []),
    ...(port === undefined ? [] : [`listens on ${port}`]),
  ];
}

/** Bytes of a bucket's policy: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-iam-policies.html. */
const mostBytes = 20 * 1024;
/** Bytes of the stack's statement, with long names. */
const ownStatement = 500;

/** No data source can tell a bucket without a policy from an error, so what the client file says is compared here. */
async function policyAnswer(
  { aws }: Context,
  { name: bucket, access, statementId }: Client["edxapp"]["gradesBucket"],
): Promise<Answer> {
  const place = await aws.s3.bucketOfAnyAccount(bucket);
  if (place === undefined) {
    return refused("the bucket does not exist. Correct `edxapp.gradesBucket.name`.");
  }
  if (place.region !== aws.region) {
    return refused(
      `the bucket is ${place.accessible ? `in ${place.region}` : "another account's"}, and Terraform writes policies in ${aws.region} of this account. Set \`edxapp.gradesBucket.access\` to "user-policy" or "print".`,
    );
  }
  const statements = await aws.s3.statements(bucket);
  if (statements === undefined) {
    return access === "new-policy"
      ? ok("does not exist yet, as the client file says")
      : refused(`does not exist, and \`edxapp.gradesBucket.access\` is "${access}". Set "new-policy".`);
  }
  const foreign = statements.filter(({ Sid }) => Sid !== statementId);
  const others = foreign.length;
  const unwritable = access === "new-policy" ? undefined : await whyUnwritable(aws, bucket, foreign);
  if (unwritable !== undefined) {
    return refused(unwritable);
  }
  const bytes = Buffer.byteLength(JSON.stringify(foreign));
  if (access === "merge-policy" && bytes + ownStatement > mostBytes) {
    return refused(
      `has ${bytes} of ${mostBytes} bytes, which S3 takes at most, and the stack's statement needs about ${ownStatement} more. Have its owner shorten it, or set \`edxapp.gradesBucket.access\` to "user-policy".`,
    );
  }
  const besides = `has ${count(others, "statement")} besides this stack's`;
  if (access === "new-policy") {
    return others === 0
      ? ok("is this stack's alone")
      : refused(`${besides}, which "new-policy" would replace. Set \`edxapp.gradesBucket.access\` to "merge-policy".`);
  }
  return access === "leave-policy" && others === 0
    ? refused(
        'has no statement but this stack\'s, and S3 accepts no empty policy. Set `edxapp.gradesBucket.access` to "new-policy", deploy, then to the value that you need.',
      )
    : ok(`${besides}, kept`);
}

/** Why S3 would not take statements back that it has: it has become stricter, or a caller is gone, since they were written. */
async function whyUnwritable(
  { s3, s3Control }: Context["aws"],
  bucket: string,
  statements: readonly Attributes[],
): Promise<string | undefined> {
  const gone = statements.flatMap((statement, index) =>
    [statement.Principal, statement.NotPrincipal]
      .flatMap((callers) => texts(principals(callers).AWS))
      .filter((caller) => deletedCaller.test(caller))
      .map((caller) => `${statement.Sid ?? `number ${index + 1}`} names ${caller}`),
  );
  if (gone.length > 0) {
    return `has statements for users or roles that are deleted, so S3 refuses the whole policy: ${gone.join("; ")}. Have its owner remove them first.`;
  }
  if (!statements.some(isForEverybody)) {
    return undefined;
  }
  const whose = (await s3.publicAccessBlock(bucket))?.BlockPublicPolicy
    ? "bucket"
    : (await s3Control.publicAccessBlock())?.BlockPublicPolicy
      ? "account"
      : undefined;
  return whose !== undefined && (await s3.hasPublicPolicy(bucket))
    ? `lets everybody in, by an older statement, and the ${whose}'s BlockPublicPolicy refuses to write such a policy again. Have its owner limit the statement whose \`Principal\` is \`*\`, or set \`edxapp.gradesBucket.access\` to "user-policy".`
    : undefined;
}

/** Of others S3 takes none for public: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html. */
function isForEverybody({ Effect, Principal, NotPrincipal }: Attributes): boolean {
  return Effect === "Allow" && (NotPrincipal !== undefined || texts(principals(Principal).AWS).includes("*"));
}

/**
 * The id that AWS shows in the place of a deleted user or role:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes.
 */
const deletedCaller = /^(AIDA|AROA)[A-Z0-9]+$/;

import type { Client } from "../../config/client";
import { count } from "../layout";
import { type Answer, ask, type Context, type Finding, ok, refused, warning } from "./finding";

/** What is edxapp's: its user or role, its RDS, and the policy of its grades bucket. */
export async function* edxappFindings(context: Context, client: Client): AsyncGenerator<Finding> {
  const { edxapp } = client;
  const { access, name: bucket } = edxapp.gradesBucket;
  if (access !== "print") {
    yield await principal(context, edxapp.userArn);
  }
  if (edxapp.database.identifier !== undefined) {
    yield await database(context, edxapp.database, edxapp.database.identifier);
  }
  if (access !== "print" && access !== "user-policy") {
    yield await ask(`policy of ${bucket}`, () => policyAnswer(context, client));
  }
}

/** S3 accepts no bucket policy for a principal that does not exist. */
async function principal({ aws }: Context, userArn: string): Promise<Finding> {
  const [, , , , accountId, resource = ""] = userArn.split(":");
  const [kind, ...path] = resource.split("/");
  const name = path.at(-1) ?? "";
  if (accountId !== aws.accountId) {
    return {
      subject: `edxapp's ${kind}`,
      ...warning(`is in account ${accountId}, which cannot be asked from here. See that ${userArn} is right.`),
    };
  }
  return ask(`${kind} ${name}`, async () => {
    const arn = (kind === "user" ? await aws.iam.user(name) : await aws.iam.role(name))?.Arn;
    return arn === userArn
      ? ok("exists, edxapp's")
      : refused(`${arn === undefined ? "does not exist" : `is ${arn}`}. Correct \`edxapp.userArn\`.`);
  });
}

async function database(
  { aws }: Context,
  { access, ruleSecurityGroupId }: Client["edxapp"]["database"],
  identifier: string,
): Promise<Finding> {
  return ask(`RDS ${identifier}`, async () => {
    const found = await aws.rds.instance(identifier);
    if (found === undefined) {
      return refused(
        `does not exist in ${aws.region}. Correct \`edxapp.database.identifier\`, or give \`address\` and \`securityGroupIds\`.`,
      );
    }
    const groups = (found.VpcSecurityGroups ?? []).map(({ VpcSecurityGroupId }) => VpcSecurityGroupId as string);
    if (access !== "print" && ruleSecurityGroupId === undefined && groups.length !== 1) {
      return refused(
        `has the groups ${groups.join(", ")}. Name the one that gets the rules in \`edxapp.database.ruleSecurityGroupId\`.`,
      );
    }
    return access !== "print" && ruleSecurityGroupId !== undefined && !groups.includes(ruleSecurityGroupId)
      ? refused(`has the groups ${groups.join(", ")}. Name one of them in \`edxapp.database.ruleSecurityGroupId\`.`)
      : ok(`exists, edxapp's: ${found.DBInstanceStatus}, ${found.Endpoint?.Address ?? "no address yet"}`);
  });
}

/** No data source can tell a bucket without a policy from an error, so what the client file says is compared here. */
async function policyAnswer({ aws }: Context, { edxapp }: Client): Promise<Answer> {
  const { name: bucket, access, statementId } = edxapp.gradesBucket;
  const place = await aws.s3.bucketOfAnyAccount(bucket);
  if (place === undefined) {
    return refused("the bucket does not exist. Correct `edxapp.gradesBucket.name`.");
  }
  if (place.region !== aws.region) {
    return refused(
      `the bucket is ${place.region === undefined ? "another account's" : `in ${place.region}`}, and Terraform writes policies in ${aws.region} of this account. Set \`edxapp.gradesBucket.access\` to "user-policy" or "print".`,
    );
  }
  const statements = await aws.s3.statements(bucket);
  if (statements === undefined) {
    return access === "new-policy"
      ? ok("does not exist yet, as the client file says")
      : refused(`does not exist, and \`edxapp.gradesBucket.access\` is "${access}". Set "new-policy".`);
  }
  const others = statements.filter(({ Sid }) => Sid !== statementId).length;
  if (access === "new-policy" && others > 0) {
    return refused(
      `has ${count(others, "statement")} besides this stack's, which "new-policy" would replace. Set \`edxapp.gradesBucket.access\` to "merge-policy".`,
    );
  }
  if (access === "leave-policy" && others === 0) {
    return refused(
      'has no statement but this stack\'s, and S3 accepts no empty policy. Set `edxapp.gradesBucket.access` to "new-policy", deploy, then to what you want.',
    );
  }
  return ok(
    access === "new-policy" ? "is this stack's alone" : `has ${count(others, "statement")} besides this stack's, kept`,
  );
}

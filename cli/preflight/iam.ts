import {
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetRoleCommand,
  GetUserCommand,
  type InstanceProfile,
  type Policy,
  type Role,
  type User,
} from "@aws-sdk/client-iam";
import type { ClientConfig, SharedConfig } from "../../clients/config/client";
import { namesOf } from "../../clients/config/names";
import { elasticsearchOf, ownership } from "../../clients/config/resolve";
import { emrRoleNames } from "../../modules/emr-roles";
import { absent, ask, type Context, type Finding, nameIsFree, ok, refused, warning } from "./finding";

/** IAM's names, of which an account has one each. */
export async function* iamFindings(context: Context, client: ClientConfig): AsyncGenerator<Finding> {
  const names = namesOf(client);
  const createsRoles = (client.emr.roles ?? ownership(client)) === "create";
  const domain = elasticsearchOf(client) !== undefined;

  yield await policyIsFree(context, names.provisionPolicy, "names.provisionPolicy");
  yield* roleIsFree(context, names.analyticsRole, 'Set `names.analyticsRole`, or `naming` to "prefixed"');
  if (domain) {
    yield await userIsFree(context, names.elasticsearchUser, "names.elasticsearchUser");
  }
  if (domain && createsRoles) {
    yield await policyIsFree(context, names.elasticsearchPolicy, "names.elasticsearchPolicy");
  }
  if (client.director.readsMysqlPasswords) {
    yield* roleIsFree(context, names.directorRole, 'Set `names.directorRole`, or `naming` to "prefixed"');
  }
  if (client.buckets.apiReports) {
    yield await userIsFree(context, names.reportsUser, "names.reportsUser");
  }
  yield* createsRoles
    ? emrRolesAreFree(context, 'Set `emr.roles` to "existing", or share them through a shared stack')
    : emrRolesAreThere(context);
  yield* edxappPrincipal(context, client);
}

/** The roles of a shared stack. */
export async function* sharedIamFindings(context: Context, shared: SharedConfig): AsyncGenerator<Finding> {
  yield* shared.emrRoles === "create"
    ? emrRolesAreFree(context, 'Set `emrRoles` to "existing"')
    : emrRolesAreThere(context);
}

function policyIsFree(context: Context, name: string, field: string): Promise<Finding> {
  return ask(`policy ${name}`, async () =>
    nameIsFree(context, tagsOf(await policy(context, name)), `Set \`${field}\`, or \`naming\` to "prefixed"`, [
      "aws_iam_policy",
      policyArn(context, name),
    ]),
  );
}

function userIsFree(context: Context, name: string, field: string): Promise<Finding> {
  return ask(`user ${name}`, async () =>
    nameIsFree(context, tagsOf(await user(context, name)), `Set \`${field}\`, or \`naming\` to "prefixed"`, [
      "aws_iam_user",
      name,
    ]),
  );
}

/** A role, and the instance profile that has its name. */
async function* roleIsFree(context: Context, name: string, fix: string): AsyncGenerator<Finding> {
  yield await roleNameIsFree(context, name, fix);
  yield await ask(`profile ${name}`, async () =>
    nameIsFree(context, tagsOf(await profile(context, name)), fix, ["aws_iam_instance_profile", name]),
  );
}

function roleNameIsFree(context: Context, name: string, fix: string): Promise<Finding> {
  return ask(`role ${name}`, async () =>
    nameIsFree(context, tagsOf(await role(context, name)), fix, ["aws_iam_role", name]),
  );
}

async function* emrRolesAreFree(context: Context, fix: string): AsyncGenerator<Finding> {
  yield await roleNameIsFree(context, emrRoleNames.service, fix);
  yield* roleIsFree(context, emrRoleNames.ec2, fix);
}

async function* emrRolesAreThere(context: Context): AsyncGenerator<Finding> {
  const fix = "Deploy the account's shared stack first, or `aws emr create-default-roles`";
  for (const name of Object.values(emrRoleNames)) {
    yield await ask(`role ${name}`, async () =>
      (await role(context, name)) ? ok("is there") : refused(`is missing. ${fix}.`),
    );
  }
  yield await ask(`profile ${emrRoleNames.ec2}`, async () => {
    const found = await profile(context, emrRoleNames.ec2);
    return found?.Roles?.some(({ RoleName }) => RoleName === emrRoleNames.ec2)
      ? ok("is there, with the role")
      : refused(`${found ? "does not hold the role of its name, which EMR expects" : "is missing"}. ${fix}.`);
  });
}

/** S3 takes no bucket policy for a principal that is not there. */
async function* edxappPrincipal(context: Context, { edxapp }: ClientConfig): AsyncGenerator<Finding> {
  const [, , , , accountId, resource = ""] = edxapp.userArn.split(":");
  const [kind, ...path] = resource.split("/");
  const name = path.at(-1) ?? "";
  if (edxapp.gradesBucket.access === "print") {
    return;
  }
  if (accountId !== context.accountId) {
    yield {
      subject: `edxapp's ${kind}`,
      ...warning(`is in account ${accountId}, which cannot be asked from here. See that ${edxapp.userArn} is right.`),
    };
    return;
  }
  yield await ask(`${kind} ${name}`, async () => {
    const arn = kind === "user" ? (await user(context, name))?.Arn : (await role(context, name))?.Arn;
    return arn === edxapp.userArn
      ? ok("is there, edxapp's")
      : refused(`${arn === undefined ? "is missing" : `is ${arn}`}. Correct \`edxapp.userArn\`.`);
  });
}

function tagsOf(thing: Policy | Role | User | InstanceProfile | undefined) {
  return thing && (thing.Tags ?? []);
}

function policyArn({ accountId }: Context, name: string): string {
  return `arn:aws:iam::${accountId}:policy/${name}`;
}

async function policy(context: Context, name: string): Promise<Policy | undefined> {
  const { aws } = context;
  const PolicyArn = policyArn(context, name);
  return (await aws.askIfThere("iam:GetPolicy", aws.iam.send(new GetPolicyCommand({ PolicyArn })), absent.iam))?.Policy;
}

async function role({ aws }: Context, RoleName: string): Promise<Role | undefined> {
  return (await aws.askIfThere("iam:GetRole", aws.iam.send(new GetRoleCommand({ RoleName })), absent.iam))?.Role;
}

async function profile({ aws }: Context, InstanceProfileName: string): Promise<InstanceProfile | undefined> {
  const command = new GetInstanceProfileCommand({ InstanceProfileName });
  return (await aws.askIfThere("iam:GetInstanceProfile", aws.iam.send(command), absent.iam))?.InstanceProfile;
}

async function user({ aws }: Context, UserName: string): Promise<User | undefined> {
  return (await aws.askIfThere("iam:GetUser", aws.iam.send(new GetUserCommand({ UserName })), absent.iam))?.User;
}

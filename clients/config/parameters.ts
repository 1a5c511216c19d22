/**
 * Names of the SSM parameters that hold a client's secrets. All are under `/edx-analytics/<client>/`, so that a policy
 * names them by their prefix; other secrets of a client get a folder of their own beside `mysql`.
 */
export function parameterName(client: string, path: string): string {
  return `/edx-analytics/${client}/${path}`;
}

/** ARN of a parameter: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html. */
export function parameterArn(place: { readonly region: string; readonly accountId: string }, name: string): string {
  return `arn:aws:ssm:${place.region}:${place.accountId}:parameter${name}`;
}

/**
 * Who logs in to MySQL with a password from SSM, by what the parameter is called: `/edx-analytics/<client>/mysql/<login>`.
 * A user has one password, the same on every iteration of the analytics RDS, as configuration files have one for it.
 * - `analytics`: Insights, the Analytics API and the pipeline, on the analytics RDS
 * - `migration`: edxapp's own user, which migrates the databases on the analytics RDS too
 * - `edxapp_ro`: what the pipeline reads the edxapp server with
 * - `edxapp_admin`: who makes `edxapp_ro` there
 * - `master_<N>`: the master user of iteration N of the analytics RDS, where its password is not RDS's
 */
export const mysqlLogins = ["analytics", "migration", "edxapp_ro", "edxapp_admin"] as const;

export type MysqlLogin = (typeof mysqlLogins)[number] | `master_${string}`;

/** The logins whose password is random and made by the client's stack, unless it is there already; the operator puts the others' there. */
export const generatedLogins = ["analytics", "edxapp_ro"] as const satisfies readonly MysqlLogin[];

export type GeneratedLogin = (typeof generatedLogins)[number];

/** Name of the SecureString that holds a login's password. */
export function passwordParameter(client: string, login: MysqlLogin): string {
  return parameterName(client, `mysql/${login}`);
}

/** The logins whose passwords the SQL script sets, and may read on the director. */
export const scriptLogins = ["analytics", "migration", "edxapp_ro"] as const satisfies readonly MysqlLogin[];

/** Folder of the one String, JSON and no secret, that says which version of each generated password is deployed. */
export function passwordVersionsFolder(client: string): string {
  return parameterName(client, "mysql/versions");
}

/** The command that puts a password there. */
export function putPasswordCommand(client: string, login: MysqlLogin, region: string): string {
  return putParameterCommand(passwordParameter(client, login), region);
}

/** The command that puts a secret into SSM; it is asked for, so that it enters neither the shell's history nor `ps`. */
export function putParameterCommand(name: string, region: string): string {
  return `(printf 'Password: ' >&2; IFS= read -rs password && printf %s "$password" | aws ssm put-parameter --region ${region} --name ${name} --type SecureString --overwrite --value file:///dev/stdin)`;
}

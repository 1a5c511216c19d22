/**
 * Who logs in to MySQL with a password from SSM, by what the parameter is called: `/edx-analytics/<client>/mysql/<login>`.
 * A user has one password, the same on every iteration of the analytics RDS, as configuration files have one for it.
 * - `analytics`: Insights, the Analytics API and the pipeline, on the analytics RDS
 * - `migration`: edxapp's own user, which migrates the databases on the analytics RDS too
 * - `edxapp_ro`: what the pipeline reads the edxapp server with
 * - `edxapp_admin`: who creates `edxapp_ro` there
 * - `master_<N>`: the master user of iteration N of the analytics RDS, where its password is not RDS's
 */
export type MysqlLogin = "analytics" | "migration" | "edxapp_ro" | "edxapp_admin" | `master_${string}`;

/** The logins whose password the client's stack creates at random, unless it exists; the operator puts the others into SSM. */
export const generatedLogins = ["analytics", "edxapp_ro"] as const satisfies readonly MysqlLogin[];

export type GeneratedLogin = (typeof generatedLogins)[number];

/** The logins whose passwords the SQL script sets, and may read on the director. */
export const scriptLogins = ["analytics", "migration", "edxapp_ro"] as const satisfies readonly MysqlLogin[];

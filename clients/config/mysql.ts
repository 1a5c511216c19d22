import { z } from "zod";
import { mysqlUser, whole } from "./fields";

const version = whole(1, 9999, "Count it up by one to set a new password").default(1);

/** The users on the MySQL servers (runbook, Create analytics databases and user, and the two sections after it). */
export const mysql = z.strictObject({
  /**
   * Version of each user's password; a higher number sets a new one: docs/databases.md, Rotating a password.
   * @default - 1 each
   */
  passwordVersions: z
    .strictObject({
      /**
       * Of `analytics`: the client's stack makes a new random one.
       * @default 1
       */
      analytics: version,
      /**
       * Of the migration user, whose password is edxapp's: the operator puts the new one into its parameter.
       * @default 1
       */
      migration: version,
      /**
       * Of `edxapp_ro`: the client's stack makes a new random one.
       * @default 1
       */
      edxapp_ro: version,
    })
    .default({ analytics: 1, migration: 1, edxapp_ro: 1 }),
  /**
   * MySQL user on the edxapp server that may create users and grant SELECT on everything, as which the databases stack
   * makes `edxapp_ro` (runbook: edxapp). The operator puts its password into a parameter: docs/databases.md.
   * @default - none; the server's owner makes `edxapp_ro` with the script that `npx edx-analytics sql` writes
   */
  edxappAdmin: mysqlUser.optional(),
});

export type MysqlConfig = z.output<typeof mysql>;

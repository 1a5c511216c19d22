import { z } from "zod";
import { mysqlUser, whole } from "./fields";
import { generatedLogins } from "./parameters";

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
       * Of `analytics`: the client's stack makes a new random one, unless it is among `existingPasswords`.
       * @default 1
       */
      analytics: version,
      /**
       * Of the migration user, whose password is edxapp's: the operator puts the new one into its parameter.
       * @default 1
       */
      migration: version,
      /**
       * Of `edxapp_ro`: the client's stack makes a new random one, unless it is among `existingPasswords`.
       * @default 1
       */
      edxapp_ro: version,
    })
    .default({ analytics: 1, migration: 1, edxapp_ro: 1 }),
  /**
   * Users whose password is there already and stays, as in a deployment made by hand: the client's stack makes no random
   * one, and the operator puts it into its parameter, as the migration user's: docs/databases.md.
   * @default []
   */
  existingPasswords: z.array(z.enum(generatedLogins)).default([]),
  /**
   * MySQL user on the edxapp server that may create users and grant SELECT on everything, as which the databases stack
   * makes `edxapp_ro` (runbook: edxapp). The operator puts its password into a parameter: docs/databases.md.
   * @default - none; the server's owner makes `edxapp_ro` with the script that `npx edx-analytics sql` writes
   */
  edxappAdmin: mysqlUser.optional(),
});

export type MysqlConfig = z.output<typeof mysql>;

import { z } from "zod";
import { exists } from "./existing";
import { integer, mysqlUser } from "./fields";

const version = integer({ min: 1, max: 9999 }, "Count it up by one to set a new password").default(1);

/** A password that the client's stack sets at random, unless the user keeps an existing one. */
const generated = z.strictObject({
  /**
   * Version of the password; a higher number sets a new one.
   * @default 1
   */
  version,
  /**
   * The user keeps the password that it has: the client's stack creates no random one, and the operator puts it into its
   * parameter, as the migration user's: docs/databases.md.
   * @default - a random one is created
   */
  existing: exists.optional(),
});

/** The users on the MySQL servers (runbook, Create analytics databases and user, and the two sections after it). */
export const mysql = z.strictObject({
  /**
   * Passwords of the users: `version` counts up by one to set a new one (docs/databases.md, Rotating a password).
   * @default - version 1 each; random ones for `analytics` and `edxapp_ro`
   */
  passwords: z
    .strictObject({
      /**
       * Of `analytics`.
       * @default - a random one, version 1
       */
      analytics: generated.prefault({}),
      /**
       * Of the migration user, whose password is edxapp's: the operator puts it into its parameter.
       * @default - version 1
       */
      migration: z
        .strictObject({
          /**
           * Version of the password; the operator puts the new one into its parameter before.
           * @default 1
           */
          version,
        })
        .prefault({}),
      /**
       * Of `edxapp_ro`.
       * @default - a random one, version 1
       */
      edxapp_ro: generated.prefault({}),
    })
    .prefault({}),
  /**
   * MySQL user on the edxapp server that may create users and grant SELECT on everything, as which the databases stack
   * creates `edxapp_ro` (runbook: edxapp). The operator puts its password into a parameter: docs/databases.md.
   * @default - none; the server's owner creates `edxapp_ro` with the script that `npx edx-analytics sql` writes
   */
  edxappAdmin: mysqlUser.optional(),
});

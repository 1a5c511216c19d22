import { problem } from "../problem";
import { type Check, check, repeated } from "./check";

/** Users of the analytics server that have a name already, besides the master user: ours, and RDS's own. */
const takenUsers = ["analytics", "rdsadmin"];

/** The users on the MySQL servers, and who reads their passwords. */
export const mysqlChecks: readonly Check[] = [
  check(["director.readsMysqlPasswords", "director.existingSecurityGroupId"], ({ director }) =>
    director.readsMysqlPasswords && director.existingSecurityGroupId !== undefined
      ? [
          problem(
            "director.readsMysqlPasswords",
            true,
            "a director that is there already has a role of its owner's, or none",
            "Remove the field; docs/databases.md has the policy for that role",
          ),
        ]
      : [],
  ),

  check(["mysql.existingPasswords"], ({ mysql }) => repeated("mysql.existingPasswords", mysql.existingPasswords)),

  check(["edxapp.database.user", "database.iterations.*.masterUser"], ({ edxapp, database }) => {
    const masters = Object.values(database.iterations).map(({ masterUser }) => masterUser);
    const taken = [...new Set([...takenUsers, ...masters])];
    return taken.includes(edxapp.database.user)
      ? [
          problem(
            "edxapp.database.user",
            edxapp.database.user,
            `the migration user gets this name on the analytics RDS, where ${taken.join(", ")} are others`,
            "Give edxapp a MySQL user of another name",
          ),
        ]
      : [];
  }),

  check(["database.iterations.*.masterUser"], ({ database }) =>
    Object.entries(database.iterations)
      .filter(([, { masterUser }]) => takenUsers.includes(masterUser))
      .map(([key, { masterUser }]) =>
        problem(
          `database.iterations.${key}.masterUser`,
          masterUser,
          `${takenUsers.join(" and ")} are other users of the instance`,
          "Name the one that it was made with",
        ),
      ),
  ),
];

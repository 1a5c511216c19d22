import { masterUser } from "../mysql-servers";
import { problem } from "../problem";
import { type Check, check } from "./check";

/** Users of the analytics server that are there before the migration user: ours, the master user, and RDS's own. */
const takenUsers = ["analytics", masterUser, "rdsadmin"];

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

  check(["edxapp.database.user"], ({ edxapp }) =>
    takenUsers.includes(edxapp.database.user)
      ? [
          problem(
            "edxapp.database.user",
            edxapp.database.user,
            `the migration user gets this name on the analytics RDS, where ${takenUsers.join(", ")} are others`,
            "Give edxapp a MySQL user of another name",
          ),
        ]
      : [],
  ),
];

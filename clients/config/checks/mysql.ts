import { masterUser } from "../mysql-servers";
import { problem } from "../problem";
import { type Check, check } from "./check";

/** Users of the analytics server that are there before the migration user: ours, the master user, and RDS's own. */
const takenUsers = ["analytics", masterUser, "rdsadmin"];

/** The users on the MySQL servers. */
export const mysqlChecks: readonly Check[] = [
  check(["edxapp"], ({ edxapp }) =>
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

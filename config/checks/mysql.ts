import { problem } from "../load/problem";
import { type Check, check } from "./check";

/** The user that RDS keeps for itself, with its password. */
const rdsUser = "rdsadmin";

/** Users of the analytics server besides the master user: the runbook's, and RDS's own. */
const takenUsers = ["analytics", rdsUser];

/** The user that the databases stack, or the script, makes on the edxapp server. */
const readOnlyUser = "edxapp_ro";

/** The users on the MySQL servers, and who reads their passwords. */
export const mysqlChecks: readonly Check[] = [
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

  check(["edxapp.database.user", "mysql.edxappAdmin"], ({ edxapp, mysql }) =>
    Object.entries({ "edxapp.database.user": edxapp.database.user, "mysql.edxappAdmin": mysql.edxappAdmin }).flatMap(
      ([path, user]) =>
        user === readOnlyUser
          ? [
              problem(
                path,
                user,
                "analytics makes this user on the edxapp server and sets its password",
                "Name another user there",
              ),
            ]
          : [],
    ),
  ),

  check(["mysql.edxappAdmin"], ({ mysql: { edxappAdmin } }) =>
    edxappAdmin === rdsUser
      ? [
          problem(
            "mysql.edxappAdmin",
            edxappAdmin,
            "it is RDS's own user, whose password RDS keeps",
            "Name the edxapp server's master user, or another that may create users",
          ),
        ]
      : [],
  ),

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

import { type Attributes, texts } from "../attributes";
import type { Finder } from "../look-up";
import { found } from "../outcome";
import type { Plan } from "../plan/plan";
import { type Alarm, access, credential, exposure, permission } from "./alarm";
import { casesOfVersion, higherWholeNumber } from "./conditions";
import { type Compared, resourceType } from "./resource-type";
import { isLeft, onlyTo } from "./rules";

const providersDefault = "the provider's default, which an import does not have; nothing of it is sent to the server";

/** The login in the name of a MySQL user, which is a login on a server. */
export const loginOf = /^(?:analytics_\d+|edxapp)_(.+)$/;

export const mysql = [
  resourceType("mysql_database", {
    holds: "its tables",
    find: byNames("name"),
    adoption: { create: "the runbook has this database, and the server did not" },
  }),
  resourceType("mysql_user", {
    holds: "the login and its grants",
    find: byNames("user", "host"),
    alarms: {
      // An imported one has no version: it keeps its password.
      update: ({ before, after }) => [
        before.password_wo_version != null &&
          after.password_wo_version !== before.password_wo_version &&
          credential`gets another password`,
        requiresTls(before) && !requiresTls(after) && exposure`may connect without TLS again`,
      ],
    },
    adoption: {
      create: "the runbook has this user, and the server did not",
      update: {
        password_wo_version:
          "the password that SSM holds is set, and REQUIRE SSL of the user goes: log in with it first, docs/adopting.md",
        discard_old_password: onlyTo(false, providersDefault),
        retain_old_password: onlyTo(false, providersDefault),
        // "SSL" that becomes "NONE" is an alarm besides.
        tls_option: onlyTo(
          "NONE",
          "the provider's default, as the client file has no other; MariaDB does not tell what it was",
        ),
      },
    },
    notes: {
      password_wo_version: "The version of the parameter in SSM; raised by one, it sets the password anew.",
    },
    variables: [
      {
        // Of passwords that the operator puts into SSM, such as the migration user's.
        name: (owner) => `${owner}_password_version`,
        description: (owner) =>
          `Version of the password in the parameter ${owner} of SSM, which is put there by hand. Raised, its MySQL user gets the one that SSM has then.`,
        validation: higherWholeNumber,
        cases: casesOfVersion,
        field: (owner) => `mysql.passwords.${owner}.version`,
        places: [{ called: loginOf, path: "password_wo_version" }],
      },
    ],
  }),
  resourceType("mysql_grant", {
    holds: undefined,
    find: byNames("user", "host", "database", "table"),
    alarms: {
      create: ({ after }, plan) => [
        givesOfOthers(after, plan),
        writesReadOnly(after, plan),
        after.grant === true && permission`lets ${after.user} give others what it has: WITH GRANT OPTION`,
      ],
      update: (change, plan) => [
        ...(isOnSame(change)
          ? otherPrivileges(change)
          : [takesAway(change.before, plan), givesOfOthers(change.after, plan), writesReadOnly(change.after, plan)]),
        grantOption(change),
      ],
      destroy: otherPrivileges,
    },
    adoption: { create: "the runbook has this grant, and the server did not" },
  }),
];

/** The id that petoju/mysql imports by. None is looked up: MySQL is out of reach of AWS's API. */
function byNames(...names: readonly string[]): Finder {
  return async (resource, lookUp) => {
    const named = await lookUp.named(resource, ...names);
    return found(named && names.map((name) => named[name]).join("@"));
  };
}

function requiresTls({ tls_option: option }: Attributes): boolean {
  return option != null && !["", "NONE"].includes(String(option).toUpperCase());
}

/** A grant of what the stack does not make, but for SELECT on everything, which edxapp's login has. */
function givesOfOthers(grant: Attributes, plan: Plan): Alarm | false {
  const { database, table, user } = grant;
  if (typeof database !== "string" || isLeft(plan, "mysql_database", ({ name }) => name === database)) {
    return false;
  }
  const given = privileges(grant).join(", ");
  if (database === "*") {
    return given !== "SELECT" && permission`gives ${given} on every database to ${user}`;
  }
  const name = table == null || table === "*" ? database : `${database}.${table}`;
  return permission`gives ${given} on ${name}, which the stack does not make, to ${user}`;
}

/** More than SELECT for a login that reads alone, as edxapp's: whoever has its password may read, and no more. */
function writesReadOnly(grant: Attributes, plan: Plan): Alarm | false {
  const isReadOnly = ({ database, user, ...other }: Attributes) =>
    user === grant.user && database === "*" && privileges(other).join() === "SELECT";
  const more = privileges(grant).filter((privilege) => privilege !== "SELECT");
  return (
    more.length > 0 &&
    isLeft(plan, "mysql_grant", isReadOnly) &&
    permission`gives ${more.join(", ")} on ${grant.database} to ${grant.user}, which is for reading alone`
  );
}

/** What a grant that is moved elsewhere takes, unless another one gives it. */
function takesAway(before: Attributes, plan: Plan): Alarm | false {
  const taken = privileges(before).filter(
    (privilege) =>
      !isLeft(
        plan,
        "mysql_grant",
        (other) =>
          isOnSame({ before, after: other }) && [all, privilege].some((one) => privileges(other).includes(one)),
      ),
  );
  return taken.length > 0 && access`takes ${taken.join(", ")} on ${before.database} from ${before.user}`;
}

function isOnSame({ before, after }: Compared): boolean {
  return ["database", "table", "user", "host"].every((name) => (before[name] ?? "") === (after[name] ?? ""));
}

/** What a grant takes, and what it gives besides; a new one gives what its user is for. */
function otherPrivileges({ before, after }: Compared): readonly (Alarm | false)[] {
  const [had, gets] = [privileges(before), privileges(after)];
  const beyond = (some: readonly string[], others: readonly string[]) =>
    some.filter((privilege) => !others.includes(privilege) && !others.includes(all));
  const [lost, gained] = [beyond(had, gets), beyond(gets, had)];
  return [
    lost.length > 0 && access`takes ${lost.join(", ")} on ${before.database} from ${before.user}`,
    gained.length > 0 && permission`gives ${gained.join(", ")} on ${after.database} to ${after.user}`,
  ];
}

/** The provider's REVOKE names privileges, among which WITH GRANT OPTION is none. */
function grantOption({ before, after }: Compared): Alarm | false {
  const { database, table, user, host } = before;
  return (
    before.grant === true &&
    after.grant !== true &&
    permission`keeps WITH GRANT OPTION, which petoju/mysql does not revoke, so that every plan shows it again. As the master user, once: REVOKE GRANT OPTION ON \`${database}\`.${table ?? "*"} FROM '${user}'@'${host}'`
  );
}

const all = "ALL PRIVILEGES";

/** In MySQL's own form, in which `all` is short for all privileges. */
function privileges({ privileges: written }: Attributes): string[] {
  return texts(written)
    .map((privilege) => privilege.toUpperCase())
    .map((privilege) => (privilege === "ALL" ? all : privilege));
}

import type { GeneratedLogin, MysqlLogin } from "./tables/mysql-passwords";

/** The MySQL logins of a client, and where their passwords are. */
export interface Mysql {
  readonly passwordVersions: Readonly<Record<"analytics" | "migration" | "edxapp_ro", number>>;
  /** Logins whose password the client's stack creates. */
  readonly generated: readonly GeneratedLogin[];
  /** Logins whose password exists, and that a stack could create one for. */
  readonly existing: readonly GeneratedLogin[];
  /** Logins whose password the operator puts into SSM. */
  readonly supplied: readonly MysqlLogin[];
  /** Names of the parameters, by login. */
  readonly parameters: Readonly<Record<MysqlLogin, string>>;
  /** Folder of the parameter that says which versions are deployed. */
  readonly versionsFolder: string;
  /** @default - none; the server's owner creates `edxapp_ro` */
  readonly edxappAdmin?: string;
}

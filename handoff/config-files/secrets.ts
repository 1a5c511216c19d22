import type { Client } from "../../config/client";
import { parameterName } from "../../config/names";

/** Who puts a parameter into SSM. */
type Maker =
  /** The client's stack, unless `mysql.passwords` says that the password exists. */
  | "stack"
  /** `--make-secrets`: any random text does, as long as it stays the same. */
  | "random"
  /** The operator, who has it from elsewhere. */
  | "operator";

interface SecretParameter {
  /** Name of the parameter behind `/edx-analytics/<client>/`. */
  readonly path: string;
  readonly maker: Maker;
  /** What it is, for the operator who is asked for it. */
  readonly what: string;
  /**
   * Whether the files are complete without it.
   * @default false
   */
  readonly optional?: boolean;
}

/** The secrets of the files that are no outputs. */
const secretParameters = {
  analyticsPassword: { path: "mysql/analytics", maker: "stack", what: "password of the MySQL user analytics" },
  migrationPassword: { path: "mysql/migration", maker: "operator", what: "password of edxapp's MySQL user" },
  edxappReadOnlyPassword: { path: "mysql/edxapp_ro", maker: "stack", what: "password of the MySQL user edxapp_ro" },
  apiSecretKey: { path: "analytics-api/secret-key", maker: "random", what: "Django's secret key" },
  apiAuthToken: { path: "analytics-api/auth-token", maker: "random", what: "what Insights calls the API with" },
  insightsSecretKey: { path: "insights/secret-key", maker: "random", what: "Django's secret key" },
  jwtSecretKey: { path: "lms/jwt-secret-key", maker: "operator", what: "what the LMS signs its tokens with" },
  loginOauth2Secret: { path: "insights/login-oauth2-secret", maker: "operator", what: "of oauth2.loginKey in the LMS" },
  backendOauth2Secret: {
    path: "insights/backend-oauth2-secret",
    maker: "operator",
    what: "of oauth2.backendKey in the LMS",
  },
  emailPassword: { path: "email/password", maker: "operator", what: "password of email.user" },
  s3LogsSecretAccessKey: { path: "s3-logs/secret-access-key", maker: "operator", what: "of s3Logs.accessKeyId" },
  jenkinsPrivateKey: {
    path: "jenkins/private-key",
    maker: "operator",
    what: "private key that git knows Jenkins by, RSA or EC in PEM's form",
  },
  jenkinsPassphrase: {
    path: "jenkins/private-key-passphrase",
    maker: "operator",
    what: "passphrase of that key",
    optional: true,
  },
  // The state has the secrets of keys that the stack made.
  elasticsearchSecretAccessKey: {
    path: "elasticsearch/secret-access-key",
    maker: "operator",
    what: "of the imported access key of analytics_elasticsearch",
    optional: true,
  },
  reportsSecretAccessKey: {
    path: "reports-user/secret-access-key",
    maker: "operator",
    what: "of the imported access key of analytics_reports",
    optional: true,
  },
} as const satisfies Record<string, SecretParameter>;

export type SecretKey = keyof typeof secretParameters;

/** The table above as a list. */
export const secretEntries = Object.entries(secretParameters) as [SecretKey, SecretParameter][];

/** Name of a secret's parameter. */
export function secretName(client: string, key: SecretKey): string {
  return parameterName(client, secretParameters[key].path);
}

/** What is known of a parameter by its name; undefined for one that is not of the table. */
export function secretOf(client: Pick<Client, "name" | "mysql">, name: string): SecretParameter | undefined {
  const secret = secretEntries.find(([key]) => secretName(client.name, key) === name)?.[1];
  const existing: readonly string[] = client.mysql.existing.map((login) => client.mysql.parameters[login]);
  return secret && existing.includes(name) ? { ...secret, maker: "operator" } : secret;
}

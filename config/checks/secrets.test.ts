import { mistakes, reportOn, sharedName } from "../../test/client-files";

const said = (path: string) =>
  `\`${path}\` looks like a secret, and client files are committed. Take it out; docs/configuration-files.md says where secrets go.`;

const key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

describe("a secret in a client file", () => {
  it.each([
    "https://x0x0x0@git.example.org/acme.git",
    "https://git:x0x0x0@git.example.org/acme.git",
    "ssh://git:x0x0x0@git.example.org/acme.git",
    "https://git.example.org/acme.git?access_token=x0x0x0",
  ])("is refused in a URL, and not shown: %s", (url) => {
    expect(mistakes({ "configurationFiles.secureRepository": { url, version: "main" } })).toEqual([
      said("configurationFiles.secureRepository.url"),
    ]);
  });

  it.each([
    "git@git.example.org:acme/secure.git",
    "ssh://git@git.example.org/acme/secure.git",
    "https://git.example.org/acme@v1.git",
    "https://git@git.example.org/acme.git",
    "https://{{token}}@git.example.org/acme.git",
    "https://git:${TOKEN}@git.example.org/acme.git",
    "https://git.example.org/acme.git?access_token={{token}}",
  ])("is none in %s", (url) => {
    expect(mistakes({ "configurationFiles.secureRepository": { url, version: "main" } })).toEqual([]);
  });

  it.each([
    ["varsAnalytics", { EMAIL_PASSWORD: "x0x0x0" }, "EMAIL_PASSWORD"],
    ["varsAnalytics", { clientSecret: "x0x0x0" }, "clientSecret"],
    ["varsAnalytics", { DATABASES: { default: { PASS: "x0x0x0" } } }, "DATABASES.default.PASS"],
    ["varsAnalytics", { jenkins: [{ token: "x0x0x0" }] }, "jenkins.0.token"],
    ["varsAnalytics", { API_KEY: ["x0x0x0"] }, "API_KEY.0"],
    ["emrVars", { password: 12345 }, "password"],
    ["jenkinsEnv", { GITHUB_TOKEN: "x0x0x0" }, "GITHUB_TOKEN"],
    ["analyticsOverride", { database: { password: "x0x0x0" } }, "database.password"],
    ["jenkinsEnv", { PGPASSWORD: "hunter2" }, "PGPASSWORD"],
    ["varsAnalytics", { MYSQLPWD: "hunter2" }, "MYSQLPWD"],
    ["varsAnalytics", { ROOTPW: "hunter2" }, "ROOTPW"],
    ["varsAnalytics", { MAPAPIKEY: "a8f5f167f44f4964e6c998dee827110c" }, "MAPAPIKEY"],
    ["varsAnalytics", { DBPASSWORD2: "hunter2" }, "DBPASSWORD2"],
    ["varsAnalytics", { X: "IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQ" }, "X"],
    ["varsAnalytics", { X: "FwoGZXIvYXdzEJr//////////wEaDK" }, "X"],
    ["varsAnalytics", { X: Buffer.from("-----BEGIN RSA PRIVATE KEY-----\nMIIEow").toString("base64") }, "X"],
    ["varsAnalytics", { PASSWORD: "@dmin123" }, "PASSWORD"],
    ["varsAnalytics", { PASSWORD: "~hunter2" }, "PASSWORD"],
    ["varsAnalytics", { PASSWORD: "/hunter2" }, "PASSWORD"],
    ["varsAnalytics", { PASSWORD: ".hunter2" }, "PASSWORD"],
    ["varsAnalytics", { PASSWORD: "hunter2${" }, "PASSWORD"],
    ["varsAnalytics", { PASSWORD: "{{hunter2" }, "PASSWORD"],
    ["varsAnalytics", { DB_PASS_1: "x0x0x0" }, "DB_PASS_1"],
    ["varsAnalytics", { BROKER: "redis://:x0x0x0@redis.example.org" }, "BROKER"],
    ["varsAnalytics", { BROKER: "https://x0x0x0:@git.example.org" }, "BROKER"],
    ["varsAnalytics", { CHAT: "https://hooks.slack.com/services/T0/B0/x0" }, "CHAT"],
    ["varsAnalytics", { SOMETHING: key }, "SOMETHING"],
    ["varsAnalytics", { passwords: { analytics: "x0x0x0" } }, "passwords.analytics"],
    ["varsAnalytics", { API_TOKENS: ["x0x0x0"] }, "API_TOKENS.0"],
    ["varsAnalytics", { DJANGO_SECRET_KEY_BASE: "x0x0x0" }, "DJANGO_SECRET_KEY_BASE"],
    ["varsAnalytics", { MYSQL_PASSWORD_ANALYTICS: "x0x0x0" }, "MYSQL_PASSWORD_ANALYTICS"],
    ["varsAnalytics", { DB_PASSWD_PROD: "x0x0x0" }, "DB_PASSWD_PROD"],
    ["varsAnalytics", { PASSWORD: "x0x0x0{{ x }}" }, "PASSWORD"],
    ["varsAnalytics", { PASSWORD: "{% if x %}x0x0x0{% endif %}" }, "PASSWORD"],
    ["varsAnalytics", { PASSWORD: "{{ 'x0x0x0' }}" }, "PASSWORD"],
    ["varsAnalytics", { PASSWORD: "{{ x | default('x0x0x0') }}" }, "PASSWORD"],
    ["jenkinsEnv", { PASSWORD: "${X:-x0x0x0}" }, "PASSWORD"],
    ["varsAnalytics", { OPTIONS: "--password=x0x0x0" }, "OPTIONS"],
    ["varsAnalytics", { OPTIONS: "mysqldump --password x0x0x0" }, "OPTIONS"],
    ["varsAnalytics", { DSN: "user=x password=x0x0x0 host=db" }, "DSN"],
    ["varsAnalytics", { HEADER: "Authorization: Basic x0x0x0" }, "HEADER"],
    ["varsAnalytics", { HEADER: "Bearer x0x0x0x0x0x0" }, "HEADER"],
    ["varsAnalytics", { SOMETHING: `GOCSPX-${"x0".repeat(14)}` }, "SOMETHING"],
    ["varsAnalytics", { SOMETHING: `SG.${"x0".repeat(11)}.${"x0".repeat(20)}` }, "SOMETHING"],
    ["varsAnalytics", { SOMETHING: `sk-proj-${"x0".repeat(20)}` }, "SOMETHING"],
    ["varsAnalytics", { SOMETHING: "-----BEGIN RSA PRIVATE KEY-----\nx0x0x0" }, "SOMETHING"],
    ["varsAnalytics", { SOMETHING: `ghp_${"x0".repeat(18)}` }, "SOMETHING"],
    ["varsAnalytics", { SOMETHING: `glpat-${"x0".repeat(10)}` }, "SOMETHING"],
    ["varsAnalytics", { DB_PW: "x0x0x0" }, "DB_PW"],
    ["varsAnalytics", { JWT_SIGNING_KEY: "x0x0x0" }, "JWT_SIGNING_KEY"],
    ["varsAnalytics", { FIELD_ENCRYPTION_KEYS: ["x0x0x0"] }, "FIELD_ENCRYPTION_KEYS.0"],
    ["varsAnalytics", { hmacKey: "x0x0x0" }, "hmacKey"],
    ["varsAnalytics", { INSIGHTS_SALT: "x0x0x0" }, "INSIGHTS_SALT"],
    ["varsAnalytics", { COMMON_HTPASSWD: "ops" }, "COMMON_HTPASSWD"],
    ["varsAnalytics", { USERS: "ops:$apr1$abcdefgh$0123456789abcdefghijk/" }, "USERS"],
    ["varsAnalytics", { USERS: [`$2y$10$${"x0".repeat(26)}x`] }, "USERS.0"],
    ["varsAnalytics", { USERS: `$6$rounds=5000$salt$${"x0".repeat(43)}` }, "USERS"],
    ["varsAnalytics", { USERS: "pbkdf2_sha256$36000$x0$x0x0=" }, "USERS"],
    ["emrVars", { arguments: ["--db-password", "x0x0x0"] }, "arguments.1"],
    ["varsAnalytics", { DBSECRETKEY: "x0x0x0", ADMINPASSWORDS: ["x0x0x0"] }, "DBSECRETKEY", "ADMINPASSWORDS.0"],
    ["varsAnalytics", { rootpassphrase: "x0x0x0", SSHPRIVATEKEY: "x0x0x0" }, "rootpassphrase", "SSHPRIVATEKEY"],
    ["varsAnalytics", { COMMAND: "PGPASSWORD=x0x0x0 psql", CALL: "MAPAPIKEY=x0x0x0 get" }, "COMMAND", "CALL"],
    ["varsAnalytics", { OPTIONS: "mysqldump --db-password x0x0x0" }, "OPTIONS"],
    ["varsAnalytics", { OPTIONS: "password=truest", DSN: "password=1234 host=db" }, "OPTIONS", "DSN"],
    ["varsAnalytics", { OPTIONS: "--password yes4me", DSN: "password=0,x0x0" }, "OPTIONS", "DSN"],
    ["varsAnalytics", { DBPW: "x0x0x0", PGPWD: "x0x0x0", PASSWORD: "12345" }, "DBPW", "PGPWD", "PASSWORD"],
    ["varsAnalytics", { SOMETHING: `AgoJb3JpZ2lu${"x0".repeat(20)}` }, "SOMETHING"],
  ])("is refused in extra.%s: %j", (file, values, ...paths) => {
    const found = mistakes({ "configurationFiles.extra": { [file]: values } });

    expect(found).toEqual(paths.map((path) => said(`configurationFiles.extra.${file}.${path}`)));
  });

  it.each([
    ["varsAnalytics", { EMAIL_PASSWORD: "{{ lookup('env', 'EMAIL_PASSWORD') }}" }],
    ["varsAnalytics", { PASSWORD_FILE: "x", TOKEN_EXPIRY: 30, PASSWORD_HASHERS: ["x"], USE_TOKEN: true, PASSWORD: "" }],
    ["varsAnalytics", { SECRET: "<MISSING: x>", PRIVATE_KEY: "/home/ubuntu/key.pem", TOKEN: "https://x.example.org/" }],
    ["varsAnalytics", { BROKER: "redis://:${REDIS_PASSWORD}@redis.example.org", CACHE: "redis://:{{pw}}@example.org" }],
    ["varsAnalytics", { PASSWORD_RESET_TOKEN: 3600, MIN_PASSWORD: 8, SECRET: "~/key.pem", TOKEN: "@./token" }],
    ["varsAnalytics", { SECRET: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:acme" }],
    ["analyticsOverride", { "database-export": { credentials: "s3://acme-edxanalytics/edxanalytics_creds" } }],
    ["analyticsOverride", { "vertica-export": { credentials: "s3://acme-edxanalytics/vertica_creds" } }],
    ["varsAnalytics", { PASSWORD: "{% if x %}{{ y }}{% else %}{{ z }}{% endif %}", TOKEN: "Bearer {{ x }}" }],
    ["varsAnalytics", { PASSWORD: "{{ x | default('') }}", SECRET: "{{ lookup('file', '/etc/secret') }}" }],
    ["varsAnalytics", { PASSWORD_RESET_SUPPORT_LINK: "x", AUTH_PASSWORD_VALIDATORS: ["x"], PASSWORD_MIN_LENGTH: "x" }],
    ["varsAnalytics", { OPTIONS: "--password={{ x }} --password-file=x", DSN: "user=x password=${PW} secret=/etc/x" }],
    ["varsAnalytics", { HEADER: "Authorization: Bearer {{ x }}", NOTE: "Basic authentication, no Bearer tokens" }],
    ["varsAnalytics", { COMMIT: "da39a3ee5e6b4b0d3255bfef95601890afd80709" }],
    ["jenkinsEnv", { GITHUB_TOKEN: "${TOKEN_OF_JENKINS}" }],
    ["varsAnalytics", { JWT_SIGNING_ALGORITHM: "HS256", JWT_PUBLIC_SIGNING_KEY: "x", GPG_SIGNING_KEY: "0xABCDEF01" }],
    ["varsAnalytics", { ENCRYPTION_KEY: "alias/acme", KMS_ENCRYPTION_KEY: "1234abcd-12ab", SALT_LENGTH: "x" }],
    ["varsAnalytics", { BASALT: "x", KPW_X: "x", SED: "s/(a)/$1$suffix_of_a_longer_name_x/", FORMAT: "$5$6$7" }],
    ["emrVars", { arguments: ["--credentials", "s3://acme-edxanalytics/creds", "--token", "--verbose"] }],
    ["emrVars", { arguments: ["--password-file", "x", "--tokens-per-line", "5"] }],
    ["varsAnalytics", { OPTIONS: "psql --no-password reports --db-password-file x", SNAPWIDTH: "x", OLDPWD: "/srv/x" }],
    ["varsAnalytics", { URL: "jdbc:mysql://db/x?usePassword=true&useSSL=true", OPTIONS: "-DusePassword=true -DX=y" }],
    ["varsAnalytics", { OPTIONS: "requirepassword=1 --skip-password=1", LINK: "ResetPassword=https://example.org/x" }],
    ["varsAnalytics", { OPTIONS: "--user-password prompt --token https://example.org/x", REQUIREPASSWORD: "1" }],
    ["varsAnalytics", { AUTH_USER_FORGOTPASSWORD: "forgot.html", RESETPASSWORD: "https://example.org/", HTTPW: "x" }],
    ["varsAnalytics", { RESET_PASSWORD: "true", PASSWORD: "no", MIN_PASSWORD: "8" }],
    ["emrVars", { arguments: ["--user-password", "prompt"] }],
    ["varsAnalytics", { COMMAND: "PGPASSWORD=$PW psql", CALL: "MAPAPIKEY={{ key }} get", COOKIE: "csrftoken=x" }],
  ])("is none in extra.%s: %j", (file, values) => {
    expect(mistakes({ "configurationFiles.extra": { [file]: values } })).toEqual([]);
  });

  it.each([
    ["Password", "x0x0x0"],
    ["db-password", "x0x0x0"],
    ["acme:api token", "x0x0x0"],
    ["Note", key],
    ["Note", "user=x password=x0x0x0"],
    ["Note", "https://ops:x0x0x0@git.example.org/acme"],
  ])("is refused in a tag, %s: %s", (name, value) => {
    expect(mistakes({ tags: { [name]: value } })).toEqual([said(`tags.${name}`)]);
  });

  it.each([
    ["Team", "Platform/DataEngineering/CostCenter12345"],
    ["Team", "EU/IT/Ops/DataEngineering/CostCentre/001"],
    ["Support", "Basic support2026"],
    ["holds-secrets", "yes"],
    ["Credentials", "None"],
    ["PasswordPolicy", "strict"],
    ["token-owner", "ops@example.org"],
    ["Compass", "north"],
  ])("is none in a tag, %s: %s", (name, value) => {
    expect(mistakes({ tags: { [name]: value } })).toEqual([]);
  });

  it("is refused behind its option in a job's arguments, which others are not", () => {
    const of = (...list: string[]) => mistakes({ "jenkinsJobs.enrollments": { arguments: list } });

    expect(of("--throttle", "0.25", "--password", "x0x0x0")).toEqual([said("jenkinsJobs.enrollments.arguments.3")]);
    expect(of("--credentials", "s3://acme/creds", "--overwrite-n-days", "3", "--password")).toEqual([]);
  });

  it("is refused behind the user of the mail server", () => {
    const of = (user: string) => mistakes({ "configurationFiles.email": { host: "smtp.example.org", user } });

    expect(of("analytics:x0x0x0")).toEqual([said("configurationFiles.email.user")]);
    expect([...of("analytics"), ...of("analytics@example.org")]).toEqual([]);
  });

  it("is refused in every other field, and in a shared stack", () => {
    const token = `glpat-${"x0".repeat(10)}`;
    expect(mistakes({ "tags.Note": token, "configurationFiles.s3Logs": { accessKeyId: key } })).toEqual(
      expect.arrayContaining([said("tags.Note"), said("configurationFiles.s3Logs.accessKeyId")]),
    );
    expect(
      reportOn({ [sharedName]: { state: { bucket: "b-1" }, network: { vpc: "default" }, tags: { Note: token } } })[0],
    ).toContain(said("tags.Note"));
  });

  it("is shown by no other mistake", () => {
    expect(mistakes({ region: { a: key }, "hosts.keyPair": [key], accountId: key }).join()).not.toContain(key);
  });

  it.each([
    { CERTIFICATE: Buffer.from("-----BEGIN CERTIFICATE-----\nMIIEow").toString("base64") },
    { KEY: Buffer.from("-----BEGIN PUBLIC KEY-----\nMIIEow").toString("base64") },
    { BYPASS: "yes" },
    { TOKENIZER: "standard" },
    { PGPASSFILE: "/edx/etc/pgpass" },
    { DBPASSWORD: "{{ lookup('env', 'X') }}" },
  ])("is none in %j", (varsAnalytics) => {
    expect(mistakes({ "configurationFiles.extra": { varsAnalytics } })).toEqual([]);
  });
});

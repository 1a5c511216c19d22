import example from "../clients/example";
import { loadFleet } from "../config/load/load";
import { rdsCertificates } from "../modules/rds-certificates";
import { schemaMistakes } from "../test/provider-schema";
import { synthesizeDatabases, type Template } from "../test/synth";

const admin = { mysql: { edxappAdmin: "root" } };

/** Statements that a stack's grants amount to. */
function grants({ resource }: Template): string[] {
  const nameOf = (reference: string) => {
    const [, type = "", name = "", attribute = ""] = /^\$\{(\w+)\.(\w+)\.(\w+)\}$/.exec(reference) ?? [];
    return type === "" ? reference : resource[type]?.[name]?.[attribute];
  };
  return Object.values(resource.mysql_grant ?? {}).map(
    ({ provider, privileges, database, table, user, host }) =>
      `${provider}: ${privileges.join()} on ${nameOf(database)}.${table} to ${nameOf(user)}@${nameOf(host)}`,
  );
}

function provider(alias: string, { provider: { mysql } }: Template) {
  return mysql.find((each: { alias: string }) => each.alias === alias);
}

describe("databases", () => {
  it("are the runbook's three in utf8, by the name that the server reports, and cannot be dropped", () => {
    const { resource } = synthesizeDatabases();

    expect(Object.values(resource.mysql_database ?? {}).map(({ name }) => name)).toEqual([
      "dashboard",
      "analytics-api",
      "reports",
    ]);
    expect(resource.mysql_database?.analytics_1_dashboard).toMatchObject({
      provider: "mysql.analytics_1",
      default_character_set: "utf8mb3",
      default_collation: "utf8mb3_general_ci",
      lifecycle: { prevent_destroy: true },
    });
    expect(synthesizeDatabases({ release: "maple" }).resource.mysql_database?.analytics_1_dashboard).toMatchObject({
      default_character_set: "utf8",
      default_collation: "utf8_general_ci",
    });
    expect(synthesizeDatabases({ protected: false }).resource.mysql_database?.analytics_1_dashboard?.lifecycle).toEqual(
      { prevent_destroy: false },
    );
  });

  it("give everything on them, and on nothing else, to analytics and to the migration user of edxapp's name", () => {
    expect(grants(synthesizeDatabases())).toEqual(
      ["analytics", "edxapp001"].flatMap((user) =>
        ["dashboard", "analytics-api", "reports"].map(
          (database) => `mysql.analytics_1: ALL PRIVILEGES on ${database}.* to ${user}@%`,
        ),
      ),
    );
  });

  it("are on each iteration, with a connection of its own", () => {
    const synthesised = synthesizeDatabases({
      database: { iterations: { "1": { engineVersion: "5.7.44" }, "2": {} } },
    });
    const { resource, data } = synthesised;

    expect(Object.keys(resource.mysql_database ?? {})).toHaveLength(6);
    expect(resource.mysql_database?.analytics_1_reports?.default_character_set).toBe("utf8");
    expect(resource.mysql_database?.analytics_2_reports?.default_character_set).toBe("utf8mb3");
    expect(grants(synthesised)).toHaveLength(12);
    expect(data.aws_db_instance).toMatchObject({
      rds_1: { db_instance_identifier: "example-analytics" },
      rds_2: { db_instance_identifier: "example-analytics-2" },
    });
    expect(provider("analytics_2", synthesised)?.endpoint).toBe("${data.aws_db_instance.rds_2.endpoint}");
  });

  it("on a retired iteration are removed from the state with it: they are not dropped, and nothing connects", () => {
    const synthesised = synthesizeDatabases({ database: { active: "2", iterations: { "2": {} }, retired: ["1"] } });
    const removed = synthesised.removed?.map(([{ from }]) => from) ?? [];
    const { resource } = synthesizeDatabases();
    const once = ["mysql_database", "mysql_user", "mysql_grant"].flatMap((type) =>
      Object.keys(resource[type] ?? {}).map((name) => `${type}.${name}`),
    );

    expect(removed).toEqual(expect.arrayContaining(once));
    expect(synthesised.removed).toEqual(removed.map((from) => [{ from, lifecycle: { destroy: false } }]));
    expect(provider("analytics_1", synthesised)).toEqual({
      alias: "analytics_1",
      endpoint: "forgotten.invalid:3306",
      username: "nobody",
    });
  });
});

describe("the connection", () => {
  it("is root's, with the password that RDS manages, over TLS that RDS's own authorities vouch for", () => {
    const synthesised = synthesizeDatabases();

    expect(provider("analytics_1", synthesised)).toEqual({
      alias: "analytics_1",
      endpoint: "${data.aws_db_instance.rds_1.endpoint}",
      username: "${data.aws_db_instance.rds_1.master_username}",
      password: "${jsondecode(ephemeral.aws_secretsmanager_secret_version.rds_1.secret_string).password}",
      proxy: "${var.mysql_proxy}",
      custom_tls: [{ ca_cert: "${var.rds_ca}" }],
      connect_retry_timeout_sec: 10,
    });
    expect(synthesised.ephemeral?.aws_secretsmanager_secret_version?.rds_1).toEqual({
      secret_id: "${one(data.aws_db_instance.rds_1.master_user_secret).secret_arn}",
    });
    expect(synthesised.variable?.rds_ca?.default).toMatch(/^-----BEGIN CERTIFICATE-----/);
  });

  it("is with the operator's password from SSM, where RDS does not manage it", () => {
    const synthesised = synthesizeDatabases({
      database: { iterations: { "1": { masterPassword: { existing: true } } } },
    });

    expect(provider("analytics_1", synthesised)?.password).toBe(
      "${ephemeral.aws_ssm_parameter.password_of_master_1.value}",
    );
    expect(synthesised.ephemeral?.aws_ssm_parameter?.password_of_master_1).toEqual({
      arn: "arn:aws:ssm:eu-west-1:123456789012:parameter/edx-analytics/example/mysql/master_1",
    });
    expect(synthesised.ephemeral).not.toHaveProperty("aws_secretsmanager_secret_version");
  });

  it("is tried once before anything else, so that a server out of reach is one error after seconds", () => {
    const { resource, data } = synthesizeDatabases(admin);
    const waiting = Object.entries({ ...resource.mysql_database, ...resource.mysql_user });

    expect(data.mysql_databases).toEqual(
      Object.fromEntries(
        ["analytics_1", "edxapp"].map((alias) => [
          alias,
          expect.objectContaining({ provider: `mysql.${alias}`, pattern: "information_schema" }),
        ]),
      ),
    );
    expect(waiting).toHaveLength(6);
    for (const [name, { depends_on }] of waiting) {
      expect(depends_on).toEqual([`data.mysql_databases.${name.startsWith("edxapp") ? "edxapp" : "analytics_1"}`]);
    }
  });

  it("takes a SOCKS proxy and other authorities as variables, which are asked for where RDS's are not known", () => {
    expect(synthesizeDatabases().variable?.mysql_proxy).toMatchObject({ type: "string", default: null });
    expect(
      synthesizeDatabases({
        region: "il-central-1",
        network: { vpc: "default", zones: ["il-central-1a", "il-central-1b"] },
      }).variable?.rds_ca,
    ).not.toHaveProperty("default");
  });
});

describe("RDS's certificate authorities", () => {
  it("are known for every client of the project", () => {
    expect(loadFleet().clients.filter(({ region }) => rdsCertificates(region) === undefined)).toEqual([]);
  });
});

describe("passwords", () => {
  it("come from SSM, write-only, with the version of the client file", () => {
    const { resource, ephemeral } = synthesizeDatabases({ mysql: { passwords: { analytics: { version: 3 } } } });

    expect(resource.mysql_user?.analytics_1_analytics).toMatchObject({
      user: "analytics",
      host: "%",
      password_wo: "${ephemeral.aws_ssm_parameter.password_of_analytics.value}",
      password_wo_version: 3,
    });
    expect(resource.mysql_user?.analytics_1_migration).toMatchObject({
      user: "edxapp001",
      password_wo: "${ephemeral.aws_ssm_parameter.password_of_migration.value}",
      password_wo_version: 1,
    });
    expect(ephemeral?.aws_ssm_parameter).toEqual({
      password_of_analytics: {
        arn: "arn:aws:ssm:eu-west-1:123456789012:parameter/edx-analytics/example/mysql/analytics",
      },
      password_of_migration: {
        arn: "arn:aws:ssm:eu-west-1:123456789012:parameter/edx-analytics/example/mysql/migration",
      },
    });
  });

  it("are in no argument that a plan or the state would show", () => {
    const { resource } = synthesizeDatabases(admin);
    const shown = Object.values(resource)
      .flatMap((named) => Object.values(named))
      .flatMap((block) => Object.entries(block).filter(([name]) => name !== "password_wo"))
      .filter(([, value]) => JSON.stringify(value).includes("ephemeral."));

    expect(shown).toEqual([]);
  });

  it("of a version that the client's stack has not deployed are refused at plan", () => {
    const passwords = { analytics: { version: 2 } };
    const { data } = synthesizeDatabases({ mysql: { passwords, edxappAdmin: "admin" } });

    expect(data.aws_ssm_parameters_by_path?.deployed_versions).toMatchObject({
      path: "/edx-analytics/example/mysql/versions",
      lifecycle: {
        postcondition: [
          {
            condition: "${try(jsondecode(one(self.values)).analytics, 0) == 2}",
            error_message:
              "Version 2 of the password of analytics is not in SSM. Apply `example` first, then `example-databases`.",
          },
          { condition: "${try(jsondecode(one(self.values)).edxapp_ro, 0) == 1}" },
        ],
      },
    });
    // Without a login there, the password of edxapp's user is set by the server's owner.
    const [{ postcondition = [] } = {}] = [
      synthesizeDatabases({ mysql: { passwords } }).data.aws_ssm_parameters_by_path?.deployed_versions?.lifecycle,
    ].flat() as { postcondition?: unknown[] }[];
    expect(postcondition).toHaveLength(1);
    const ofTheOperator = synthesizeDatabases({
      mysql: { passwords: { analytics: { existing: true }, edxapp_ro: { existing: true } } },
    });
    expect(ofTheOperator.data).not.toHaveProperty("aws_ssm_parameters_by_path");
  });
});

describe("edxapp_ro", () => {
  const byAddress = (address: string) =>
    synthesizeDatabases({
      ...admin,
      edxapp: {
        ...example.edxapp,
        database: { address, port: 3307, securityGroupIds: ["sg-0a1b2c3d"], user: "edxapp", access: "print" },
      },
    });

  it("is left to the edxapp server's owner, and removed from the state where it was made before", () => {
    const synthesised = synthesizeDatabases();

    expect(synthesised.resource.mysql_user).not.toHaveProperty("edxapp_edxapp_ro");
    expect(synthesised.data.aws_db_instance).not.toHaveProperty("rds_edxapp");
    expect(synthesised.removed?.map(([{ from }]) => from)).toEqual([
      "mysql_user.edxapp_edxapp_ro",
      "mysql_grant.edxapp_edxapp_ro_select_on_everything",
    ]);
  });

  it("reads everything on the edxapp server, made by the user that the client file names", () => {
    const synthesised = synthesizeDatabases(admin);

    expect(grants(synthesised)).toContain("mysql.edxapp: SELECT on *.* to edxapp_ro@%");
    expect(grants(synthesised).filter((grant) => grant.startsWith("mysql.edxapp"))).toHaveLength(1);
    expect(provider("edxapp", synthesised)).toMatchObject({
      endpoint: "${data.aws_db_instance.rds_edxapp.endpoint}",
      username: "root",
      password: "${ephemeral.aws_ssm_parameter.password_of_edxapp_admin.value}",
      custom_tls: [{ ca_cert: "${var.rds_ca}" }],
    });
    expect(synthesised).not.toHaveProperty("removed");
  });

  it("on a server of another region, or that is not RDS, has that server's certificate verified too", () => {
    const elsewhere = provider("edxapp", byAddress("edxapp.c0ffee.us-west-2.rds.amazonaws.com"));
    const notRds = provider("edxapp", byAddress("mysql.example.org"));

    expect(elsewhere?.endpoint).toBe("edxapp.c0ffee.us-west-2.rds.amazonaws.com:3307");
    expect(elsewhere?.custom_tls[0].ca_cert).toMatch(/^-----BEGIN CERTIFICATE-----/);
    expect(notRds).toMatchObject({ endpoint: "mysql.example.org:3307", tls: "true" });
  });
});

describe("the provider's schema", () => {
  it("takes the stack", () => {
    expect(schemaMistakes(synthesizeDatabases())).toEqual([]);
    expect(
      schemaMistakes(
        synthesizeDatabases({ ...admin, database: { active: "2", iterations: { "2": {} }, retired: ["1"] } }),
      ),
    ).toEqual([]);
  });
});

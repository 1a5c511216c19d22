import { synthesizeClient } from "../test/synth";

describe("analytics database", () => {
  it("is one MySQL instance with safe defaults", () => {
    const { resource } = synthesizeClient();

    expect(resource.aws_db_instance).toEqual({
      database_1: expect.objectContaining({
        identifier: "example-analytics",
        engine: "mysql",
        engine_version: "8.0",
        instance_class: "db.t3.medium",
        allocated_storage: 20,
        storage_type: "gp3",
        storage_encrypted: true,
        username: "root",
        manage_master_user_password: true,
        multi_az: false,
        publicly_accessible: false,
        backup_retention_period: 14,
        auto_minor_version_upgrade: false,
        deletion_protection: true,
        skip_final_snapshot: false,
        final_snapshot_identifier: "example-analytics-final",
        lifecycle: expect.objectContaining({ prevent_destroy: true }),
      }),
    });
  });

  it("has no password, no initial database", () => {
    const instance = synthesizeClient().resource.aws_db_instance?.database_1;

    expect(instance).not.toHaveProperty("password");
    expect(instance).not.toHaveProperty("db_name");
  });

  it("is the MySQL of the release", () => {
    const { resource } = synthesizeClient({ release: "maple" });

    expect(resource.aws_db_instance?.database_1).toMatchObject({ engine_version: "5.7" });
    expect(resource.aws_db_parameter_group?.database_1_parameters).toMatchObject({ family: "mysql5.7" });
  });

  it("stops a plan that would upgrade a running instance in place, as by another release", () => {
    const postconditionOf = (version: object) =>
      synthesizeClient({ release: "nutmeg", database: { iterations: { "1": version } } }).resource.aws_db_instance
        ?.database_1?.lifecycle.postcondition;
    const running = 'join(".", slice(split(".", self.engine_version_actual), 0, 2))';

    expect(postconditionOf({})).toEqual([
      {
        condition: `\${${running} == "8.0"}`,
        error_message: `example-analytics runs MySQL \${self.engine_version_actual}, and is to be 8.0. An iteration keeps the version that it was made with: set engineVersion of the database's iteration 1 to "\${${running}}". Another version is a new iteration.`,
      },
    ]);
    expect(postconditionOf({ engineVersion: "5.7.44" })[0].condition).toBe(`\${${running} == "5.7"}`);
    // RDS refuses as well, before it changes anything.
    expect(synthesizeClient().resource.aws_db_instance?.database_1).not.toHaveProperty("allow_major_version_upgrade");
  });

  it("stops a plan for an older patch than RDS runs by now, where the file names one", () => {
    const last = (engineVersion: string) =>
      synthesizeClient({ database: { iterations: { "1": { engineVersion } } } }).resource.aws_db_instance?.database_1
        ?.lifecycle.postcondition[1];
    const patch = "^[0-9]+[.][0-9]+[.]([0-9]+)";
    const number = (version: string) =>
      `tonumber(try(regex("${patch}", ${version})[0], "0")) * 100000000 + tonumber(try(regex("-rds[.]([0-9]+)$", ${version})[0], "0"))`;

    expect(last("8.0.35")).toEqual({
      condition: `\${!can(regex("${patch}", self.engine_version)) || ${number("self.engine_version_actual")} <= ${number("self.engine_version")}}`,
      error_message:
        'example-analytics runs MySQL ${self.engine_version_actual}, and is to be ${self.engine_version}: RDS has moved on and refuses to go back. Set engineVersion of the database\'s iteration 1 to "${self.engine_version_actual}".',
    });
    expect(last("5.7.44-rds.20240408")).toBeDefined();
    expect(last("8.0")).toBeUndefined();
  });

  it("may be restored from a snapshot, or from another instance as it was", () => {
    const { resource } = synthesizeClient({
      database: {
        active: "2",
        iterations: {
          "2": { restoreFrom: { snapshot: "rds:example-analytics-2026-11-26-03-10" } },
          "3": { restoreFrom: { instance: "example-analytics-2", at: "2026-11-26T09:30:00Z" } },
          "4": { restoreFrom: { instance: "example-analytics-2", at: "latest" } },
        },
        retired: ["1"],
      },
    });
    const { database_2: second, database_3: third, database_4: fourth } = resource.aws_db_instance ?? {};

    expect(second).toMatchObject({ snapshot_identifier: "rds:example-analytics-2026-11-26-03-10" });
    expect(third?.restore_to_point_in_time).toEqual({
      source_db_instance_identifier: "example-analytics-2",
      restore_time: "2026-11-26T09:30:00Z",
    });
    expect(fourth?.restore_to_point_in_time).toMatchObject({ use_latest_restorable_time: true });
    // An imported instance does not have them in its state, and would be replaced.
    expect(second?.lifecycle).toMatchObject({
      prevent_destroy: true,
      ignore_changes: ["engine_lifecycle_support", "snapshot_identifier", "restore_to_point_in_time"],
    });
  });

  it("may have windows of its own for backups and maintenance", () => {
    const windows = { backupWindow: "03:00-04:00", maintenanceWindow: "sun:04:30-sun:05:30" };

    expect(synthesizeClient({ database: windows }).resource.aws_db_instance?.database_1).toMatchObject({
      backup_window: "03:00-04:00",
      maintenance_window: "sun:04:30-sun:05:30",
    });
  });

  it("may have a standby, grow by itself, and be in other groups besides", () => {
    const iteration = { multiAz: true, maxStorageGiB: 100, additionalSecurityGroupIds: ["sg-0a1b2c3d4e5f67890"] };
    const { resource } = synthesizeClient({ database: { iterations: { "1": iteration } } });

    expect(resource.aws_db_instance?.database_1).toMatchObject({
      multi_az: true,
      max_allocated_storage: 100,
      vpc_security_group_ids: ["${aws_security_group.database_emr_rds.id}", "sg-0a1b2c3d4e5f67890"],
    });
  });

  it("may be of one patch, as an instance that is imported, on the parameters of all of them", () => {
    const { resource } = synthesizeClient({ database: { iterations: { "1": { engineVersion: "5.7.44" } } } });

    expect(resource.aws_db_instance?.database_1).toMatchObject({
      engine_version: "5.7.44",
      engine_lifecycle_support: "open-source-rds-extended-support",
    });
    expect(resource.aws_db_parameter_group?.database_1_parameters).toMatchObject({
      name: "example-analytics-mysql5-7",
      family: "mysql5.7",
    });
  });

  it("leaves the master password of an instance that is imported alone, and puts out no secret of it", () => {
    const { resource, output } = synthesizeClient({
      database: { iterations: { "1": { masterPassword: { existing: true } }, "2": {} } },
    });

    expect(Object.keys(resource.aws_db_instance?.database_1 ?? {})).not.toEqual(
      expect.arrayContaining([expect.stringContaining("password")]),
    );
    expect(resource.aws_db_instance?.database_2).toMatchObject({ manage_master_user_password: true });
    expect(output.databases?.value["1"]).not.toHaveProperty("master_secret_arn");
    expect(output.databases?.value["2"]).toHaveProperty("master_secret_arn");
  });

  it("makes databases in the runbook's character set", () => {
    expect(synthesizeClient().resource.aws_db_parameter_group?.database_1_parameters?.parameter).toEqual([
      { name: "character_set_server", value: "utf8" },
      { name: "collation_server", value: "utf8_general_ci" },
    ]);
  });

  it("has the sizes that the client file names", () => {
    const { resource } = synthesizeClient({
      database: {
        iterations: {
          "1": {
            engineVersion: "8.4",
            instanceClass: "db.m6i.large",
            storageGiB: 100,
            storageType: "gp2",
            encrypted: false,
            identifier: "acme",
            masterUser: "admin",
          },
        },
        backupRetentionDays: 35,
      },
    });

    expect(resource.aws_db_instance?.database_1).toMatchObject({
      identifier: "acme",
      username: "admin",
      engine_version: "8.4",
      instance_class: "db.m6i.large",
      allocated_storage: 100,
      storage_type: "gp2",
      storage_encrypted: false,
      backup_retention_period: 35,
    });
  });

  it.each([
    ["8.0", undefined, "open-source-rds-extended-support"],
    ["8.4", undefined, "open-source-rds-extended-support-disabled"],
    ["8.4", "extended", "open-source-rds-extended-support"],
  ] as const)("pays for MySQL %s with lifecycleSupport %s: %s", (engineVersion, lifecycleSupport, expected) => {
    const { resource } = synthesizeClient({ database: { iterations: { "1": { engineVersion, lifecycleSupport } } } });

    expect(resource.aws_db_instance?.database_1?.engine_lifecycle_support).toBe(expected);
  });

  it("is one instance for each iteration, and the active one is put out", () => {
    const { resource, output } = synthesizeClient({
      database: { active: "1", iterations: { "1": { engineVersion: "8.0" }, "2": { engineVersion: "8.4" } } },
    });

    expect(resource.aws_db_instance).toMatchObject({
      database_1: { identifier: "example-analytics" },
      database_2: { identifier: "example-analytics-2", parameter_group_name: expect.stringContaining("database_2") },
    });
    expect(output.active_database?.value).toBe("1");
    expect(output.databases?.value["1"]).toMatchObject({
      address: "${aws_db_instance.database_1.address}",
    });
    expect(Object.keys(output.databases?.value)).toEqual(["1", "2"]);
  });

  it("is destroyed on purpose alone, iteration by iteration", () => {
    const { resource } = synthesizeClient({
      database: { active: "2", iterations: { "1": { protected: false }, "2": {} } },
    });

    expect(resource.aws_db_instance).toMatchObject({
      database_1: { deletion_protection: false, lifecycle: { prevent_destroy: false }, skip_final_snapshot: false },
      database_2: { deletion_protection: true, lifecycle: { prevent_destroy: true } },
    });
  });
});

describe("who reaches the analytics database", () => {
  it("is EMR, the director and the hosts, by rules of EMR RDS", () => {
    const { resource } = synthesizeClient();
    const rules = Object.entries(resource.aws_vpc_security_group_ingress_rule ?? {}).filter(
      ([, { security_group_id }]) => security_group_id === "${aws_security_group.database_emr_rds.id}",
    );

    expect(
      rules.map(([, { referenced_security_group_id, from_port, to_port }]) => [
        referenced_security_group_id,
        from_port,
        to_port,
      ]),
    ).toEqual([
      ["${aws_security_group.emr_master.id}", 3306, 3306],
      ["${aws_security_group.emr_slave.id}", 3306, 3306],
      ["${aws_security_group.director.id}", 3306, 3306],
      ["${aws_security_group.analytics.id}", 3306, 3306],
    ]);
  });

  it("is EMR alone, and the VPC's default group, where the runbook's membership is asked for", () => {
    const { resource, data } = synthesizeClient({
      network: { vpc: "default", zones: ["eu-west-1a", "eu-west-1b"], defaultSecurityGroup: true },
    });
    const rules = Object.keys(resource.aws_vpc_security_group_ingress_rule ?? {}).filter((name) =>
      name.startsWith("database_"),
    );

    expect(rules).toHaveLength(2);
    expect(Object.keys(data.aws_security_group ?? {})).toHaveLength(1);
    expect(resource.aws_db_instance?.database_1?.vpc_security_group_ids).toEqual([
      expect.stringMatching(/^\$\{data\.aws_security_group\./),
      "${aws_security_group.database_emr_rds.id}",
    ]);
  });

  it("is decided by the owner of a group that exists", () => {
    const { resource } = synthesizeClient({ emr: { rdsSecurityGroup: { existing: "sg-0a1b2c3d" } } });

    expect(resource.aws_security_group).not.toHaveProperty("database_emr_rds");
    expect(Object.keys(resource.aws_vpc_security_group_ingress_rule ?? {})).not.toContainEqual(
      expect.stringMatching(/^database_/),
    );
  });
});

import type { TerraformStack } from "cdktf";
import { network } from "../test/network";
import { synthesize } from "../test/synth";
import { AnalyticsDatabase, type AnalyticsDatabaseProps, type DatabaseIteration } from "./analytics-database";
import { EmrRdsSecurityGroup } from "./emr-security-groups";
import { Peer } from "./peer";
import { type ISecurityGroup, SecurityGroup } from "./security-group";

const required = { identifier: "acme", finalSnapshotIdentifier: "acme-final" };

function database(
  iteration: Partial<DatabaseIteration> = {},
  props: Partial<AnalyticsDatabaseProps> = {},
  emrRds = (stack: TerraformStack): ISecurityGroup => new EmrRdsSecurityGroup(stack, "emr-rds", { vpc: network }),
) {
  const { resource, data } = synthesize((stack) => {
    const iterations = { "1": { ...required, ...iteration } };
    const securityGroup = emrRds(stack);
    new AnalyticsDatabase(stack, "database", { network, iterations, securityGroup, ...props }).allowFrom(
      Peer.ipv4("10.0.0.0/8"),
    );
  });
  return { resource, data, instance: resource.aws_db_instance?.database_1 };
}

describe("analytics database", () => {
  it("is private, encrypted, backed up, protected MySQL 8.0 by default", () => {
    const { resource, instance } = database();

    expect(instance).toMatchObject({
      identifier: "acme",
      final_snapshot_identifier: "acme-final",
      engine_version: "8.0",
      instance_class: "db.t3.medium",
      storage_type: "gp3",
      allocated_storage: 20,
      storage_encrypted: true,
      multi_az: false,
      username: "root",
      manage_master_user_password: true,
      publicly_accessible: false,
      backup_retention_period: 14,
      engine_lifecycle_support: "open-source-rds-extended-support-disabled",
      deletion_protection: true,
      vpc_security_group_ids: ["${aws_security_group.emr_rds.id}"],
      db_subnet_group_name: "acme",
      lifecycle: { prevent_destroy: true },
    });
    expect(resource.aws_security_group?.emr_rds).toMatchObject({
      name: "EMR RDS",
      description: "MySQL from EMR",
    });
    expect(resource.aws_db_parameter_group?.database_1_parameters).toMatchObject({ family: "mysql8.0" });
    expect(resource.aws_db_parameter_group?.database_1_parameters).not.toHaveProperty("name");
  });

  it("has what each iteration is given", () => {
    const { resource, instance } = database({
      engineVersion: "5.7.44",
      parameterGroupName: "acme-mysql5-7",
      instanceClass: "db.m6i.large",
      storageType: "gp2",
      storageGiB: 100,
      maxStorageGiB: 200,
      encrypted: false,
      multiAz: true,
      masterUser: "admin",
      masterPassword: "existing",
      lifecycleSupport: "extended",
      additionalSecurityGroups: [{ securityGroupId: "sg-more" }],
      protected: false,
    });

    expect(instance).toMatchObject({
      engine_version: "5.7.44",
      instance_class: "db.m6i.large",
      storage_type: "gp2",
      allocated_storage: 100,
      max_allocated_storage: 200,
      storage_encrypted: false,
      multi_az: true,
      username: "admin",
      engine_lifecycle_support: "open-source-rds-extended-support",
      vpc_security_group_ids: ["${aws_security_group.emr_rds.id}", "sg-more"],
      deletion_protection: false,
      lifecycle: { prevent_destroy: false },
    });
    expect(instance).not.toHaveProperty("manage_master_user_password");
    expect(resource.aws_db_parameter_group?.database_1_parameters).toMatchObject({
      name: "acme-mysql5-7",
      family: "mysql5.7",
    });
  });

  it("keeps backups for the days that it is given, and has the network's default groups", () => {
    const { instance } = database(
      {},
      { backupRetentionDays: 7, network: { ...network, defaultSecurityGroupIds: ["sg-default"] } },
    );

    expect(instance).toMatchObject({
      backup_retention_period: 7,
      vpc_security_group_ids: ["sg-default", "${aws_security_group.emr_rds.id}"],
    });
  });

  it("lets peers reach MySQL, unless the group is another's", () => {
    const own = database().resource;
    const existing = database({}, {}, (stack) =>
      SecurityGroup.fromSecurityGroupId(stack, "emr-rds", "sg-0a1b2c3d", { vpc: network, mutable: false }),
    );

    expect(own.aws_vpc_security_group_ingress_rule?.emr_rds_mysql_from_10_0_0_0__8).toMatchObject({
      from_port: 3306,
    });
    expect(existing.data.aws_security_group?.emr_rds).toMatchObject({ id: "sg-0a1b2c3d" });
    expect(existing.resource).not.toHaveProperty("aws_security_group");
    expect(existing.resource).not.toHaveProperty("aws_vpc_security_group_ingress_rule");
  });
});

import { readPlan } from "../../resources/plan/plan";
import { checkPlan, unlistedImports } from "./plan-check";

interface Given {
  readonly actions: readonly string[];
  readonly before?: object | null;
  readonly after?: object | null;
  readonly importing?: object;
}

/** What a plan of these changes, by address, comes to. */
function checked(changes: Readonly<Record<string, Given>>) {
  const resource_changes = Object.entries(changes).map(([address, { before = null, after = null, ...change }]) => ({
    address,
    mode: "managed",
    type: address.split(".")[0],
    change: { before, after, after_unknown: {}, ...change },
  }));
  return checkPlan(readPlan(JSON.stringify({ format_version: "1.2", resource_changes }), "plan.json"));
}

const imported = { id: "as it is" };
const update = { actions: ["update"], importing: imported };

describe("a plan", () => {
  it("is an adoption where every addition and change has a reason, which stands above it", () => {
    const { lines, refused } = checked({
      "aws_security_group.analytics": {
        ...update,
        before: { tags: {}, tags_all: {}, revoke_rules_on_delete: null },
        after: { tags: { Name: "analytics" }, tags_all: { Name: "analytics" }, revoke_rules_on_delete: false },
      },
      "aws_s3_bucket_policy.buckets_emr": { actions: ["create"], after: { policy: "{}" } },
      "aws_db_instance.database_1": {
        ...update,
        before: { deletion_protection: false },
        after: { deletion_protection: true },
      },
      "aws_iam_user.reports": { actions: ["no-op"], importing: imported },
    });

    expect(refused).toEqual([]);
    expect(lines).toEqual([
      "3 to import, 1 to create, 2 to update in place",
      "",
      "To create: the bucket accepts TLS only",
      "  aws_s3_bucket_policy.buckets_emr",
      "",
      "To update: `protected`: nobody deletes the instance by mistake",
      "  aws_db_instance.database_1  deletion_protection: false → true",
      "",
      "To update: settings of Terraform's own, which say what a later destroy does; nothing changes in AWS",
      "  aws_security_group.analytics  revoke_rules_on_delete: (none) → false",
      "",
      "To update: tags of the project: Project, Client, ManagedBy and Name",
      "  aws_security_group.analytics  Name",
      "",
    ]);
  });

  it("has a reason for what the MySQL provider sends of a user that is imported", () => {
    const { lines, refused } = checked({
      "mysql_user.analytics_1_analytics": {
        ...update,
        before: { password_wo_version: null, discard_old_password: null, retain_old_password: null, tls_option: null },
        after: { password_wo_version: 1, discard_old_password: false, retain_old_password: false, tls_option: "NONE" },
      },
    });

    expect(refused).toEqual([]);
    expect(lines).toContain(
      "To update: the password that SSM holds is set, and REQUIRE SSL of the user goes: log in with it first, docs/adopting.md",
    );
  });

  it("has a reason for a master password that RDS manages already, of a deployment whose state is lost", () => {
    const { refused } = checked({
      "aws_db_instance.database_1": {
        ...update,
        before: { manage_master_user_password: null, master_user_secret: [{ secret_arn: "arn:aws:secretsmanager:x" }] },
        after: { manage_master_user_password: true, master_user_secret: [{ secret_arn: "arn:aws:secretsmanager:x" }] },
      },
    });

    expect(refused).toEqual([]);
  });

  it("tells tags of a root volume from its size", () => {
    const { lines, refused } = checked({
      "aws_instance.director": {
        ...update,
        before: { root_block_device: [{ volume_size: 50, tags: {}, tags_all: {} }] },
        after: { root_block_device: [{ volume_size: 50, tags: { Client: "acme" }, tags_all: { Client: "acme" } }] },
      },
    });

    expect(refused).toEqual([]);
    expect(lines).toEqual(
      expect.arrayContaining([
        "To update: tags of the project: Project, Client, ManagedBy and Name",
        "  aws_instance.director  root_block_device[0].Client",
      ]),
    );
    expect(lines.join()).not.toContain("size and type as in the client file");
  });

  it("says that a root volume loses a tag that the client file does not have", () => {
    const { lines, refused } = checked({
      "aws_instance.director": {
        ...update,
        before: { root_block_device: [{ tags: { Name: "by-hand" } }] },
        after: { root_block_device: [{ tags: { Client: "acme" } }] },
      },
    });

    expect(refused).toEqual([]);
    expect(lines.join("\n")).toContain("tags that the client file does not have are removed");
  });

  it.each<[string, Readonly<Record<string, Given>>, string]>([
    [
      "lets a user in without TLS who had to use it",
      {
        "mysql_user.analytics_1_analytics": { ...update, before: { tls_option: "SSL" }, after: { tls_option: "NONE" } },
      },
      "mysql_user.analytics_1_analytics may connect without TLS again",
    ],
    [
      "has a grant with an option that the provider never revokes",
      {
        "mysql_grant.analytics_1_analytics_all_on_reports": {
          actions: ["delete", "create"],
          importing: imported,
          before: { database: "reports", table: "*", user: "analytics", host: "%", privileges: ["ALL"], grant: true },
          after: { database: "reports", table: "*", user: "analytics", host: "%", privileges: ["ALL"], grant: false },
        },
      },
      "mysql_grant.analytics_1_analytics_all_on_reports keeps WITH GRANT OPTION, which petoju/mysql does not revoke, so that every plan shows it again. As the master user, once: REVOKE GRANT OPTION ON `reports`.* FROM 'analytics'@'%'",
    ],
    [
      "destroys",
      { "aws_eip.analytics": { actions: ["delete"], before: {} } },
      "aws_eip.analytics is destroyed, and with it the address that DNS and firewalls know",
    ],
    [
      "replaces",
      { "aws_instance.analytics_1": { actions: ["create", "delete"], before: {}, after: {} } },
      "aws_instance.analytics_1 is replaced, and with it its disks",
    ],
    [
      "removes from the state",
      { "aws_eip.analytics": { actions: ["forget"], before: {} } },
      "aws_eip.analytics is removed from the state",
    ],
    [
      "takes a group from a host",
      {
        "aws_instance.director": {
          ...update,
          before: { vpc_security_group_ids: ["sg-1", "sg-2"] },
          after: { vpc_security_group_ids: ["sg-1"] },
        },
      },
      "aws_instance.director leaves the security group sg-2, and what that lets through",
    ],
    [
      "has RDS make another master password",
      {
        "aws_db_instance.database_1": {
          ...update,
          before: { manage_master_user_password: null },
          after: { manage_master_user_password: true },
        },
      },
      "aws_db_instance.database_1 gets another master password",
    ],
    [
      "writes a random password over an existing one",
      {
        "aws_ssm_parameter.mysql_passwords_analytics": {
          ...update,
          before: { value_wo_version: null },
          after: { value_wo_version: 1 },
        },
      },
      "aws_ssm_parameter.mysql_passwords_analytics gets another password",
    ],
    [
      "makes a random password for a user of an existing database",
      {
        "aws_ssm_parameter.mysql_passwords_analytics": { actions: ["create"], after: { value_wo_version: 1 } },
        "aws_db_instance.database_1": { actions: ["no-op"], importing: imported },
      },
      "aws_ssm_parameter.mysql_passwords_analytics is a random password, which a MySQL user that exists already would get",
    ],
    [
      "makes another access key for an existing user",
      { "aws_iam_access_key.reports_user": { actions: ["create"], after: { user: "analytics_reports" } } },
      "aws_iam_access_key.reports_user is a new access key of analytics_reports, an existing user",
    ],
    [
      "changes what nobody has thought of",
      { "aws_instance.director": { ...update, before: { monitoring: true }, after: { monitoring: false } } },
      "aws_instance.director, monitoring: true → false: no reason is known",
    ],
    [
      "makes what nobody has thought of",
      { "aws_vpn_gateway.new": { actions: ["create"], after: {} } },
      "aws_vpn_gateway.new: no reason is known",
    ],
  ])("is more than an adoption where it %s", (_, changes, expected) => {
    const { lines, refused } = checked(changes);

    expect(refused).toContain(expected);
    expect(lines.join("\n")).toContain(expected.split(":")[0]?.split(",")[0]);
  });

  it("may make a user with a key", () => {
    const { refused } = checked({
      "aws_iam_user.reports_user": { actions: ["create"], after: { name: "analytics_reports" } },
      "aws_iam_access_key.reports_user": { actions: ["create"], after: { user: "analytics_reports" } },
    });

    expect(refused).toEqual([]);
  });

  it("begins with what has no reason, then has what matters most, and the tags of the project last", () => {
    const { lines } = checked({
      "aws_cloudwatch_log_group.logs": {
        ...update,
        before: { retention_in_days: 7 },
        after: { retention_in_days: 30 },
      },
      "aws_db_instance.database_1": { ...update, before: { multi_az: false }, after: { multi_az: true } },
      "aws_instance.director": {
        ...update,
        before: { instance_type: "t2.micro", tags: {} },
        after: { instance_type: "t3.micro", tags: { Name: "director" } },
      },
    });

    expect(lines.filter((line) => line.startsWith("To update: ")).map((line) => line.split(/[:;]/)[1])).toEqual([
      " no reason is known",
      " the type in the client file",
      " a standby, as in the client file",
      " tags of the project",
    ]);
  });

  it("tells tags that somebody else set from those of the project", () => {
    const { lines } = checked({
      "aws_instance.director": {
        ...update,
        before: { tags: { Owner: "ops" }, tags_all: { Owner: "ops" } },
        after: { tags: { Name: "director" }, tags_all: { Name: "director" } },
      },
    });

    expect(lines).toContain(
      "To update: tags that the client file does not have are removed; what should stay belongs into its `tags`",
    );
    expect(lines).toContain('  aws_instance.director  tags.Owner: "ops" → (none)');
  });

  it("imports what the file of imports says; another stack's does not", () => {
    const change = { actions: ["no-op"], importing: { id: "eipalloc-1" } };
    const resource_changes = ["aws_eip.analytics", "aws_eip.other"].map((address) => ({
      address,
      type: "aws_eip",
      change,
    }));
    const plan = readPlan(JSON.stringify({ format_version: "1.2", resource_changes }), "plan.json");

    expect(unlistedImports(plan, { "aws_eip.analytics": "eipalloc-1", "aws_eip.other": "eipalloc-1" })).toEqual([]);
    expect(unlistedImports(plan, { "aws_eip.analytics": "eipalloc-2" })).toEqual([
      "aws_eip.analytics is eipalloc-1, and in the file eipalloc-2",
      "aws_eip.other is eipalloc-1, and in the file nothing",
    ]);
  });
});

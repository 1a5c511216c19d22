import { writtenFile } from "./hcl/body";
import { Raw, type Value } from "./hcl/value";
import { type Candidate, variableBlock, withVariables } from "./variables";

function rule(name: string, cidr: string): Candidate {
  return { of: "aws_vpc_security_group_ingress_rule", name, arguments: { cidr_ipv4: cidr } };
}

describe("variables", () => {
  it("take the place of what a team would change, whose value is their default", () => {
    const { arguments: values, variables } = withVariables([
      { of: "aws_instance", name: "analytics_1", arguments: { instance_type: "t3.medium", ami: "ami-1" } },
    ]);

    expect(values).toEqual([{ instance_type: new Raw("var.analytics_1_instance_type"), ami: "ami-1" }]);
    expect(writtenFile([], variables.map(variableBlock))).toBe(`variable "analytics_1_instance_type" {
  description = "EC2 instance type of aws_instance.analytics_1. A change stops and starts the host."
  type        = string
  default     = "t3.medium"
  nullable    = false

  validation {
    condition = (
      can(regex("^[a-z][a-z0-9-]*\\\\.[a-z0-9-]+$", var.analytics_1_instance_type)) &&
      !can(regex("^(a1|[a-z]+\\\\d+g[a-z]*)\\\\.", var.analytics_1_instance_type))
    )
    error_message = "An EC2 instance type is required, as in t3.medium. Graviton's, such as t4g.medium, do not run the image."
  }
}
`);
  });

  it("are one for the rules of one range, and numbered where there are several ranges", () => {
    const { arguments: values, variables } = withVariables([
      rule("analytics_http_from_anywhere", "0.0.0.0/0"),
      rule("analytics_https_from_anywhere", "0.0.0.0/0"),
      rule("analytics_http_from_10_0_0_0__8", "10.0.0.0/8"),
      rule("emr_master_ssh_from_analytics", "10.1.0.0/16"),
    ]);

    expect(variables.map(({ name, default: value }) => [name, value])).toEqual([
      ["web_cidr", "0.0.0.0/0"],
      ["web_cidr_2", "10.0.0.0/8"],
    ]);
    expect(values.map((value) => (value as { cidr_ipv4: Value }).cidr_ipv4)).toEqual([
      new Raw("var.web_cidr"),
      new Raw("var.web_cidr"),
      new Raw("var.web_cidr_2"),
      "10.1.0.0/16",
    ]);
  });

  it("are the team's tags; those in conditions of CI's roles are literals", () => {
    const literal = { Client: "acme", ManagedBy: "terraform", Project: "edx-analytics" };
    const { arguments: values, variables } = withVariables([
      { of: "provider.aws", name: "aws", arguments: { default_tags: [{ tags: { ...literal, CostCentre: "7" } }] } },
    ]);

    expect(variables.map(({ name, default: value }) => [name, value])).toEqual([["tags", { CostCentre: "7" }]]);
    expect(values).toEqual([
      {
        default_tags: [
          {
            tags: '${merge(var.tags, { Client = "acme", ManagedBy = "terraform", Project = "edx-analytics" })}',
          },
        ],
      },
    ]);
  });

  it("are the tags of root volumes too, which the provider does not take from its own", () => {
    const tags = { Client: "acme", CostCentre: "7" };
    const { arguments: values } = withVariables([
      { of: "provider.aws", name: "aws", arguments: { default_tags: [{ tags }] } },
      { of: "aws_instance", name: "director", arguments: { root_block_device: { tags } } },
    ]);

    expect(values[1]).toEqual({ root_block_device: { tags: '${merge(var.tags, { Client = "acme" })}' } });
  });

  it("are a password's version, wherever a new password takes it: in SSM, on the server, and in the condition between them", () => {
    const inSsm = withVariables([
      { of: "aws_ssm_parameter", name: "mysql_passwords_analytics", arguments: { value_wo_version: 2 } },
      { of: "aws_ssm_parameter", name: "mysql_passwords_versions", arguments: { value: '{"analytics":2}' } },
    ]);
    const onServer = withVariables([
      {
        of: "data.aws_ssm_parameters_by_path",
        name: "deployed_versions",
        arguments: {
          lifecycle: {
            postcondition: [
              {
                condition: "${try(jsondecode(one(self.values)).analytics, 0) == 2}",
                error_message: "Version 2 of the password of analytics is not deployed.",
              },
            ],
          },
        },
      },
      { of: "mysql_user", name: "analytics_1_analytics", arguments: { password_wo_version: 2 } },
      { of: "mysql_user", name: "analytics_1_migration", arguments: { password_wo_version: 1 } },
      { of: "mysql_user", name: "edxapp_edxapp_ro", arguments: { password_wo_version: 3 } },
    ]);

    expect(inSsm.variables.map(({ name, default: value }) => [name, value])).toEqual([
      ["analytics_password_version", 2],
    ]);
    expect(inSsm.arguments).toEqual([
      { value_wo_version: new Raw("var.analytics_password_version") },
      { value: "${jsonencode({ analytics = var.analytics_password_version })}" },
    ]);
    expect(onServer.variables.map(({ name, default: value }) => [name, value])).toEqual([
      ["analytics_password_version", 2],
      ["migration_password_version", 1],
      ["edxapp_ro_password_version", 3],
    ]);
    expect(onServer.arguments.slice(0, 2)).toEqual([
      {
        lifecycle: {
          postcondition: [
            {
              condition: "${try(jsondecode(one(self.values)).analytics, 0) == var.analytics_password_version}",
              error_message: "Version ${var.analytics_password_version} of the password of analytics is not deployed.",
            },
          ],
        },
      },
      { password_wo_version: new Raw("var.analytics_password_version") },
    ]);
  });

  it("are of passwords that are put into SSM by hand in the databases stack alone", () => {
    const inSsm = withVariables([
      { of: "aws_ssm_parameter", name: "mysql_passwords_edxapp_ro", arguments: { value_wo_version: 1 } },
      {
        of: "aws_ssm_parameter",
        name: "mysql_passwords_versions",
        arguments: { value: '{"analytics":2,"edxapp_ro":1}' },
      },
    ]);
    const onServer = withVariables([
      { of: "mysql_user", name: "analytics_1_analytics", arguments: { password_wo_version: 2 } },
      { of: "mysql_user", name: "analytics_2_analytics", arguments: { password_wo_version: 2 } },
    ]);

    expect(inSsm.variables.map(({ name }) => name)).toEqual(["edxapp_ro_password_version"]);
    expect(inSsm.arguments[1]).toEqual({
      value: "${jsonencode({ analytics = 2, edxapp_ro = var.edxapp_ro_password_version })}",
    });
    expect(onServer.variables.map(({ description }) => description)).toEqual([
      "Version of the password in the parameter analytics of SSM, which is put there by hand. Raised, its MySQL user gets the one that SSM has then.",
    ]);
    expect(onServer.arguments).toEqual([
      { password_wo_version: new Raw("var.analytics_password_version") },
      { password_wo_version: new Raw("var.analytics_password_version") },
    ]);
  });

  it("leave alone what is no value that is known", () => {
    const instance = { of: "aws_db_instance", name: "database_1", arguments: { engine_version: "${local.version}" } };

    expect(withVariables([instance])).toEqual({ arguments: [instance.arguments], variables: [] });
  });

  it("stand inside blocks, however often they are repeated", () => {
    const rules: Value = [
      { id: "logs", expiration: [{ days: 90 }] },
      { noncurrent_version_expiration: [{ noncurrent_days: 90 }] },
    ];
    const { arguments: values, variables } = withVariables([
      { of: "aws_s3_bucket_lifecycle_configuration", name: "buckets_emr", arguments: { rule: rules } },
      { of: "aws_s3_bucket_lifecycle_configuration", name: "buckets_hadoop", arguments: { rule: rules } },
    ]);
    const days = new Raw("var.expire_after_days");

    expect(variables.map(({ name }) => name)).toEqual(["expire_after_days"]);
    expect(values[1]).toEqual({
      rule: [{ id: "logs", expiration: [{ days }] }, { noncurrent_version_expiration: [{ noncurrent_days: days }] }],
    });
  });

  it("take the place of their own value alone, where one variable is for several places", () => {
    const lifecycle = (name: string, days: number): Candidate => ({
      of: "aws_s3_bucket_lifecycle_configuration",
      name,
      arguments: { rule: [{ expiration: [{ days }] }] },
    });
    const { arguments: values } = withVariables([lifecycle("buckets_emr", 90), lifecycle("buckets_hadoop", 30)]);

    expect(values).toEqual([
      { rule: [{ expiration: [{ days: new Raw("var.expire_after_days") }] }] },
      { rule: [{ expiration: [{ days: 30 }] }] },
    ]);
  });

  it("are neither region, nor names, nor what would replace what holds data", () => {
    const { variables } = withVariables([
      { of: "provider.aws", name: "aws", arguments: { region: "eu-west-1", default_tags: [{ tags: { A: "b" } }] } },
      { of: "aws_s3_bucket", name: "buckets_emr", arguments: { bucket: "acme-analytics-emr" } },
      { of: "aws_db_instance", name: "database_1", arguments: { identifier: "acme", storage_encrypted: true } },
      { of: "aws_vpc", name: "network", arguments: { cidr_block: "10.0.0.0/16" } },
    ]);

    expect(variables.map(({ name }) => name)).toEqual(["tags"]);
  });

  it("take a patch number, and a version without the one that is deployed", () => {
    const { variables } = withVariables([
      { of: "aws_db_instance", name: "database_1", arguments: { engine_version: "5.7.44-rds.20250213" } },
    ]);

    expect(variables.map(({ default: value, message }) => [value, message])).toEqual([
      [
        "5.7.44-rds.20250213",
        "5.7 is required, or a patch of it such as 5.7.44. For another version add an instance beside this one.",
      ],
    ]);
  });

  it("become what changes in place alone: sizes grow, MySQL takes patches, Elasticsearch later minor versions", () => {
    const { arguments: values, variables } = withVariables([
      { of: "aws_db_instance", name: "database_1", arguments: { engine_version: "8.0", allocated_storage: 40 } },
      { of: "aws_elasticsearch_domain", name: "elasticsearch", arguments: { elasticsearch_version: "7.9" } },
      { of: "aws_instance", name: "director", arguments: { root_block_device: [{ volume_size: 8 }] } },
      { of: "aws_db_parameter_group", name: "database_1_parameters", arguments: { family: "mysql8.0" } },
    ]);
    const conditions = Object.fromEntries(variables.map(({ name, condition }) => [name, condition]));

    expect(conditions).toEqual({
      database_1_allocated_storage:
        "var.database_1_allocated_storage == 40 || (var.database_1_allocated_storage >= 44 && var.database_1_allocated_storage <= 65536 && floor(var.database_1_allocated_storage) == var.database_1_allocated_storage)",
      database_1_engine_version:
        'can(regex("^8\\\\.0(\\\\.\\\\d+(-rds\\\\.\\\\d{8})?)?$", var.database_1_engine_version))',
      director_root_volume_size:
        "var.director_root_volume_size >= 8 && var.director_root_volume_size <= 16384 && floor(var.director_root_volume_size) == var.director_root_volume_size",
      elasticsearch_version: 'try(tonumber(one(regex("^7\\\\.(\\\\d+)$", var.elasticsearch_version))) >= 9, false)',
    });
    // A group of another engine would be another group.
    expect(values[3]).toEqual({ family: "mysql8.0" });
  });
});

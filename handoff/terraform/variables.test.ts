import { writtenFile } from "./hcl/body";
import { Raw, type Value } from "./hcl/value";
import { type Candidate, variableBlock, withVariables } from "./variables";

function rule(name: string, cidr: string): Candidate {
  return { of: "aws_vpc_security_group_ingress_rule", name, arguments: { cidr_ipv4: cidr } };
}

function database(engineVersion: string): Candidate[] {
  const family = `mysql${engineVersion.slice(0, 3)}`;
  return [
    {
      of: "aws_db_parameter_group",
      name: "database_1_parameters",
      arguments: { family, name: `acme-analytics-${family.replace(".", "-")}` },
    },
    { of: "aws_db_instance", name: "database_1", arguments: { engine_version: engineVersion } },
  ];
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

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*\\\\.[a-z0-9-]+$", var.analytics_1_instance_type))
    error_message = "An EC2 instance type is required, as in t3.medium."
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

  it.each(["8.0", "5.7.44"])("stand in what is made of their value, wherever that comes first: %s", (version) => {
    const { arguments: values } = withVariables(database(version));

    expect(values).toEqual([
      {
        family: 'mysql${regex("^[0-9]+[.][0-9]+", var.database_1_engine_version)}',
        name: 'acme-analytics-mysql${replace(regex("^[0-9]+[.][0-9]+", var.database_1_engine_version), ".", "-")}',
      },
      { engine_version: new Raw("var.database_1_engine_version") },
    ]);
  });

  it("leave alone what is another value, or none that is known", () => {
    const [group, instance] = database("8.0") as [Candidate, Candidate];
    const other = { ...group, arguments: { family: "mysql5.7", name: "other" } };
    const expression = { ...instance, arguments: { engine_version: "${local.version}" } };

    expect(withVariables([other, instance]).arguments[0]).toEqual(other.arguments);
    expect(withVariables([expression])).toEqual({ arguments: [expression.arguments], variables: [] });
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
});

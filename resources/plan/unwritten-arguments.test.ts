import type { Changes } from "../../test/client-files";
import { changedAlarms } from "../../test/first-alarms";
import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";
import { defectsOf } from "./defects";
import { readPlan } from "./plan";

describe("a first deploy has an alarm of", () => {
  it.each<[string, string, Changes, string]>([
    [
      "an argument of a block that no stack writes",
      "aws_instance.director",
      { metadata_options: { http_endpoint: "enabled", http_tokens: "required", instance_metadata_tags: "enabled" } },
      "is given metadata_options.instance_metadata_tags, which no stack of this version writes",
    ],
    [
      "snapshots by the number, and not the days",
      "aws_dlm_lifecycle_policy.backups",
      { "policy_details.schedule.0.retain_rule": { count: 1 } },
      "is given policy_details.schedule.retain_rule.count, which no stack of this version writes",
    ],
    [
      "snapshots once in a lifetime",
      "aws_dlm_lifecycle_policy.backups",
      { "policy_details.schedule.0.create_rule": { cron_expression: "cron(0 4 1 1 ? 2099)" } },
      "is given policy_details.schedule.create_rule.cron_expression, which no stack of this version writes",
    ],
    [
      "snapshots of another client",
      "aws_dlm_lifecycle_policy.backups",
      { "policy_details.schedule.0.tags_to_add.Client": "birch" },
      "is marked as of the client birch, and the plan is of complete",
    ],
    [
      "logs that are switched off",
      "aws_elasticsearch_domain.elasticsearch",
      { "log_publishing_options.0.enabled": false },
      "is given log_publishing_options.enabled, which no stack of this version writes",
    ],
    [
      "a host of another client",
      "aws_instance.director",
      { "tags.Client": "birch" },
      "is marked as of the client birch, and the plan is of complete",
    ],
    [
      "a disk of another client",
      "aws_instance.director",
      { "root_block_device.tags.Client": "birch" },
      "is marked as of the client birch, and the plan is of complete",
    ],
    [
      "a host that EMR may end",
      "aws_instance.director",
      { "tags.for-use-with-amazon-emr-managed-policies": "true" },
      "is given the tag for-use-with-amazon-emr-managed-policies, true, by which a service may act on it, and which no stack gives it",
    ],
    [
      "a host's group that EMR may change",
      "aws_security_group.analytics_jenkins",
      { "tags.for-use-with-amazon-emr-managed-policies": "true" },
      "is given the tag for-use-with-amazon-emr-managed-policies, true",
    ],
    [
      "another client's budget",
      "aws_budgets_budget.alarms",
      { "cost_filter.0.values": ["user:Client$birch"] },
      "has user:Client$birch as cost_filter.values, where stacks have user:Client${client}",
    ],
    [
      "a budget that mails too early alone",
      "aws_budgets_budget.alarms",
      { "notification.1.threshold": 80, "notification.2.threshold": 80 },
      "mails nothing when all of its amount is spent: no notification has the threshold 100",
    ],
    [
      "a key pair of another owner's",
      "aws_instance.director",
      { key_name: "mallory" },
      "has mallory as key_name, where stacks have aws_key_pair.key_name, data.aws_key_pair.key_name of the plan",
    ],
    [
      "a group in another VPC",
      "aws_security_group.director",
      { vpc_id: "vpc-0bad" },
      "has vpc-0bad as vpc_id, where stacks have aws_vpc.id, data.aws_vpc.id of the plan",
    ],
    [
      "a gateway of another VPC",
      "aws_internet_gateway.x",
      { vpc_id: "vpc-0bad" },
      "has vpc-0bad as vpc_id, where stacks have aws_vpc.id of the plan",
    ],
    [
      "a subnet in another VPC",
      "aws_subnet.x",
      { vpc_id: "vpc-0bad", cidr_block: "10.0.0.0/24" },
      "has vpc-0bad as vpc_id, where stacks have aws_vpc.id of the plan",
    ],
    [
      "another engine",
      "aws_db_instance.database_1",
      { engine: "mariadb" },
      "has mariadb as engine, where stacks have mysql",
    ],
    [
      "parameters with old TLS",
      "aws_db_parameter_group.database_1_parameters",
      { "parameter.0": { name: "tls_version", value: "TLSv1,TLSv1.1" } },
      "accepts TLS older than 1.2: TLSv1,TLSv1.1",
    ],
    [
      "logs of a domain that has none",
      "aws_elasticsearch_domain.elasticsearch",
      { log_publishing_options: undefined },
      "gets no logs: no aws_elasticsearch_domain of the plan writes there",
    ],
    [
      "a link that AWS mails",
      "aws_cloudwatch_metric_alarm.alarms_database_1_cpu",
      { alarm_description: "Your session expired: https://aws.mallory.example" },
      "mails a link or an address, which no stack's alarm does: Your session expired: https://aws.mallory.example",
    ],
  ])("%s", (_, address, changes, words) => {
    expect(changedAlarms("complete", { [address]: changes }).join("\n")).toContain(words);
  });
});

describe("the client of a plan", () => {
  /** Tags of one resource, in a plan whose provider has its default tags by an expression, and another resource that has them. */
  const said = (change: object, more: object = {}) => {
    const all = { Client: "acme", Project: "edx-analytics" };
    const values = { tags_all: all };
    const plan = {
      format_version: "1.2",
      resource_changes: [
        { address: "aws_eip.one", type: "aws_eip", change: { actions: ["create"], before: null, after: change } },
        { address: "aws_eip.two", type: "aws_eip", change: { actions: ["no-op"], before: values, after: values } },
      ],
      configuration: {
        provider_config: { aws: { expressions: { default_tags: [{ tags: { references: ["var.tags"] } }] } } },
      },
      ...more,
    };
    return alarmsOfPlan(readPlan(JSON.stringify(plan), "plan.json")).map((alarm) => textOf(alarm));
  };

  it("is that of the default tags where these are an expression, as in exported stacks", () => {
    expect(said({ tags: { Client: "acme" }, tags_all: { Client: "acme" } })).toEqual([]);
    expect(said({ tags: {}, tags_all: { Client: "acme" } })).toEqual([]);
    expect(said({ tags: { Client: "birch" }, tags_all: { Client: "birch" } })).toEqual([
      "is marked as of the client birch, and the plan is of acme",
    ]);
  });

  it("is not known of a plan without its configuration", () => {
    expect(said({ tags: { Client: "birch" } }, { configuration: undefined })).toEqual([]);
  });

  it("is the one whose parameters are read, where no tags tell, as in an exported databases stack", () => {
    const said = (...paths: readonly string[]) => {
      const resources = paths.map((path, index) => ({
        address: `data.aws_ssm_parameters_by_path.p${index}`,
        mode: "data",
        type: "aws_ssm_parameters_by_path",
        name: `p${index}`,
        expressions: { path: { constant_value: path } },
      }));
      const provider = { expressions: { default_tags: [{ tags: { references: ["var.tags"] } }] } };
      const configuration = { provider_config: { aws: provider }, root_module: { resources } };
      const plan = { format_version: "1.2", resource_changes: [], configuration };
      return defectsOf(readPlan(JSON.stringify(plan), "plan.json"))
        .map((one) => textOf(one.said))
        .filter((text) => text.includes(" reads by "));
    };
    const [acme, birch] = ["acme", "birch"].map((name) => `/edx-analytics/${name}/mysql/versions`);

    expect(said(`${acme}`, `${acme}`)).toEqual([]);
    expect(said(`${acme}`, `${birch}`)).toHaveLength(2);
  });
});

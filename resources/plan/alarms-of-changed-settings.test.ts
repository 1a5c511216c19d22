import { taken } from "../../test/alarms-of-changes";

type Changes = Readonly<Record<string, object>>;

const update = (before: object, after: object) => ({ actions: ["update"], before, after });
const held = (values: object) => ({ actions: ["no-op"], before: values, after: values });
const said = (changes: Changes) => taken(changes).join("\n");

const utf8 = { parameter: [{ name: "character_set_server", value: "utf8" }] };
const database = {
  deletion_protection: true,
  storage_encrypted: true,
  backup_retention_period: 7,
  parameter_group_name: "own",
};
const domain = {
  elasticsearch_version: "7.1",
  ebs_options: [{ ebs_enabled: true, volume_size: 10 }],
  advanced_options: { "rest.action.multi.allow_explicit_index": "true" },
  log_publishing_options: [{ log_type: "ES_APPLICATION_LOGS", cloudwatch_log_group_arn: "arn:own", enabled: true }],
  domain_endpoint_options: [{ custom_endpoint_enabled: false }],
};

describe("an alarm is raised by", () => {
  const domainWith = (more: object) => ({ "aws_elasticsearch_domain.one": update(domain, { ...domain, ...more }) });
  const logs = (more: object) => ({
    log_publishing_options: [{ ...domain.log_publishing_options[0], ...more }],
  });

  it.each<[string, Changes, string]>([
    [
      "parameters of somebody's",
      {
        "aws_db_parameter_group.own": held({ name: "own", ...utf8 }),
        "aws_db_instance.one": update(database, { ...database, parameter_group_name: "theirs" }),
      },
      "has theirs as parameter_group_name",
    ],
    ["logs that are off", domainWith(logs({ enabled: false })), "no longer writes ES_APPLICATION_LOGS"],
    ["logs that are gone", domainWith({ log_publishing_options: [] }), "no longer writes ES_APPLICATION_LOGS"],
    [
      "logs elsewhere",
      domainWith(logs({ cloudwatch_log_group_arn: "arn:theirs" })),
      "has arn:theirs as log_publishing",
    ],
    [
      "logs of what users ask",
      domainWith({ log_publishing_options: [...domain.log_publishing_options, { log_type: "SEARCH_SLOW_LOGS" }] }),
      "has SEARCH_SLOW_LOGS as log_publishing_options.log_type",
    ],
    ["another version", domainWith({ elasticsearch_version: "7.10" }), "is upgraded in place from 7.1 to 7.10"],
    ["no volume", domainWith({ ebs_options: [{ ebs_enabled: false }] }), "has no EBS volume any more"],
    [
      "no explicit indices",
      domainWith({ advanced_options: { "rest.action.multi.allow_explicit_index": "false" } }),
      "refuses calls that name their index",
    ],
    [
      "another option",
      domainWith({ advanced_options: { ...domain.advanced_options, override_main_response_version: "true" } }),
      "sets override_main_response_version to true",
    ],
    [
      "another name",
      domainWith({ domain_endpoint_options: [{ custom_endpoint_enabled: true, custom_endpoint: "es.theirs.org" }] }),
      "answers by the name es.theirs.org",
    ],
    [
      "requests to other hosts",
      {
        "aws_lb_listener.one": update(
          { default_action: [{ type: "forward", target_group_arn: "arn:a" }] },
          { default_action: [{ type: "forward", target_group_arn: "arn:b" }] },
        ),
      },
      "hands requests to arn:b, and no longer to arn:a",
    ],
  ])("%s", (_, changes, words) => {
    expect(said(changes)).toContain(words);
  });
});

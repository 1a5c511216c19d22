import { planOf } from "../test/plan-of";
import { safeDatabase, safeDomain } from "../test/plan-verdicts";
import { markdown } from "./plan-summary/markdown";
import { summaryOf } from "./plan-summary/summary";

const created = (type: string, after: object) => planOf(type, ["create"], null, after);

describe("a summary of what is new", () => {
  it.each<[string, ReturnType<typeof planOf>, string]>([
    [
      "a database",
      created("aws_db_instance", {
        ...safeDatabase,
        instance_class: "db.t3.medium",
        allocated_storage: 20,
        vpc_security_group_ids: ["sg-1"],
      }),
      "- `aws_db_instance.one`: `acme-analytics`, `db.t3.medium`, `20` GiB, backups of `14` days, groups `sg-1`",
    ],
    [
      "a database that is not as safe as stacks have it",
      created("aws_db_instance", { identifier: "acme", backup_retention_period: 0, skip_final_snapshot: true }),
      "- `aws_db_instance.one`: `acme`, backups of `0` days, not protected, no final snapshot, not encrypted",
    ],
    [
      "a domain that is not as safe as stacks have it",
      created("aws_elasticsearch_domain", { ...safeDomain, domain_name: "es", encrypt_at_rest: [] }),
      "- `aws_elasticsearch_domain.one`: `es`, not encrypted at rest",
    ],
    [
      "a tag",
      created("aws_ec2_tag", { resource_id: "sg-1", key: "k", value: "v" }),
      "- `aws_ec2_tag.one`: `k`, `v`, on `sg-1`",
    ],
    [
      "a policy of snapshots",
      created("aws_dlm_lifecycle_policy", {
        description: "Daily",
        policy_details: [{ target_tags: { Name: "x" }, schedule: [{ retain_rule: [{ interval: 1 }] }] }],
      }),
      '- `aws_dlm_lifecycle_policy.one`: `Daily`, of hosts with `{"Name":"x"}`, kept `1` days',
    ],
    [
      "lifecycle rules",
      created("aws_s3_bucket_lifecycle_configuration", { bucket: "b", rule: [{ id: "r", expiration: [{ days: 1 }] }] }),
      "- `aws_s3_bucket_lifecycle_configuration.one`: `b`, rules `r`, deletes after `1` days",
    ],
    [
      "a parameter",
      created("aws_ssm_parameter", { name: "/p", type: "String" }),
      "- `aws_ssm_parameter.one`: `/p`, `String`",
    ],
  ])("says what tells %s", (_, plan, line) => {
    expect(markdown(summaryOf(plan, "acme"))).toContain(line);
  });

  it("says each value of a long block that comes or goes, so that none is cut off", () => {
    const block = (id: string, noncurrent_days: number) => ({
      filter: [{ prefix: "p".repeat(30) }],
      id,
      noncurrent_version_expiration: [{ newer_noncurrent_versions: null, noncurrent_days }],
      status: "Enabled",
    });
    const rules = (...rule: object[]) => ({ rule });
    const type = "aws_s3_bucket_lifecycle_configuration";
    const plan = planOf(type, ["update"], rules(block("a", 90)), rules(block("a", 90), block("b", 1)));
    const said = markdown(summaryOf(plan, "acme"));

    expect(said).toContain("`rule[1].noncurrent_version_expiration[0].noncurrent_days`: (none) → `1`");
    expect(said).toContain('`rule[1].id`: (none) → `"b"`');
    expect(said).not.toContain("…");
  });
});

import { planOf } from "../test/plan-of";
import { bothHave, named, safeDatabase, safeDomain, together, verdicts } from "../test/plan-verdicts";

const created = (type: string, after: object) => planOf(type, ["create"], null, after);
const group = { id: "sg-own", name: "acme-analytics" };

/** A plan that also has a group of the stack, and reads another one. */
function withGroups(plan: ReturnType<typeof planOf>, read: string) {
  return {
    ...together(plan, planOf("aws_security_group", ["no-op"], group, group)),
    prior_state: {
      values: {
        root_module: {
          resources: [{ mode: "data", type: "aws_security_group", values: { id: "sg-read", name: read } }],
        },
      },
    },
  };
}

describe("plan-summary and adopt --plan, on what is new", () => {
  it.each<[string, object, string]>([
    [
      "a database without backups",
      created("aws_db_instance", { ...safeDatabase, backup_retention_period: 0 }),
      "has no automated backups",
    ],
    [
      "a database without protection",
      created("aws_db_instance", { ...safeDatabase, deletion_protection: null }),
      "has no protection: the next plan may destroy it",
    ],
    [
      "a database that leaves no snapshot",
      created("aws_db_instance", { ...safeDatabase, skip_final_snapshot: true }),
      "leaves no snapshot behind when it is destroyed",
    ],
    [
      "a database that is not encrypted",
      created("aws_db_instance", { ...safeDatabase, storage_encrypted: false }),
      "is not encrypted: storage_encrypted is off",
    ],
    [
      "a domain that is not encrypted on its disks",
      created("aws_elasticsearch_domain", { ...safeDomain, encrypt_at_rest: undefined }),
      "is not encrypted: encrypt_at_rest is off",
    ],
    [
      "a domain that is not encrypted between its nodes",
      created("aws_elasticsearch_domain", { ...safeDomain, node_to_node_encryption: [{ enabled: false }] }),
      "is not encrypted: node_to_node_encryption is off",
    ],
    [
      "a database in another owner's group",
      created("aws_db_instance", { ...safeDatabase, vpc_security_group_ids: ["sg-edxapp"] }),
      "joins the security group sg-edxapp, which opens it to whatever that lets in",
    ],
    [
      "a host in another owner's group",
      created("aws_instance", { vpc_security_group_ids: ["sg-edxapp"] }),
      "joins the security group sg-edxapp, which opens it to whatever that lets in",
    ],
    [
      "a database in another owner's group, which the plan reads",
      withGroups(created("aws_db_instance", { ...safeDatabase, vpc_security_group_ids: ["sg-read"] }), "edxapp"),
      "joins the security group sg-read, which opens it to whatever that lets in",
    ],
  ])("both have an alarm of %s", async (_, plan, alarm) => {
    await bothHave(plan, alarm);
  });

  it.each<[string, object]>([
    ["a database", created("aws_db_instance", safeDatabase)],
    ["a domain", created("aws_elasticsearch_domain", safeDomain)],
    [
      "a database in the stack's group and the VPC's default one",
      named(
        withGroups(
          created("aws_db_instance", { ...safeDatabase, vpc_security_group_ids: ["sg-own", "sg-read"] }),
          "default",
        ),
        { aws_db_instance: "database_1", aws_security_group: "database_emr_rds" },
      ),
    ],
  ])("%s as stacks have it has none", async (_, plan) => {
    const { summary } = await verdicts(plan);

    expect(summary).toEqual({ status: 0, text: "" });
  });
});

import { planOf } from "../test/plan-of";
import { bothHave, database, policy, service, trust, update, verdicts } from "../test/plan-verdicts";

const parameters = (...all: [name: string, value: string][]) => ({
  name: "utf8",
  parameter: all.map(([name, value]) => ({ name, value })),
});
const create = (type: string, after: object, more: object = {}) => ({
  ...planOf(type, ["create"], null, after),
  ...more,
});
/** What the plan's configuration writes for its one resource. */
const writing = (type: string, names: readonly string[]) => ({
  configuration: {
    root_module: {
      resources: [{ address: `${type}.one`, expressions: Object.fromEntries(names.map((name) => [name, {}])) }],
    },
  },
});
const prior = (...resources: object[]) => ({ prior_state: { values: { root_module: { resources } } } });
const image = (owner_id: string) => ({ type: "aws_ami", values: { id: "ami-1", owner_id } });
const output = (after: string, after_sensitive = false) => ({
  output_changes: { shown: { actions: ["create"], before: null, after, after_sensitive } },
});
const secret = {
  type: "aws_ssm_parameter",
  values: { name: "/x", value: "Tr0ub4dor" },
  sensitive_values: { value: true },
};
const unchanged = planOf("aws_vpc", ["no-op"], {}, {});
const of = (account: string) => ({ tags_all: { Client: account } });

describe("plan-summary and adopt --plan, on what no stack writes", () => {
  it.each<[string, object, string]>([
    [
      "an argument, of a change",
      {
        ...database({ iam_database_authentication_enabled: false }, { iam_database_authentication_enabled: true }),
        ...writing("aws_db_instance", ["iam_database_authentication_enabled"]),
      },
      "is given iam_database_authentication_enabled, which no stack of this version writes",
    ],
    [
      "an argument, of what is new",
      create(
        "mysql_user",
        { user: "x", host: "%", tls_option: "NONE" },
        writing("mysql_user", ["user", "host", "tls_option"]),
      ),
      "is given tls_option, which no stack of this version writes",
    ],
    [
      "a parameter that runs SQL for each login",
      update("aws_db_parameter_group", parameters(), parameters(["INIT_CONNECT", "GRANT ALL ON *.* TO x"])),
      "sets init_connect to GRANT ALL ON *.* TO x, a parameter that no stack sets",
    ],
    [
      "a parameter of a new group",
      create("aws_db_parameter_group", parameters(["character_set_server", "utf8"], ["local_infile", "1"])),
      "sets local_infile to 1, a parameter that no stack sets",
    ],
    [
      "a parameter that goes",
      update("aws_db_parameter_group", parameters(["max_connections", "500"]), parameters()),
      "no longer sets max_connections, which is 500",
    ],
    [
      "an address for another host",
      create("aws_eip_association", { instance_id: "i-other" }),
      "gives the address to i-other, which is no host of the plan",
    ],
    [
      "an address for a network interface",
      create("aws_eip_association", { network_interface_id: "eni-1" }),
      "gives the address to eni-1, a network interface of its own",
    ],
    [
      "somebody else's address",
      create("aws_eip_association", { allocation_id: "eipalloc-1" }),
      "takes the address eipalloc-1, which is not of the plan",
    ],
    [
      "an image that is written",
      create("aws_instance", { ami: "ami-1" }),
      "is made of the image ami-1, which was not looked up as Canonical's",
    ],
    [
      "an image that was looked up as another owner's",
      create("aws_instance", { ami: "ami-1" }, prior(image("999999999999"))),
      "is made of the image ami-1, which was not looked up as Canonical's",
    ],
    [
      "a service that writes logs",
      create("aws_cloudwatch_log_resource_policy", {
        policy_document: policy({
          Effect: "Allow",
          ...service("lambda.amazonaws.com"),
          Action: "logs:*",
          Resource: "*",
        }).policy,
      }),
      "lets in the service lambda.amazonaws.com, which no stack lets in",
    ],
    [
      "a service that assumes a new role",
      create("aws_iam_role", trust(service("codebuild.amazonaws.com"))),
      "lets in the service codebuild.amazonaws.com, which no stack lets in",
    ],
    [
      "all of a new grant",
      create("mysql_grant", { user: "x", database: "*", privileges: ["ALL PRIVILEGES"] }),
      "gives ALL PRIVILEGES on every database to x",
    ],
    [
      "a grant that is handed on",
      create("mysql_grant", { user: "x", database: "*", privileges: ["SELECT"], grant: true }),
      "lets x give others what it has: WITH GRANT OPTION",
    ],
    [
      "another value of a parameter",
      update("aws_ssm_parameter", { type: "String", value: "a" }, { type: "String", value: "b" }),
      "gets a value that no stack gives",
    ],
    [
      "another client's tag",
      update("aws_s3_bucket", of("other"), of("acme")),
      "is of the client other by its tag, and is marked as of acme",
    ],
    [
      "another client's tag, as a resource",
      create("aws_ec2_tag", { resource_id: "i-other", key: "Client", value: "acme" }),
      "marks i-other as of the client acme, whose roles may then change and end it",
    ],
    [
      "every object of every bucket, in a new policy",
      create("aws_iam_policy", policy({ Effect: "Allow", Action: "s3:Get*", Resource: "*" })),
      "may run code as others, or read their secrets: allow s3:Get* on *",
    ],
    [
      "an output with a secret of AWS's",
      { ...unchanged, ...prior(secret), ...output("Tr0ub4dor") },
      "the output shown shows what is secret, and is not marked as sensitive",
    ],
  ])("both have an alarm of %s", async (_, plan, alarm) => {
    await bothHave(plan, alarm);
  });

  it("both have one of what is removed from the state", async () => {
    const { summary, adoption } = await verdicts(planOf("aws_s3_bucket_public_access_block", ["forget"], {}, null));

    expect(summary.text).toContain("is removed from the state: it stays in AWS as it is, and no plan puts it right");
    expect(adoption.status).toBe(1);
  });

  it.each<[string, object]>([
    ["Canonical's image", create("aws_instance", { ami: "ami-1" }, prior(image("099720109477")))],
    ["the versions of passwords", update("aws_ssm_parameter", { value: '{"a":1}' }, { value: '{"a":2,"b":1}' })],
    ["an output that is marked", { ...unchanged, ...prior(secret), ...output("Tr0ub4dor", true) }],
    // Ordinary, and the summary shows who they are: docs/security.md.
    ["a MySQL user", create("mysql_user", { user: "analytics", host: "%" }, writing("mysql_user", ["user", "host"]))],
    ["a user without a policy", create("aws_iam_user", { name: "reports" })],
    ["a key pair", create("aws_key_pair", { key_name: "acme", public_key: "ssh-ed25519 AAAA" })],
    ["a peering in the account", create("aws_vpc_peering_connection", { peer_vpc_id: "vpc-1", auto_accept: true })],
    ["an import", planOf("aws_s3_bucket", ["no-op"], { bucket: "x" }, { bucket: "x" }, { importing: { id: "x" } })],
  ])("has none of %s", async (_, plan) => {
    expect((await verdicts(plan)).summary).toEqual({ status: 0, text: "" });
  });
});

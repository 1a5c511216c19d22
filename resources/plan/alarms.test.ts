import { planOf } from "../../test/plan-of";
import { textOf } from "../phrase";
import { alarmsOfPlan, undecided } from "./alarms";
import type { Plan } from "./plan";

describe("the alarms of a plan", () => {
  it.each<[string, ReturnType<typeof planOf>, string]>([
    ["a database", planOf("aws_db_instance", ["delete", "create"], {}, {}), "is replaced, and with it its databases"],
    [
      "something unknown",
      planOf("aws_dynamodb_table", ["delete"], {}, null),
      "is destroyed, and with it whatever it holds",
    ],
    [
      "backups",
      planOf("aws_db_instance", ["update"], { backup_retention_period: 14 }, { backup_retention_period: 0 }),
      "deletes its automated backups",
    ],
    [
      "protection",
      planOf("aws_instance", ["update"], { disable_api_termination: true }, { disable_api_termination: false }),
      "loses its protection",
    ],
    ["some backups", planOf("aws_db_instance", ["update"], backups(14), backups(1)), "keeps automated backups 1 days"],
    [
      "the final snapshot",
      planOf("aws_db_instance", ["update"], { skip_final_snapshot: false }, { skip_final_snapshot: true }),
      "leaves no snapshot behind",
    ],
    [
      "a bucket's protection",
      planOf("aws_s3_bucket", ["update"], { force_destroy: false }, { force_destroy: true }),
      "destroy it with its objects",
    ],
    ["logs", planOf("aws_cloudwatch_log_group", ["update"], logs(0), logs(7)), "deletes logs after 7 days"],
    ["versions, with their setting", planOf("aws_s3_bucket_versioning", ["delete"], {}, null), "no longer keeps"],
    [
      "versions",
      planOf(
        "aws_s3_bucket_versioning",
        ["update"],
        { versioning_configuration: [{ status: "Enabled" }] },
        { versioning_configuration: [{ status: "Suspended" }] },
      ),
      "no longer keeps",
    ],
  ])("has one of the loss of %s", (_, plan, words) => {
    expect(said(plan).join()).toContain(words);
  });

  it.each<[string, ReturnType<typeof planOf>, string]>([
    [
      "a port",
      planOf("aws_vpc_security_group_ingress_rule", ["create"], null, rule("0.0.0.0/0")),
      "tcp 22 from 0.0.0.0/0",
    ],
    [
      "half the world",
      planOf("aws_vpc_security_group_ingress_rule", ["create"], null, rule("128.0.0.0/1")),
      "tcp 22 from 128.0.0.0/1",
    ],
    [
      "IPv6",
      planOf("aws_vpc_security_group_ingress_rule", ["create"], null, { ...rule(), cidr_ipv6: "::/0" }),
      "tcp 22 from ::/0",
    ],
    [
      "IPv6 as well, by a rule of both",
      planOf(
        "aws_security_group_rule",
        ["update"],
        { type: "ingress", ...rule(), cidr_blocks: ["0.0.0.0/0"] },
        { type: "ingress", ...rule(), cidr_blocks: ["0.0.0.0/0"], ipv6_cidr_blocks: ["::/0"] },
      ),
      "tcp 22 from ::/0",
    ],
    [
      "more ports, in place",
      planOf("aws_vpc_security_group_ingress_rule", ["update"], rule("0.0.0.0/0"), {
        ...rule("0.0.0.0/0"),
        from_port: 0,
        to_port: 65535,
      }),
      "tcp 0-65535 from 0.0.0.0/0",
    ],
    [
      "an inline rule",
      planOf(
        "aws_security_group",
        ["update"],
        {},
        { ingress: [{ ...rule(), protocol: "-1", ip_protocol: undefined, cidr_blocks: ["0.0.0.0/0"] }] },
      ),
      "all ports from 0.0.0.0/0",
    ],
    ["a database", planOf("aws_db_instance", ["update"], {}, { publicly_accessible: true }), "the database"],
    ["a bucket", planOf("aws_s3_bucket_public_access_block", ["delete"], {}, null), "the bucket"],
    [
      "a policy",
      planOf("aws_s3_bucket_policy", ["create"], null, {
        policy: JSON.stringify({ Statement: { Effect: "Allow", Principal: { AWS: "*" }, Action: "s3:GetObject" } }),
      }),
      "s3:GetObject to everybody, by its policy",
    ],
    [
      "a policy that asks for TLS alone",
      planOf("aws_s3_bucket_policy", ["create"], null, everybody({ Bool: { "aws:SecureTransport": "true" } })),
      "to everybody",
    ],
    [
      "a policy for the address range of the world",
      planOf("aws_s3_bucket_policy", ["create"], null, everybody({ IpAddress: { "aws:SourceIp": ["0.0.0.0/0"] } })),
      "to everybody",
    ],
    [
      "a policy whose condition holds where there is nothing to compare",
      planOf(
        "aws_s3_bucket_policy",
        ["create"],
        null,
        everybody({ "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-1" } }),
      ),
      "to everybody",
    ],
    [
      "a policy for all but one",
      planOf("aws_s3_bucket_policy", ["create"], null, {
        policy: JSON.stringify({
          Statement: { Effect: "Allow", NotPrincipal: { AWS: "123456789012" }, NotAction: "s3:DeleteObject" },
        }),
      }),
      "all but s3:DeleteObject to everybody, by its policy",
    ],
    [
      "a role",
      planOf(
        "aws_iam_role",
        ["update"],
        {},
        {
          assume_role_policy: JSON.stringify({
            Statement: [{ Effect: "Allow", Principal: { AWS: ["*"] }, Action: "sts:AssumeRole" }],
          }),
        },
      ),
      "sts:AssumeRole to everybody, by its policy",
    ],
  ])("has one of what opens %s to the world", (_, plan, words) => {
    expect(said(plan).join()).toContain(words);
  });

  it.each<[string, ReturnType<typeof planOf>]>([
    ["a range of somebody's", planOf("aws_vpc_security_group_ingress_rule", ["create"], null, rule("10.0.0.0/8"))],
    [
      "what was open before",
      planOf("aws_vpc_security_group_ingress_rule", ["update"], rule("0.0.0.0/0"), {
        ...rule("0.0.0.0/0"),
        description: "x",
      }),
    ],
    [
      "a policy for a VPC endpoint of the plan",
      planOf(
        "aws_s3_bucket_policy",
        ["create"],
        null,
        everybody({ StringEquals: { "aws:SourceVpce": "${aws_vpc_endpoint.s3.id}" } }),
      ),
    ],
    ["longer backups", planOf("aws_db_instance", ["update"], backups(7), backups(14))],
    ["logs that are kept for ever", planOf("aws_cloudwatch_log_group", ["update"], logs(30), logs(0))],
    ["a policy that is made again", planOf("aws_iam_policy", ["delete", "create"], {}, {})],
    ["a data source that is read", planOf("aws_db_instance", ["read"], null, {})],
    // As a stack does it with a server that it no longer manages.
    ["a user that is removed from the state", planOf("mysql_user", ["forget"], {}, null)],
  ])("has none of %s", (_, plan) => {
    expect(said(plan)).toEqual([]);
  });

  it("names all that one change loses", () => {
    const before = { ...backups(14), deletion_protection: true };

    expect(said(planOf("aws_db_instance", ["update"], before, backups(0)))).toEqual([
      "data: aws_db_instance.one deletes its automated backups",
      "data: aws_db_instance.one loses its protection: the next plan may destroy it",
    ]);
  });

  it.each<[string, ReturnType<typeof planOf>, string]>([
    [
      "a range that is looked up",
      planOf("aws_vpc_security_group_ingress_rule", ["create"], null, rule(), { after_unknown: { cidr_ipv4: true } }),
      "cidr_ipv4 is known after the apply alone",
    ],
    [
      "a prefix list",
      planOf("aws_vpc_security_group_ingress_rule", ["create"], null, { ...rule(), prefix_list_id: "pl-1" }),
      "prefix_list_id names ranges that are not in the plan",
    ],
  ])("says where the plan does not tell, as of %s", (_, plan, doubt) => {
    const doubts = plan.resource_changes
      .flatMap((resource) => undecided(resource, plan))
      .map(({ attribute, why }) => `${attribute} ${why}`);

    expect(said(plan)).toEqual([]);
    expect(doubts).toEqual([doubt]);
  });
});

/** What is said of a plan, an alarm each. */
function said(plan: Plan): string[] {
  return alarmsOfPlan(plan).map((alarm) => `${alarm.category}: ${alarm.resource.address} ${textOf(alarm)}`);
}

function backups(days: number) {
  return { backup_retention_period: days };
}

function logs(days: number) {
  return { retention_in_days: days };
}

function everybody(Condition: object) {
  const statement = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Condition };
  return { policy: JSON.stringify({ Statement: [statement] }) };
}

function rule(cidr?: string) {
  return { ip_protocol: "tcp", from_port: 22, to_port: 22, cidr_ipv4: cidr };
}

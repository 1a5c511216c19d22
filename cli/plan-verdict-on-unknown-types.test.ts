import { planOf } from "../test/plan-of";
import { bothHave, ofAccounts, verdicts } from "../test/plan-verdicts";

const own = "123456789012";
const other = "999999999999";
const created = (type: string, after: object) => ofAccounts(planOf(type, ["create"], null, after), own);
const inFull = "is of a type that no stack of this version creates: read it in full";

describe("plan-summary and adopt --plan, on types that no stack has", () => {
  it.each(["create", "update", "replace"])("both have an alarm of one, whatever it says: %s", async (kind) => {
    const actions = kind === "replace" ? (["delete", "create"] as const) : ([kind] as ("create" | "update")[]);
    const before = kind === "create" ? null : { name: "a" };

    await bothHave(
      planOf("aws_dynamodb_table", [...actions], before, { name: "b" }),
      inFull,
      kind === "replace" ? 2 : 1,
    );
  });

  it("both have one of what it loses", async () => {
    await bothHave(planOf("aws_dynamodb_table", ["delete"], {}, null), "is destroyed, and with it whatever it holds");
  });

  it.each<[string, object, string]>([
    ["aws_s3_bucket_acl", { acl: "public-read" }, "opens to the world: public-read, by acl"],
    [
      "aws_s3_bucket_acl",
      {
        access_control_policy: [
          { grant: [{ grantee: [{ uri: "http://acs.amazonaws.com/groups/global/AllUsers" }], permission: "READ" }] },
        ],
      },
      "AllUsers, by access_control_policy.grant.grantee.uri",
    ],
    [
      "aws_s3_bucket_acl",
      { access_control_policy: [{ grant: [{ grantee: [{ id: "0f".repeat(32) }], permission: "READ" }] }] },
      `lets in the canonical user ${"0f".repeat(32)}`,
    ],
    [
      "aws_s3_account_public_access_block",
      { block_public_acls: false },
      "is public, or may be: block_public_acls is false",
    ],
    ["aws_lambda_permission", { principal: "*" }, "opens to the world: everybody, by principal"],
    ["aws_lambda_permission", { principal: "s3.amazonaws.com" }, "lets in s3.amazonaws.com, by principal"],
    [
      "aws_lambda_permission",
      { source_account: other },
      `names ${other}, which is not of this account, as source_account`,
    ],
    [
      "aws_lambda_function_url",
      { authorization_type: "NONE" },
      "lets in callers without asking who they are: authorization_type is NONE",
    ],
    ["aws_vpc_peering_connection_accepter", { peer_owner_id: other }, `names ${other}, which is not of this account`],
    [
      "aws_iam_user_policy_attachment",
      { policy_arn: `arn:aws:iam::${own}:policy/Admins` },
      `attaches the policy arn:aws:iam::${own}:policy/Admins, which is not in the plan`,
    ],
    ["aws_iam_saml_provider", { name: "x", saml_metadata_document: "<x/>" }, inFull],
    [
      "aws_kms_grant",
      { grantee_principal: `arn:aws:iam::${other}:root` },
      `names arn:aws:iam::${other}:root, which is not of this account, as grantee_principal`,
    ],
    ["aws_ram_principal_association", { principal: other }, `names ${other}, which is not of this account`],
    [
      "aws_ram_resource_share",
      { allow_external_principals: true },
      "is public, or may be: allow_external_principals is true",
    ],
    ["aws_db_snapshot", { shared_accounts: ["all"] }, "is public, or may be: shared_accounts is all"],
    ["aws_db_snapshot", { shared_accounts: [other] }, `names ${other}, which is not of this account`],
    ["aws_ami_launch_permission", { group: "all" }, "is public, or may be: group is all"],
    [
      "aws_ami_launch_permission",
      { organization_arn: `arn:aws:organizations::${other}:organization/o-1` },
      "which is not of this account, as organization_arn",
    ],
    ["aws_snapshot_create_volume_permission", { account_id: other }, `names ${other}, which is not of this account`],
    [
      "aws_network_acl_rule",
      { cidr_block: "0.0.0.0/0", rule_action: "allow" },
      "names the range 0.0.0.0/0, the world, as cidr_block",
    ],
    ["aws_elb", { internal: false }, "is public, or may be: internal is false"],
    ["aws_redshift_cluster", { publicly_accessible: true }, "is public, or may be: publicly_accessible is true"],
    [
      "aws_sqs_queue_policy",
      { policy: JSON.stringify({ Statement: { Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*" } }) },
      "opens to the world: sqs:* to everybody, by its policy",
    ],
  ])("both have an alarm of a new %s: %j", async (type, after, alarm) => {
    await bothHave(created(type, after), alarm, alarm === inFull ? 1 : 2);
  });

  it.each<[string, object, string]>([
    ["aws_vpc_peering_connection", { peer_owner_id: other }, `names ${other}, which is not of this account`],
    ["aws_s3_bucket", { acl: "public-read-write" }, "opens to the world: public-read-write, by acl"],
    [
      "aws_vpc_security_group_ingress_rule",
      { ip_protocol: "-1", referenced_security_group_id: `${other}/sg-1` },
      `names ${other}/sg-1, which is not of this account`,
    ],
  ])("summaries have the same of a type that stacks have: %s, %j", async (type, after, alarm) => {
    const { summary } = await verdicts(created(type, after));

    expect(summary).toEqual({ status: 2, text: expect.stringContaining(alarm) });
    expect(summary.text).not.toContain(inFull);
  });

  it.each<[string, object, object]>([
    ["values that were there before", { principal: "*" }, { principal: "*" }],
    ["the own account", {}, { source_account: own, kms_key_arn: `arn:aws:kms:eu-west-1:${own}:key/1` }],
    ["tags", {}, { tags: { Account: other, Range: "0.0.0.0/0" } }],
    ["a range of somebody's", {}, { cidr_block: "10.0.0.0/8" }],
    ["what is closed", {}, { block_public_acls: true, internal: true, publicly_accessible: false, group: "admins" }],
    ["digits that are no account", {}, { name: "202611270000" }],
  ])("both have one alarm alone of %s", async (_, before, after) => {
    await bothHave(ofAccounts(planOf("aws_lambda_permission", ["update"], before, after), own), inFull);
  });
});

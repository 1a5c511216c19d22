import { planOf } from "../test/plan-of";
import {
  attachment,
  bothHave,
  database,
  expiring,
  grant,
  host,
  https,
  kms,
  nodes,
  ofBucket,
  owned,
  safeDatabase,
  safeDomain,
  ssh,
  together,
  update,
  volume,
} from "../test/plan-verdicts";

const parameters = (...all: [name: string, value: string][]) => ({
  name: "tls",
  parameter: all.map(([name, value]) => ({ name, value })),
});
const utf8: [name: string, value: string] = ["character_set_server", "utf8"];
const tls = parameters(["require_secure_transport", "1"]);

describe("plan-summary and adopt --plan, on settings and attachments", () => {
  it.each<[string, object, string, number?]>([
    ["an instance profile", host({}, { iam_instance_profile: "x" }), "gets the instance profile x"],
    [
      "an attachment that is destroyed",
      planOf("aws_iam_role_policy_attachment", ["delete"], attachment("arn:aws:iam::1:policy/x"), null),
      "takes the policy arn:aws:iam::1:policy/x from the role hosts",
    ],
    [
      "a policy that is not in the plan",
      planOf("aws_iam_role_policy_attachment", ["create"], null, attachment("arn:aws:iam::123456789012:policy/Admins")),
      "attaches the policy arn:aws:iam::123456789012:policy/Admins, which is not in the plan",
    ],
    [
      "all secrets",
      planOf(
        "aws_iam_role_policy_attachment",
        ["create"],
        null,
        attachment("arn:aws:iam::aws:policy/SecretsManagerReadWrite"),
      ),
      "attaches AWS's policy SecretsManagerReadWrite",
    ],
    [
      "instance metadata for containers",
      host(
        { metadata_options: [{ http_put_response_hop_limit: 1 }] },
        { metadata_options: [{ http_put_response_hop_limit: 64 }] },
      ),
      "answers requests for instance metadata from further away: a hop limit of 64 in the place of 1",
    ],
    [
      "a rule that is destroyed",
      planOf("aws_vpc_security_group_ingress_rule", ["delete"], ssh, null),
      "no longer lets tcp 22 from 10.0.0.0/8 through: sg-1",
    ],
    [
      "a rule of fewer addresses",
      update("aws_vpc_security_group_ingress_rule", ssh, { ...ssh, cidr_ipv4: "10.1.0.0/16" }),
      "no longer lets tcp 22 from 10.0.0.0/8 through: sg-1",
    ],
    [
      "a rule of other addresses",
      update("aws_vpc_security_group_ingress_rule", ssh, { ...ssh, from_port: 0, to_port: 65535 }),
      "opens tcp 0-65535 of sg-1 from 10.0.0.0/8",
    ],
    [
      "a rule of the older type that is destroyed",
      planOf("aws_security_group_rule", ["delete"], { ...ssh, type: "ingress", cidr_blocks: ["10.0.0.0/8"] }, null),
      "no longer lets tcp 22 from 10.0.0.0/8 through",
    ],
    [
      "a rule less inside a group",
      update("aws_security_group", { ingress: [{ ...ssh, cidr_blocks: ["10.0.0.0/8"] }] }, { ingress: [] }),
      "no longer lets tcp 22 from 10.0.0.0/8 through",
    ],
    [
      "KMS, by a destroy",
      planOf("aws_s3_bucket_server_side_encryption_configuration", ["delete"], kms("one"), null),
      "no longer encrypts new objects with a key of KMS",
    ],
    [
      "another key of KMS",
      update("aws_s3_bucket_server_side_encryption_configuration", kms("one"), kms("other")),
      "encrypts new objects with another key of KMS: other in the place of one",
    ],
    [
      "a smaller volume of a domain",
      update("aws_elasticsearch_domain", volume(50), volume(10)),
      "has less room for its indices: 10 GiB in the place of 50",
    ],
    ["fewer nodes", update("aws_elasticsearch_domain", nodes(3), nodes(1)), "has 1 nodes in the place of 3"],
    [
      "MySQL 8.0 in the place of 5.7, as by another release",
      database({ engine_version: "5.7" }, { engine_version: "8.0" }),
      "is upgraded in place from 5.7 to 8.0, and only a snapshot of before leads back",
    ],
    [
      "no password by RDS",
      database({ manage_master_user_password: true }, { manage_master_user_password: null }),
      "is no longer given its master password by RDS",
    ],
    [
      "ACLs",
      update("aws_s3_bucket_ownership_controls", owned("BucketOwnerEnforced"), owned("ObjectWriter")),
      "brings ACLs back",
    ],
    [
      "ACLs, by a destroy",
      planOf("aws_s3_bucket_ownership_controls", ["delete"], owned("BucketOwnerEnforced"), null),
      "brings ACLs back",
    ],
    [
      "the first lifecycle rules of a bucket that exists",
      ofBucket("acme-reports", planOf("aws_s3_bucket_lifecycle_configuration", ["create"], null, expiring(1))),
      "deletes objects by the rule all after 1 days, those of before as well",
    ],
    [
      "older TLS",
      update(
        "aws_elasticsearch_domain",
        { domain_endpoint_options: [https] },
        { domain_endpoint_options: [{ ...https, tls_security_policy: "Policy-Min-TLS-1-0-2019-07" }] },
      ),
      "accepts older TLS again: Policy-Min-TLS-1-0-2019-07 in the place of Policy-Min-TLS-1-2-2019-07",
    ],
    [
      "a parameter in clear",
      update("aws_ssm_parameter", { type: "SecureString" }, { type: "String" }),
      "is no longer encrypted",
    ],
    [
      "a grant that is revoked",
      planOf("mysql_grant", ["delete"], { user: "reports", database: "reports", privileges: ["SELECT"] }, null),
      "takes SELECT on reports from reports",
    ],
    [
      "more than a grant's privilege",
      grant(["SELECT"], ["ALL PRIVILEGES"]),
      "gives ALL PRIVILEGES on reports to reports",
    ],
    ["a privilege more", grant(["SELECT"], ["SELECT", "DROP"]), "gives DROP on reports to reports"],
    ["fewer privileges", grant(["ALL"], ["SELECT"]), "takes ALL PRIVILEGES on reports from reports"],
    [
      "a login without TLS",
      update("mysql_user", { tls_option: "SSL" }, { tls_option: "NONE" }),
      "may connect without TLS again",
    ],
    [
      "an address that leaves its host",
      planOf("aws_eip_association", ["delete"], { allocation_id: "eipalloc-1", public_ip: "203.0.113.1" }, null),
      "takes the address 203.0.113.1 from its host",
    ],
    [
      "a database that is gone, and made again",
      {
        ...planOf("aws_db_instance", ["create"], null, safeDatabase),
        resource_drift: planOf("aws_db_instance", ["delete"], {}, null).resource_changes,
      },
      "is gone, and with it its databases: an empty one takes its place",
    ],
    [
      "a provisioner",
      {
        ...planOf("null_resource", ["create"], null, {}),
        configuration: {
          root_module: { resources: [{ address: "null_resource.one", provisioners: [{ type: "local-exec" }] }] },
        },
      },
      "runs the provisioner local-exec, with all that whoever applies may do",
      2,
    ],
    ["a part of a plan", { ...host({}, {}), complete: false }, "something is deferred, or not targeted"],
    [
      "a check that fails",
      {
        ...host({}, {}),
        checks: [
          {
            address: { to_display: "check.alarms_confirmed" },
            status: "fail",
            instances: [
              {
                address: { to_display: "check.alarms_confirmed" },
                status: "fail",
                problems: [{ message: "ops@example.com gets no alarms." }],
              },
            ],
          },
        ],
      },
      "check.alarms_confirmed fails: ops@example.com gets no alarms.",
    ],
    [
      "an action of a provider",
      { ...host({}, {}), action_invocations: [{ address: "action.aws_lambda_invoke.x" }] },
      "action.aws_lambda_invoke.x is run by whoever applies",
    ],
    [
      "a new domain that answers HTTP",
      planOf("aws_elasticsearch_domain", ["create"], null, {
        ...safeDomain,
        domain_endpoint_options: [{ ...https, enforce_https: null }],
      }),
      "answers HTTP, beside HTTPS",
    ],
    [
      "a new domain of old TLS",
      planOf("aws_elasticsearch_domain", ["create"], null, {
        ...safeDomain,
        domain_endpoint_options: [{ enforce_https: true }],
      }),
      "accepts TLS older than 1.2: AWS's default",
    ],
    [
      "MySQL without TLS",
      update("aws_db_parameter_group", parameters(["require_secure_transport", "1"]), parameters()),
      "accepts MySQL without TLS again: require_secure_transport is off",
    ],
    [
      "MySQL without TLS, of a new group",
      planOf("aws_db_parameter_group", ["create"], null, parameters(utf8, ["require_secure_transport", "OFF"])),
      "accepts MySQL without TLS: require_secure_transport is off",
    ],
    [
      "MySQL's older TLS",
      update(
        "aws_db_parameter_group",
        parameters(["tls_version", "TLSv1.2,TLSv1.3"]),
        parameters(["tls_version", "TLSv1.1,TLSv1.2"]),
      ),
      "accepts older TLS again: TLSv1.1,TLSv1.2 in the place of TLSv1.2,TLSv1.3",
    ],
    [
      "a group of parameters that does not require TLS",
      together(
        database({ parameter_group_name: "tls" }, { parameter_group_name: "default.mysql8.0" }),
        planOf("aws_db_parameter_group", ["no-op"], tls, tls),
      ),
      "no longer has the parameter group tls, which requires TLS: default.mysql8.0 may accept MySQL without it",
      2,
    ],
    [
      "another way out",
      update(
        "aws_route",
        { route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0", gateway_id: "igw-1" },
        { route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0", network_interface_id: "eni-1" },
      ),
      "sends what goes to 0.0.0.0/0 another way: by eni-1, in the place of igw-1",
    ],
    [
      "a route in an existing table",
      planOf("aws_route", ["create"], null, {
        route_table_id: "rtb-1",
        destination_cidr_block: "10.0.0.0/8",
        vpc_peering_connection_id: "pcx-1",
      }),
      "sends what goes to 10.0.0.0/8 another way: by pcx-1, in rtb-1, an existing route table",
      2,
    ],
    [
      "a rule more inside a group",
      update("aws_security_group", {}, { ingress: [{ ...ssh, cidr_blocks: ["203.0.113.0/24"] }] }),
      "opens tcp 22 from 203.0.113.0/24",
    ],
    [
      "an identity provider",
      planOf("aws_iam_openid_connect_provider", ["create"], null, {
        url: "https://tokens.example.org",
        client_id_list: ["sts.amazonaws.com"],
      }),
      "has AWS trust the tokens of https://tokens.example.org, where a role names it, for the audience sts.amazonaws.com",
    ],
    [
      "another certificate of an identity provider",
      update("aws_iam_openid_connect_provider", { thumbprint_list: [] }, { thumbprint_list: ["f".repeat(40)] }),
      "is trusted with the certificate of the thumbprint ffff",
    ],
  ])("both have an alarm of %s", async (_, plan, alarm, alarms = 1) => {
    await bothHave(plan, alarm, alarms);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import example from "../../clients/example";
import { rdsCertificates } from "../../modules/rds-certificates";
import { configuredPlan } from "../../test/configured-plan";
import { behindLoadBalancer } from "../../test/https-client";
import { synthesizeClient, synthesizeDatabases, type Template } from "../../test/synth";
import { textOf } from "../phrase";
import { defectsOf } from "./defects";
import { readPlan } from "./plan";

const said = (plan: object) => defectsOf(readPlan(JSON.stringify(plan), "plan.json")).map((one) => textOf(one.said));
const folder = join(__dirname, "..", "..", "__snapshots__");
const snapshot = (name: string): Template => JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
const stacks = readdirSync(folder).map((file) => file.replace(/\.json$/, ""));

const peering = { vpcId: "vpc-0a1b2c3d", cidr: "172.31.0.0/16", routeTableIds: ["rtb-0000000a"] };
const inNewVpc = { network: { vpc: "new" as const, zones: ["eu-west-1a", "eu-west-1b"], peering } };
const byAddress = {
  address: "db.example.com",
  securityGroupIds: ["sg-0a1b2c3d"],
  user: "edxapp001",
  access: "print" as const,
};
const options: [string, () => Template][] = [
  ["a new VPC, with a domain inside", () => synthesizeClient({ ...inNewVpc, elasticsearch: { vpc: {} } })],
  ["a PGP key", () => synthesizeClient({ pgpKey: "keybase:operator", buckets: { apiReports: {} } })],
  ["a load balancer", () => synthesizeClient(behindLoadBalancer)],
  ["a load balancer without a zone", () => synthesizeClient({ ...behindLoadBalancer, dns: undefined })],
  ["two iterations", () => synthesizeClient({ hosts: { ...example.hosts, iterations: { "1": {}, "2": {} } } })],
  ["an edxapp server by its address", () => synthesizeClient({ edxapp: { ...example.edxapp, database: byAddress } })],
  ["its databases", () => databases(byAddress)],
  ["those of an RDS by its address", () => databases({ ...byAddress, address: "x.a1.eu-west-1.rds.amazonaws.com" })],
  ["a printed command", () => synthesizeClient({ edxapp: { ...example.edxapp, database: printed } })],
  ["groups of a shared stack", () => snapshot("birch")],
];
/** All that is said of a shipped stack with something else at a path. */
const afterwards = (stack: string, path: string, more: object) => {
  const template = snapshot(stack);
  const place = path.split(".").reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], template);
  Object.assign(place as object, more);
  return said(configuredPlan(template)).join("\n");
};
const printed = { ...example.edxapp.database, access: "print" as const };

function databases(database: typeof byAddress): Template {
  return synthesizeDatabases({ mysql: { edxappAdmin: "root" }, edxapp: { ...example.edxapp, database } });
}

describe("what a stack reads, logs in to and puts out", () => {
  it.each(stacks)("has no alarm in %s", (stack) => {
    expect(said(configuredPlan(snapshot(stack)))).toEqual([]);
  });

  it.each(options)("has none with %s", (_, synthesize) => {
    expect(said(configuredPlan(synthesize()))).toEqual([]);
  });
});

describe("an output that config-files writes hosts' settings from", () => {
  it.each<[string, unknown, string]>([
    ["elasticsearch_endpoint", "es.mallory.example", "elasticsearch_endpoint becomes es.mallory.example"],
    ["elasticsearch_endpoint", '${"es.mallory.example"}', "elasticsearch_endpoint becomes"],
    [
      "elasticsearch_endpoint",
      '${aws_elasticsearch_domain.elasticsearch.endpoint == "" ? "" : "x"}',
      "elasticsearch_endpoint becomes",
    ],
    [
      "elasticsearch_endpoint",
      "${aws_elasticsearch_domain.elasticsearch.endpoint}.x",
      "elasticsearch_endpoint becomes",
    ],
    [
      "elasticsearch_endpoint",
      "${aws_lb.load_balancer.dns_name}",
      "where stacks have aws_elasticsearch_domain.endpoint",
    ],
    ["databases", { "1": { address: "db.mallory.example" } }, "databases.1.address becomes db.mallory.example"],
    ["databases", { "1": { other: "x" } }, "databases.1.other becomes x"],
    ["hosts", { "1": { api: { private_ip: "198.51.100.7" } } }, "hosts.1.api.private_ip becomes 198.51.100.7"],
    ["edxapp_database", { address: "${aws_lb.x.dns_name}" }, "edxapp_database.address becomes ${aws_lb.x.dns_name}"],
    ["elastic_ip", "198.51.100.7", "elastic_ip becomes 198.51.100.7, where stacks have aws_eip.public_ip"],
    ["edxanalytics_bucket", "mallory", "edxanalytics_bucket becomes mallory"],
    ["emr_ec2_role", "Admin", "emr_ec2_role becomes Admin, where stacks have another text"],
    ["emr_additional_master_security_groups", ["sg-0bad"], "emr_additional_master_security_groups.0 becomes sg-0bad"],
  ])("has an alarm where %s becomes %j", (name, value, words) => {
    expect(afterwards("complete", `output.${name}`, { value })).toContain(words);
  });

  it("has one where it is hidden as sensitive", () => {
    expect(afterwards("complete", "output.elastic_ip", { sensitive: true })).toBe(
      "the output elastic_ip is hidden as sensitive, which no stack does.",
    );
  });

  it("has one in Terraform's own syntax, where a plan has references alone", () => {
    const plan = configuredPlan(snapshot("complete"));
    const { outputs } = plan.configuration.root_module as { outputs: Record<string, unknown> };
    Object.assign(outputs, {
      elasticsearch_endpoint: { expression: { references: ["aws_lb.x.dns_name", "aws_lb.x"] } },
      elastic_ip: { expression: {} },
      vpc_id: { expression: { references: ["data.aws_vpc.network.id", "data.aws_vpc.network"] } },
    });

    expect(said(plan)).toEqual([
      expect.stringContaining("elastic_ip becomes what an expression makes"),
      expect.stringContaining("elasticsearch_endpoint becomes aws_lb.x.dns_name"),
    ]);
  });
});

describe("a provider for MySQL", () => {
  const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  const first = "provider.mysql.0";

  it.each<[string, string, object, string]>([
    ["another server", first, { endpoint: "x.example:3306" }, "has x.example:3306 as its endpoint"],
    [
      "edxapp's server",
      first,
      { endpoint: "${data.aws_db_instance.rds_edxapp.endpoint}" },
      "has data.aws_db_instance.rds_edxapp.endpoint as its endpoint",
    ],
    [
      "edxapp's server, by what is looked up",
      "data.aws_db_instance.rds_1",
      { db_instance_identifier: "complete-edxapp" },
      "works on the RDS instance complete-edxapp, which is not of this client's stack",
    ],
    ["another user", first, { username: "root" }, "has root as its username"],
    ["a password that is written", first, { password: "hunter2" }, "has a text as its password"],
    ["a proxy", first, { proxy: "socks5://x.example" }, "has socks5://x.example as its proxy"],
    ["neither of both", first, { custom_tls: [] }, "has neither custom_tls nor tls: a password is sent without TLS"],
    ["no TLS", first, { tls: "skip-verify" }, "has skip-verify as its tls"],
    ["another authority", first, { custom_tls: [{ ca_cert: pem }] }, "trusts by custom_tls.ca_cert"],
    ["a client's certificate", `${first}.custom_tls.0`, { client_key: "x" }, "trusts by custom_tls.client_key"],
    ["a proxy by default", "variable.mysql_proxy", { default: "socks5://x" }, "mysql_proxy is socks5://x by default"],
    [
      "another authority by default",
      "variable.rds_ca",
      { default: `${rdsCertificates("us-west-2")}${pem}` },
      "rds_ca is by default not the certificate authorities of RDS",
    ],
  ])("has an alarm of %s", (_, path, more, words) => {
    expect(afterwards("complete-databases", path, more)).toContain(words);
  });

  it("has an alarm of the secret of another RDS", () => {
    const other = (secret_id: string) =>
      afterwards("runbook-databases", "ephemeral.aws_secretsmanager_secret_version.rds_1", { secret_id });

    expect(other("rds!db-edxapp-master")).toContain("reads by rds!db-edxapp-master as secret_id");
    expect(other("${one(data.aws_db_instance.rds_edxapp.master_user_secret).secret_arn}")).toContain(
      "has ephemeral.aws_secretsmanager_secret_version.rds_1.secret_string as its password",
    );
  });

  it("has one of an RDS with another client's tag, which the plan has read", () => {
    const plan = (Client: string) => ({
      ...configuredPlan(snapshot("example-databases")),
      prior_state: {
        values: {
          root_module: {
            resources: [
              {
                mode: "data",
                type: "aws_db_instance",
                values: { db_instance_identifier: "example-analytics", tags: { Client } },
              },
            ],
          },
        },
      },
    });

    expect(said(plan("example"))).toEqual([]);
    expect(said(plan("birch")).join()).toContain("works on the RDS instance example-analytics");
  });
});

describe("what is read", () => {
  const reading = (mode: string, type: string, written: object) =>
    afterwards("complete-databases", mode, { [type]: { x: written } });
  const parameter = (name: string) => `arn:aws:ssm:us-west-2:345678901234:parameter${name}`;

  it.each<["data" | "ephemeral", string, object, string]>([
    ["data", "aws_ssm_parameters_by_path", { path: "/" }, "reads by / as path"],
    [
      "data",
      "aws_ssm_parameters_by_path",
      { path: "/edx-analytics/complete/mysql/versions", with_decryption: true },
      "has the argument with_decryption",
    ],
    ["data", "aws_ssm_parameters_by_path", { path: "/edx-analytics/birch/mysql/versions" }, "reads by /edx-analytics"],
    ["data", "aws_ssm_parameters_by_path", { path: "${var.path}" }, "reads by var.path as path"],
    ["data", "aws_secretsmanager_secret_version", { secret_id: "rds!db-edxapp" }, "read in another way"],
    ["data", "aws_ssm_parameter", { name: "/edx-analytics/complete/jenkins/key" }, "read in another way"],
    [
      "ephemeral",
      "aws_ssm_parameter",
      { arn: parameter("/edx-analytics/complete/jenkins/key") },
      "reads by arn:aws:ssm",
    ],
    ["ephemeral", "aws_ssm_parameter", { arn: parameter("/edx-analytics/birch/mysql/analytics") }, "reads by arn"],
    ["ephemeral", "aws_secretsmanager_secret_version", { secret_id: "x" }, "reads by x as secret_id"],
    ["data", "aws_ami", { owners: ["099720109477", "999999999999"] }, "reads by 999999999999 as owners"],
    [
      "data",
      "aws_ami",
      { owners: ["099720109477"], filter: [{ name: "name", values: ["*"] }] },
      "reads by * as filter.values",
    ],
    ["data", "aws_db_instance", { tags: { Client: "x" } }, "has the argument tags"],
  ])("has an alarm: %s.%s by %j", (mode, type, written, words) => {
    expect(reading(mode, type, written)).toContain(words);
  });

  it.each(["aws_ami", "aws_security_group", "aws_subnet"])("has one where the apply alone reads it: %s", (type) => {
    const change = { actions: ["read"], before: null, after: {}, after_unknown: { id: true } };
    const address = `data.${type}.x`;
    const plan = { format_version: "1.2", resource_changes: [{ address, mode: "data", type, change }] };

    expect(said(plan)).toEqual([
      `${address} is read by the apply alone, where stacks have the plan read it: what it gives is not judged.`,
    ]);
  });

  it("has none of a policy document, which is judged where it is used", () => {
    const change = { actions: ["read"], before: null, after: {}, after_unknown: { json: true } };
    const document = {
      address: "data.aws_iam_policy_document.x",
      mode: "data",
      type: "aws_iam_policy_document",
      change,
    };

    expect(said({ format_version: "1.2", resource_changes: [document] })).toEqual([]);
  });
});

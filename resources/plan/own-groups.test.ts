import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";
import { readPlan } from "./plan";

const groups = [
  "analytics",
  "analytics_api",
  "analytics_jenkins",
  "database_emr_rds",
  "director",
  "elasticsearch",
  "emr_master",
  "emr_slave",
  "load_balancer",
  "other",
  "another",
];

interface Given {
  readonly address: string;
  readonly actions?: string[];
  readonly before?: object | null;
  readonly after: object;
  readonly expressions?: object;
  readonly [more: string]: unknown;
}

const profiles = ["director", "emr_provisioning", "emr_roles_ec2_profile", "session_manager", "x"];

/** What is said of a change in a plan whose groups exist, or are created with it. */
function said(
  { address, actions = ["create"], before = null, after, expressions = {}, ...more }: Given,
  isNew = false,
) {
  const type = address.split(".")[0];
  const plan = {
    format_version: "1.2",
    resource_changes: [
      ...groups.map((name) => ({
        address: `aws_security_group.${name}`,
        mode: "managed",
        type: "aws_security_group",
        change: isNew
          ? { actions: ["create"], before: null, after: { name }, after_unknown: { id: true } }
          : { actions: ["no-op"], before: { id: `sg-${name}` }, after: { id: `sg-${name}` } },
      })),
      ...profiles.map((name) => ({
        address: `aws_iam_instance_profile.${name}`,
        mode: "managed",
        type: "aws_iam_instance_profile",
        change: { actions: ["no-op"], before: { name }, after: { name } },
      })),
      { address, mode: "managed", type, change: { actions, before, after, ...more } },
    ],
    configuration: { root_module: { resources: [{ address, expressions }] } },
  };
  return alarmsOfPlan(readPlan(JSON.stringify(plan), "plan.json"))
    .filter((alarm) => alarm.resource.address === address)
    .map((alarm) => textOf(alarm))
    .join("\n");
}

const tcp = (port: number) => ({ ip_protocol: "tcp", from_port: port, to_port: port });
const everything = { ip_protocol: "-1" };
const whole = { ip_protocol: "tcp", from_port: 0, to_port: 65535 };
const reference = (name: string) => ({
  references: [`aws_security_group.${name}.id`, `aws_security_group.${name}`],
});

/** A new rule of a group from a range or from another group, with groups that exist or are new. */
function opened(group: string, ports: object, peer: string, isNew: boolean): string {
  const isRange = peer.includes("/");
  const range = isRange && { [peer.includes(":") ? "cidr_ipv6" : "cidr_ipv4"]: peer };
  const ids = { security_group_id: `sg-${group}`, ...(!isRange && { referenced_security_group_id: `sg-${peer}` }) };
  const unknown = Object.fromEntries(Object.keys(ids).map((name) => [name, true]));
  return said(
    {
      address: "aws_vpc_security_group_ingress_rule.x",
      after: { ...ports, ...range, ...(!isNew && ids) },
      after_unknown: isNew ? unknown : {},
      expressions: {
        security_group_id: reference(group),
        ...(!isRange && { referenced_security_group_id: reference(peer) }),
      },
    },
    isNew,
  );
}

describe.each([
  ["exists", false],
  ["is new", true],
])("a new rule of an own group that %s", (_, isNew) => {
  it.each<[string, object, string, string]>([
    ["analytics_jenkins", everything, "198.51.100.7/32", "all ports of aws_security_group.analytics_jenkins"],
    ["analytics_jenkins", tcp(22), "2001:db8::/32", "tcp 22 of aws_security_group.analytics_jenkins"],
    ["database_emr_rds", tcp(3306), "198.51.100.0/24", "tcp 3306 of aws_security_group.database_emr_rds"],
    ["database_emr_rds", tcp(3306), "52.0.0.0/8", "tcp 3306 of aws_security_group.database_emr_rds"],
    ["database_emr_rds", tcp(3306), "10.0.0.0/8", "tcp 3306 of aws_security_group.database_emr_rds"],
    ["emr_master", everything, "8.0.0.0/8", "all ports of aws_security_group.emr_master"],
    ["director", tcp(80), "198.51.100.0/24", "tcp 80 of aws_security_group.director"],
    ["analytics", tcp(22), "198.51.100.0/24", "tcp 22 of aws_security_group.analytics"],
    ["analytics_api", tcp(443), "198.51.100.0/24", "tcp 443 of aws_security_group.analytics_api"],
    ["other", tcp(22), "198.51.100.0/24", "tcp 22 of aws_security_group.other"],
    ["analytics_jenkins", whole, "load_balancer", "tcp 0-65535 of aws_security_group.analytics_jenkins"],
    ["analytics", whole, "emr_slave", "tcp 0-65535 of aws_security_group.analytics"],
    ["emr_master", everything, "emr_slave", "all ports of aws_security_group.emr_master"],
    ["director", tcp(22), "analytics", "tcp 22 of aws_security_group.director"],
    ["database_emr_rds", tcp(3306), "load_balancer", "tcp 3306 of aws_security_group.database_emr_rds"],
    ["database_emr_rds", tcp(3306), "other", "tcp 3306 of aws_security_group.database_emr_rds"],
    ["other", tcp(22), "director", "tcp 22 of aws_security_group.other"],
  ])("has an alarm: %s, %j from %s", (group, ports, peer, words) => {
    const from = peer.includes("/") ? peer : `aws_security_group.${peer}`;

    expect(opened(group, ports, peer, isNew)).toBe(`opens ${words} from ${from}, which no stack does`);
  });

  it.each<[string, object, string]>([
    ["director", tcp(22), "198.51.100.0/24"],
    ["analytics", tcp(443), "198.51.100.0/24"],
    ["load_balancer", tcp(80), "2001:db8::/32"],
    ["emr_slave", whole, "emr_master"],
    ["emr_master", tcp(22), "analytics_jenkins"],
    ["database_emr_rds", tcp(3306), "emr_slave"],
    ["elasticsearch", tcp(443), "analytics_api"],
  ])("has none as stacks have it: %s, %j from %s", (group, ports, peer) => {
    expect(opened(group, ports, peer, isNew)).toBe("");
  });
});

const member = (...names: string[]) => ({ vpc_security_group_ids: names.map((name) => `sg-${name}`) });
const inVpc = (...names: string[]) => ({ vpc_options: [{ security_group_ids: names.map((name) => `sg-${name}`) }] });
const balanced = (...names: string[]) => ({ security_groups: names.map((name) => `sg-${name}`) });

describe("what joins an own group", () => {
  it.each<[string, object, object, string]>([
    ["aws_instance.analytics_1_jenkins", member("analytics_jenkins"), member("load_balancer"), "load_balancer"],
    ["aws_instance.analytics_1_api", member("analytics_api"), member("analytics"), "analytics"],
    ["aws_instance.director", member("director"), member("analytics"), "analytics"],
    ["aws_db_instance.database_1", member("database_emr_rds"), member("emr_master"), "emr_master"],
    ["aws_elasticsearch_domain.elasticsearch", inVpc("elasticsearch"), inVpc("analytics"), "analytics"],
    ["aws_lb.load_balancer", balanced("load_balancer"), balanced("director"), "director"],
  ])("has an alarm when it changes: %s", (address, before, after, group) => {
    const alarm = `joins aws_security_group.${group}, and is open to whatever that lets in`;

    expect(said({ address, actions: ["update"], before, after })).toContain(alarm);
  });

  it("has one beside a group that is yet to be created, where the plan knows none of them", () => {
    const references = ["load_balancer", "analytics_jenkins"].flatMap((name) => reference(name).references);
    const change = {
      address: "aws_instance.analytics_1_jenkins",
      actions: ["update"],
      before: member("analytics_jenkins"),
      after: {},
      after_unknown: { vpc_security_group_ids: true },
      expressions: { vpc_security_group_ids: { references } },
    };

    expect(said(change)).toBe("joins aws_security_group.load_balancer, and is open to whatever that lets in");
  });

  it.each([
    ["aws_instance.analytics_2_api", "load_balancer"],
    ["aws_instance.mine", "analytics"],
    ["aws_instance.analytics_2_insights", "emr_master"],
    ["aws_db_instance.database_2", "analytics"],
  ])("has one when it is new: %s in %s", (address, group) => {
    const pending = {
      after: {},
      after_unknown: { vpc_security_group_ids: true },
      expressions: { vpc_security_group_ids: reference(group) },
    };

    expect(said({ address, after: member(group) })).toContain(`joins aws_security_group.${group}`);
    expect(said({ address, ...pending }, true)).toContain(`joins aws_security_group.${group}`);
  });

  it("has none where it is as stacks have it, nor where an adoption imports it", () => {
    const address = "aws_instance.analytics_1_api";
    const imported = { actions: ["update"], before: member("x"), importing: { id: "i-1" } };

    expect(said({ address, after: member("analytics_api") })).toBe("");
    expect(said({ address, after: member("other") })).toContain("joins aws_security_group.other");
    expect(said({ address, after: member("analytics") })).toBe("");
    expect(said({ address, after: member("x", "analytics_api"), ...imported })).toBe("");
  });
});

describe("an app with names of its own", () => {
  it("has no alarm of its rules from group to group, and of what is in its groups", () => {
    expect(opened("other", tcp(22), "another", true)).toBe("");
    expect(opened("other", tcp(22), "another", false)).toBe("");
    expect(said({ address: "aws_instance.mine", after: member("other") })).toBe("");
    expect(said({ address: "aws_instance.mine", after: member("analytics") })).toContain("joins");
  });
});

describe("an own instance profile", () => {
  const inDefaultGroup = {
    after_unknown: { vpc_security_group_ids: true },
    expressions: { vpc_security_group_ids: { references: ["data.aws_security_group.default.id"] } },
  };
  const given = (host: string, profile: string, had?: string) =>
    said({
      address: `aws_instance.${host}`,
      actions: [had === undefined ? "create" : "update"],
      before: had === undefined ? null : { iam_instance_profile: had },
      after: { iam_instance_profile: profile },
      ...inDefaultGroup,
    });

  it.each([
    ["analytics_1_insights", "emr_provisioning"],
    ["analytics_1_insights", "director"],
    ["analytics_1_api", "emr_provisioning"],
    ["analytics_1_jenkins", "director"],
    ["analytics_1", "emr_roles_ec2_profile"],
    ["director", "emr_provisioning"],
    ["analytics_2_insights", "x"],
    ["mine", "director"],
  ])("has an alarm on %s: %s", (host, profile) => {
    const alarm = `gets aws_iam_instance_profile.${profile}, which no stack gives it, and what that allows`;

    expect(given(host, profile)).toBe(alarm);
    expect(given(host, profile, "")).toBe(alarm);
    expect(given(host, profile, "session")).toContain(alarm);
  });

  it("has one where the plan does not know its name yet", () => {
    const references = ["aws_iam_instance_profile.director.name", "aws_iam_instance_profile.director"];
    const pending = { after: {}, after_unknown: { iam_instance_profile: true, ...inDefaultGroup.after_unknown } };
    const on = (host: string) =>
      said({
        address: `aws_instance.${host}`,
        ...pending,
        expressions: { iam_instance_profile: { references }, ...inDefaultGroup.expressions },
      });

    expect(on("analytics_1_api")).toContain("gets aws_iam_instance_profile.director");
    expect(on("director")).toBe("");
  });

  it.each([
    ["director", "director"],
    ["director", "session_manager"],
    ["analytics_1", "emr_provisioning"],
    ["analytics_1_jenkins", "emr_provisioning"],
    ["analytics_1_api", "session_manager"],
    ["analytics_1_insights", "session_manager"],
  ])("has none on %s as stacks give it: %s", (host, profile) => {
    expect(given(host, profile)).toBe("");
    expect(given(host, profile, "")).toBe("");
  });
});

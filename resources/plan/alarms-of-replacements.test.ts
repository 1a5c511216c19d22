import { taken } from "../../test/alarms-of-changes";
import { planOf } from "../../test/plan-of";
import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";
import { readPlan } from "./plan";

const peering = { vpc_id: "vpc-1", peer_vpc_id: "vpc-2", accepter: [{ allow_remote_vpc_dns_resolution: true }] };
const profile = { name: "director", role: "director" };
const mail = { endpoint: "ops@example.com" };
const grant = { user: "reader", host: "%", database: "reports", table: "*", privileges: ["SELECT"] };
const moved = { ...grant, database: "dashboard" };

describe("an alarm is raised by the replacement of", () => {
  it.each<[string, string, object, object, string]>([
    [
      "a peering by one with another VPC",
      "aws_vpc_peering_connection",
      peering,
      { ...peering, peer_vpc_id: "vpc-3" },
      "connects vpc-1 with vpc-3, in the place of vpc-2",
    ],
    [
      "a peering by one of another VPC",
      "aws_vpc_peering_connection",
      peering,
      { ...peering, vpc_id: "vpc-3" },
      "connects vpc-3 with vpc-2",
    ],
    ["a peering by the same", "aws_vpc_peering_connection", peering, peering, "is made anew: nothing goes between"],
    ["an Internet gateway", "aws_internet_gateway", { vpc_id: "vpc-1" }, { vpc_id: "vpc-1" }, "is made anew"],
    ["a route table", "aws_route_table", { id: "rtb-1" }, { vpc_id: "vpc-1" }, "rtb-1 goes with its routes"],
    ["an instance profile", "aws_iam_instance_profile", profile, profile, "lose the role director until"],
    ["a topic", "aws_sns_topic", { name: "a" }, { name: "a" }, "until each address has confirmed again"],
    ["a subscription", "aws_sns_topic_subscription", mail, mail, "until it has confirmed again"],
    ["a grant by one elsewhere", "mysql_grant", grant, moved, "takes SELECT on reports from reader"],
  ])("%s", (_, type, before, after, words) => {
    const plan = planOf(type, ["delete", "create"], before, after);

    expect(
      alarmsOfPlan(plan)
        .map((alarm) => textOf(alarm))
        .join("\n"),
    ).toContain(words);
  });
});

describe("a peering", () => {
  it("with one more VPC has an alarm, and the first has none", () => {
    const first = { actions: ["create"], after: peering };
    const second = { actions: ["create"], after: { ...peering, peer_vpc_id: "vpc-3" } };
    const held = { actions: ["no-op"], before: peering, after: peering };
    const vpc = { actions: ["no-op"], before: { id: "vpc-1" }, after: { id: "vpc-1" } };

    expect(taken({ "aws_vpc.own": vpc, "aws_vpc_peering_connection.one": first })).toEqual([]);
    expect(
      taken({
        "aws_vpc.own": vpc,
        "aws_vpc_peering_connection.one": held,
        "aws_vpc_peering_connection.two": second,
      }).join(),
    ).toContain("connects vpc-1 with vpc-3, one more VPC");
  });

  it("that gives no private addresses any more has an alarm", () => {
    const after = { ...peering, accepter: [{ allow_remote_vpc_dns_resolution: false }] };
    const change = { actions: ["update"], before: peering, after };

    expect(taken({ "aws_vpc_peering_connection.one": change }).join()).toContain("no longer gives names");
  });
});

describe("a route", () => {
  const route = { route_table_id: "rtb-1", destination_cidr_block: "128.0.0.0/1" };
  const table = { actions: ["no-op"], before: { id: "rtb-1" }, after: { id: "rtb-1" } };
  const gateway = { actions: ["no-op"], before: { id: "igw-1" }, after: { id: "igw-1" } };
  const said = (to: object) =>
    taken({
      "aws_route_table.own": table,
      "aws_internet_gateway.own": gateway,
      "aws_route.one": { actions: ["create"], after: { ...route, ...to } },
    }).join();

  it("leads to what the plan has, or has an alarm", () => {
    expect(said({ gateway_id: "igw-1" })).toBe("");
    expect(said({ gateway_id: "vgw-1" })).toContain("has vgw-1 as gateway_id");
    expect(said({ vpc_peering_connection_id: "pcx-1" })).toContain("has pcx-1 as vpc_peering_connection_id");
  });
});

describe("a grant of MySQL", () => {
  const all = { ...grant, privileges: ["ALL PRIVILEGES"] };
  const reads = { ...grant, database: "*" };
  const resource = (type: string, name: string, values: object, isNew = false) => ({
    address: `${type}.${name}`,
    mode: "managed",
    type,
    change: { actions: [isNew ? "create" : "no-op"], before: isNew ? null : values, after: values },
  });
  const said = (given: object, provider: string, ...others: readonly object[]) => {
    const plan = {
      format_version: "1.2",
      resource_changes: [
        resource("mysql_database", "reports", { name: "reports" }),
        resource("mysql_user", "analytics", { user: "analytics" }),
        resource("mysql_user", "reader", { user: "reader" }),
        resource("mysql_grant", "one", given, true),
        ...others,
      ],
      configuration: {
        root_module: {
          resources: [
            { address: "mysql_database.reports", provider_config_key: "mysql.analytics_1" },
            { address: "mysql_user.analytics", provider_config_key: "mysql.analytics_1" },
            { address: "mysql_user.reader", provider_config_key: "mysql.edxapp" },
            { address: "mysql_grant.one", provider_config_key: provider },
          ],
        },
      },
    };
    return alarmsOfPlan(readPlan(JSON.stringify(plan), "plan.json"))
      .map((alarm) => textOf(alarm))
      .join("\n");
  };

  it("on the server of its user and database has none", () => {
    expect(said({ ...all, user: "analytics" }, "mysql.analytics_1")).toBe("");
    expect(said(reads, "mysql.edxapp")).toBe("");
  });

  it.each<[string, object, string]>([
    ["the user is not on", all, "mysql.analytics_1"],
    ["the user is not on, to read everything", reads, "mysql.analytics_1"],
    ["the database is not on", { ...all, user: "analytics" }, "mysql.edxapp"],
  ])("on a server that %s has one", (_, given, provider) => {
    expect(said(given, provider)).toContain(`by ${provider}, where the plan has them on another server`);
  });

  it("of more than reading, to a user that reads alone, has one", () => {
    const first = resource("mysql_grant", "reads", reads);

    expect(said({ ...all, user: "reader" }, "mysql.edxapp", first)).toContain(
      "gives ALL PRIVILEGES on reports to reader, which is for reading alone",
    );
  });
});

import { planOf } from "../../test/plan-of";
import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";
import { defectsOf } from "./defects";
import { readPlan } from "./plan";
import { secretsOf } from "./secrets";

const bucket = "acme-terraform-state";
const read = (plan: object) =>
  readPlan(JSON.stringify({ format_version: "1.2", resource_changes: [], ...plan }), "plan.json");
const said = (plan: object, stateBucket?: string) =>
  defectsOf(read(plan), { stateBucket }).map((one) => textOf(one.said));

describe("conditions in a plan", () => {
  const condition = (to_display: string, status = "unknown") => ({ checks: [{ address: { to_display }, status }] });

  it.each([
    "check.leak",
    "check.mine_confirmed_not",
    "aws_sns_topic.alarms",
    "data.aws_key_pair.analytics",
    "output.elastic_ip",
    "var.mysql_proxy",
    "module.m.check.leak",
    "constructor.x",
  ])("have an alarm, whatever came out, of what has none in stacks: %s", (address) => {
    for (const status of ["unknown", "pass"]) {
      expect(said(condition(address, status))).toEqual([
        `${address} has a condition, which no stack of this version has: its message may show secrets.`,
      ]);
    }
  });

  it.each([
    "check.alarms_confirmed",
    "check.Learning_Alarms_confirmed_310E1400",
    "module.analytics.check.alarms_confirmed",
    "data.aws_eips.state",
    "module.a.module.b.data.aws_vpc.network",
    "aws_db_instance.database_1",
    "terraform_data.state",
  ])("have none of what has some in stacks: %s", (address) => {
    expect(said(condition(address))).toEqual([]);
  });
});

it("conditions of a variable have none, as exported stacks have them, and say that they fail", () => {
  const condition = (status: string) => ({
    checks: [{ address: { kind: "var", to_display: "var.tags" }, status, instances: [] }],
  });

  expect(said(condition("pass"))).toEqual([]);
  expect(said(condition("fail"))).toEqual(["var.tags fails."]);
});

describe("the message of a condition that fails", () => {
  const failing = (to_display: string) => ({
    checks: [
      {
        address: { to_display },
        status: "fail",
        instances: [{ address: { to_display }, status: "fail", problems: [{ message: "c2VjcmV0" }] }],
      },
    ],
  });

  it("is shown of what stacks have", () => {
    expect(said(failing("check.alarms_confirmed")).join()).toContain("c2VjcmV0");
  });

  it("is not of what somebody else wrote, as far as that is known", () => {
    expect(said(failing("check.leak"))).toContain("check.leak fails.");
    expect(said(failing("check.leak")).join()).not.toContain("c2VjcmV0");
    const defects = defectsOf(read(failing("check.alarms_confirmed")), { written: { module: {} } });
    expect(defects.map((one) => textOf(one.said)).join()).not.toContain("c2VjcmV0");
  });
});

describe("modules in a plan", () => {
  const calling = (source: string) => ({
    configuration: {
      root_module: { module_calls: { a: { source: "./a", module: { module_calls: { b: { source, module: {} } } } } } },
    },
  });

  it.each(["git::https://x.example/a.git", "acme/a/aws", "https://x.example/a.zip"])("have an alarm: %s", (source) => {
    expect(said(calling(source))).toEqual([
      `module.a.module.b comes from ${source}, and no stack calls a module: whoever has that place decides what it does.`,
    ]);
  });

  it("have none of a folder", () => {
    expect(said(calling("../b"))).toEqual([]);
  });
});

describe("functions in a plan that read files", () => {
  const writing = (value: unknown) => {
    const expressions = { description: { constant_value: value } };
    return {
      configuration: {
        root_module: { resources: [{ address: "aws_sns_topic.x", type: "aws_sns_topic", expressions }] },
      },
    };
  };

  it.each([
    '${file("/proc/self/environ")}',
    'x${base64encode(filebase64("x"))}',
    '${templatefile("x", {})}',
    '${join("", fileset("/", "*"))}',
    '%{ if fileexists("x") }x%{ endif }',
  ])("have an alarm: %s", (value) => {
    expect(said(writing(value))).toEqual([
      "aws_sns_topic.x.description reads a file of whoever plans, which no stack does.",
    ]);
    expect(said(writing({ [value]: "x" }))).toHaveLength(1);
  });

  it("have values that are not shown", () => {
    const after = { name: "x", description: "c2VjcmV0" };
    const change = { actions: ["update"], before: { ...after, description: "old" }, after };
    const plan = {
      ...writing('${base64encode(file("x"))}'),
      resource_changes: [{ address: "aws_sns_topic.x", type: "aws_sns_topic", change }],
    };

    expect(secretsOf(read(plan))).toEqual(["c2VjcmV0"]);
  });

  it("have none where they are text", () => {
    expect(said(writing("file(x) and $${file(x)} and ${aws_x.profile}"))).toEqual([]);
  });
});

describe("what a plan reads of the bucket of the state", () => {
  const reading = (type: string, given: Readonly<Record<string, string>>) => ({
    configuration: {
      provider_config: {
        aws: {
          name: "aws",
          expressions: {
            allowed_account_ids: { constant_value: ["123456789012"] },
            default_tags: [{ tags: { constant_value: { Client: "acme" } } }],
          },
        },
      },
      root_module: {
        resources: [
          {
            address: `data.${type}.state`,
            mode: "data",
            type,
            expressions: Object.fromEntries(
              Object.entries(given).map(([name, value]) => [name, { constant_value: value }]),
            ),
          },
        ],
      },
    },
  });
  const ofState = (plan: object, of?: string) =>
    said(plan, of).filter((one) => one.includes("of the bucket of the state"));

  it.each<[string, Readonly<Record<string, string>>]>([
    ["aws_s3_bucket_policy", { bucket }],
    ["aws_s3_bucket", { bucket }],
    ["aws_s3_objects", { bucket }],
    ["aws_s3_objects", { bucket, prefix: "plans/" }],
    ["aws_s3_objects", { bucket, prefix: "birch/birch.tfstate" }],
  ])("has an alarm: %s %j", (type, given) => {
    expect(ofState(reading(type, given), bucket)).toEqual([
      expect.stringContaining(`data.${type}.state reads of the bucket`),
    ]);
    expect(ofState(reading(type, given))).toEqual([]);
  });

  it("has none of whether the client's own is there, and of other buckets", () => {
    expect(ofState(reading("aws_s3_objects", { bucket, prefix: "a/acme/acme.tfstate" }), bucket)).toEqual([]);
    expect(ofState(reading("aws_s3_bucket_policy", { bucket: `${bucket}-2` }), bucket)).toEqual([]);
  });
});

describe("what is moved to another name", () => {
  const moved = (type: string, previous: string, address: string) => {
    const change = { actions: ["no-op"], before: { id: "x" }, after: { id: "x" } };
    const resource_changes = [{ address, previous_address: previous, mode: "managed", type, change }];
    return alarmsOfPlan(read({ resource_changes })).map((one) => textOf(one));
  };

  it.each([
    ["aws_security_group", "emr_master", "load_balancer"],
    ["aws_instance", "analytics_1_jenkins", "analytics_1"],
    ["aws_iam_instance_profile", "session_manager", "emr_provisioning"],
  ])("has an alarm where rules judge by it: %s", (type, was, is) => {
    expect(moved(type, `${type}.${was}`, `${type}.${is}`)).toEqual([
      `was ${type}.${was}: what a stack lets in and gives is judged by the name, and it gets another one`,
    ]);
  });

  it("has none elsewhere, and of one that keeps its name", () => {
    expect(moved("aws_s3_bucket_policy", "aws_s3_bucket_policy.a", "aws_s3_bucket_policy.b")).toEqual([]);
    expect(
      moved("aws_security_group", "aws_security_group.director", "module.x.aws_security_group.director[0]"),
    ).toEqual([]);
    expect(alarmsOfPlan(planOf("aws_security_group", ["no-op"], {}, {}))).toEqual([]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { companionsOfBucket } from "../../test/companions-of-bucket";
import { firstPlan } from "../../test/first-plan";
import type { Template } from "../../test/synth";
import { textOf } from "../phrase";
import { companions } from "../types/companions";
import { alarmsOfPlan } from "./alarms";
import { readPlan } from "./plan";

type Resources = Record<string, Record<string, Record<string, unknown>>>;

const folder = join(__dirname, "..", "..", "__snapshots__");
const snapshot = (file: string): Template & { resource: Resources } =>
  JSON.parse(readFileSync(join(folder, file), "utf8"));
const pairs = Object.entries(companions).flatMap(([type, all]) =>
  all.map((companion) => ({ type, companion, other: companion.type })),
);

/** What is said of a plan with some changes, each by its address. */
function said(changes: Readonly<Record<string, object>>, expressions: Readonly<Record<string, object>> = {}): string[] {
  const plan = {
    format_version: "1.2",
    resource_changes: Object.entries(changes).map(([address, change]) => ({
      address,
      mode: "managed",
      type: address.replace(/^module\.\w+\./, "").split(".")[0],
      change: { actions: ["create"], before: null, after: null, ...change },
    })),
    configuration: {
      root_module: { resources: Object.entries(expressions).map(([address, one]) => ({ address, expressions: one })) },
    },
  };
  return alarmsOfPlan(readPlan(JSON.stringify(plan), "plan.json"))
    .map((alarm) => `${alarm.resource.address} ${textOf(alarm)}`)
    .filter((words) => words.includes(" has no aws_"));
}

describe("what stacks make beside a resource", () => {
  it.each(pairs)("has an alarm where a first deploy has none: $type without $other", ({ type, companion }) => {
    const template = snapshot("complete.json");
    const [[name, values] = ["", {}]] = Object.entries(template.resource[type] ?? {});
    const all = template.resource[companion.type] ?? {};
    const isOfIt = (other: object) =>
      JSON.stringify(other).includes(`\${${type}.${name}.`) ||
      JSON.stringify(other).includes(`"${values[companion.of]}"`);
    template.resource[companion.type] = Object.fromEntries(Object.entries(all).filter(([, other]) => !isOfIt(other)));
    const alarms = alarmsOfPlan(firstPlan(template)).map((alarm) => `${alarm.resource.address} ${textOf(alarm)}`);

    expect(alarms).toContain(`${type}.${name} ${textOf(companion.missing)}`);
  });

  it("is made beside each one in every stack, and of a bucket's settings all but its lifecycle rules are known", () => {
    const settings = readdirSync(folder).flatMap((file) => {
      const { resource } = snapshot(file);
      return Object.values(resource.aws_s3_bucket ?? {}).map(({ bucket }) =>
        Object.entries(resource)
          .filter(([type]) => type.startsWith("aws_s3_bucket_"))
          .filter(([, all]) =>
            Object.values(all).some((one) => one.bucket === bucket || /^\$\{aws_s3_bucket\./.test(String(one.bucket))),
          )
          .map(([type]) => type),
      );
    });
    const every = (settings[0] ?? []).filter((type) => settings.every((some) => some.includes(type)));

    expect(settings.length).toBeGreaterThan(10);
    expect(every.filter((type) => type !== "aws_s3_bucket_lifecycle_configuration").sort()).toEqual(
      companions.aws_s3_bucket?.map(({ type }) => type),
    );
  });

  it("may be there from an earlier apply, by another name, or in a module that is told of it", () => {
    const bucket = { after: { bucket: "data" } };
    const kept = Object.fromEntries(
      companionsOfBucket("data").map(({ type, values }) => [
        `${type}.former`,
        { actions: ["no-op"], before: values, after: values },
      ]),
    );
    const topic = { after: {}, after_unknown: { arn: true } };
    const pending = { after: {}, after_unknown: { arn: true, topic_arn: true } };
    const by = (reference: string) =>
      said(
        {
          "aws_sns_topic.x": topic,
          "module.m.aws_sns_topic_policy.y": pending,
          "aws_sns_topic_subscription.z[0]": pending,
        },
        { "aws_sns_topic_subscription.z": { topic_arn: { references: [reference] } } },
      );

    expect(said({ "aws_s3_bucket.x": bucket, ...kept })).toEqual([]);
    expect(said({ "aws_s3_bucket.y": { after: { bucket: "other" } }, ...kept })).toHaveLength(5);
    expect(by("aws_sns_topic.x[0].arn").join()).not.toContain("subscription");
    expect(by("var.topic").join()).not.toContain("subscription");
    expect(by("aws_sns_topic.other.arn").join()).toContain("aws_sns_topic.x has no aws_sns_topic_subscription");
  });

  it("is missed where it is destroyed, and of an option only where the plan has others", () => {
    const gone = { actions: ["delete"], before: { rule: "clusters" }, after: null };
    const watched = { after: { dimensions: { InstanceId: "i-1" } } };

    expect(
      said({ "aws_cloudwatch_event_rule.x": { after: { name: "clusters" } }, "aws_cloudwatch_event_target.x": gone }),
    ).toHaveLength(1);
    expect(said({ "aws_instance.x": { after: {} } })).toEqual([]);
    expect(said({ "aws_instance.x": { after: {} }, "aws_cloudwatch_metric_alarm.x": watched }).join()).toContain(
      "nobody is told when it fails",
    );
    expect(said({ "aws_lb.x": { after: {} }, "aws_cloudwatch_metric_alarm.x": watched })).toEqual([]);
  });

  it("has an alarm where it is put beside something else", () => {
    const moved = { actions: ["delete", "create"], before: { bucket: "data" }, after: { bucket: "other" } };
    const plan = (change: object) =>
      readPlan(
        JSON.stringify({
          format_version: "1.2",
          resource_changes: [
            { address: "aws_s3_bucket_public_access_block.x", type: "aws_s3_bucket_public_access_block", change },
          ],
        }),
        "plan.json",
      );
    const alarms = (change: object) => alarmsOfPlan(plan(change)).map((alarm) => textOf(alarm));

    expect(alarms(moved)).toContain("opens the bucket: nothing blocks public access any more");
    expect(alarms({ ...moved, after: { bucket: "data" } })).toEqual([]);
  });
});

describe("a new bucket", () => {
  it("has an alarm where a later plan may destroy it with its objects", () => {
    const template = snapshot("complete.json");
    (template.resource.aws_s3_bucket?.buckets_emr as Record<string, unknown>).force_destroy = true;

    expect(alarmsOfPlan(firstPlan(template)).map((alarm) => textOf(alarm))).toContain(
      "has no protection: the next plan may destroy it with its objects",
    );
  });

  it.each<[string, object[], boolean]>([
    ["none", [], true],
    ["that of a stack", [{}], false],
    ["that denies everything", [{ Action: "*", Condition: undefined }], false],
    ["of one caller", [{ Principal: { AWS: "arn:aws:iam::123456789012:user/x" } }], true],
    ["of one action", [{ Action: "s3:GetObject" }], true],
    ["of no objects", [{ Resource: "arn:aws:s3:::data" }], true],
    [
      "on one more condition",
      [{ Condition: { Bool: { "aws:SecureTransport": "false" }, StringEquals: { "aws:username": "x" } } }],
      true,
    ],
  ])("has an alarm where its policy has no statement that refuses HTTP: %s", (_, statements, isOpen) => {
    const refusing = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
    const policy = JSON.stringify({ Statement: statements.map((statement) => ({ ...refusing, ...statement })) });
    const change = (values: object) => ({ actions: ["create"], before: null, after: values });
    const plan = {
      format_version: "1.2",
      resource_changes: [
        { address: "aws_s3_bucket.x", type: "aws_s3_bucket", change: change({ bucket: "data" }) },
        { address: "aws_s3_bucket_policy.x", type: "aws_s3_bucket_policy", change: change({ bucket: "data", policy }) },
      ],
    };
    const alarms = alarmsOfPlan(readPlan(JSON.stringify(plan), "plan.json")).map((alarm) => textOf(alarm));

    expect(alarms.some((words) => words.startsWith("lets its bucket accept HTTP"))).toBe(isOpen);
  });
});

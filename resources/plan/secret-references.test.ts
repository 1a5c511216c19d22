import { configuredPlan } from "../../test/configured-plan";
import { changedAlarms, changedTemplate } from "../../test/first-alarms";
import { firstPlan } from "../../test/first-plan";
import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";
import { defectsOf } from "./defects";
import { readPlan } from "./plan";
import { secretsOf } from "./secrets";

const secret = "aws_iam_access_key.reports_user.secret";
const encoded = "d0phbHJYVXRuRkVNSTBLN01ERU5H";

/** A plan that updates a metric alarm's description to what an expression makes. */
function described(written: object, after: object = { alarm_description: encoded }) {
  const address = "aws_cloudwatch_metric_alarm.cpu";
  const before = { alarm_description: "old", dimensions: { DBInstanceIdentifier: "complete-analytics" } };
  return readPlan(
    JSON.stringify({
      format_version: "1.2",
      resource_changes: [
        {
          address,
          mode: "managed",
          type: "aws_cloudwatch_metric_alarm",
          change: { actions: ["update"], before, after: { ...before, ...after } },
        },
        {
          address: "aws_db_instance.database",
          mode: "managed",
          type: "aws_db_instance",
          change: {
            actions: ["no-op"],
            before: { password: "x" },
            after: { password: "x" },
            before_sensitive: { password: true },
            after_sensitive: { password: true },
          },
        },
      ],
      configuration: { root_module: { resources: [{ address, expressions: written }] } },
    }),
    "plan.json",
  );
}

const said = (written: object, after?: object) => alarmsOfPlan(described(written, after)).map((alarm) => textOf(alarm));

describe("a secret that gets into an argument", () => {
  it.each<[string, object, string]>([
    ["by itself", { constant_value: `\${${secret}}` }, secret],
    ["within functions", { constant_value: `\${base64encode(nonsensitive(${secret}))}` }, secret],
    [
      "by an index",
      { constant_value: '${aws_iam_access_key.reports_user["secret"]}' },
      "aws_iam_access_key.reports_user",
    ],
    [
      "with all that it is in",
      { constant_value: "${aws_iam_access_key.a.id}${jsonencode(aws_iam_access_key.a)}" },
      "aws_iam_access_key.a",
    ],
    ["of several", { constant_value: "${aws_iam_access_key.a[0].secret}" }, "aws_iam_access_key.a.secret"],
    ["in Terraform's own syntax", { references: [secret, "aws_iam_access_key.reports_user"] }, secret],
    [
      "as another resource marks it",
      { constant_value: "${aws_db_instance.database.password}" },
      "aws_db_instance.database.password",
    ],
    ["from a parameter", { constant_value: "${data.aws_ssm_parameter.x.value}" }, "data.aws_ssm_parameter.x.value"],
  ])("%s has an alarm, and is hidden", (_, expression, of) => {
    const plan = described({ alarm_description: expression });

    expect(alarmsOfPlan(plan).map((alarm) => textOf(alarm))).toContain(
      `shows what is secret: alarm_description is made of ${of}`,
    );
    expect(secretsOf(plan)).toContain(encoded);
  });

  it.each([
    ["the id of the key", "${aws_iam_access_key.reports_user.id}"],
    ["what is encrypted", "${aws_iam_access_key.reports_user.encrypted_secret}"],
    ["the address of a database", "${aws_db_instance.database.address}"],
    ["a text", "of aws_iam_access_key.reports_user.secret"],
  ])("is not %s", (_, text) => {
    const plan = described({ alarm_description: { constant_value: text } });

    expect(alarmsOfPlan(plan)).toEqual([]);
    expect(secretsOf(plan)).toEqual([]);
  });

  it("hides no more of a map than the member that it is in", () => {
    const dimensions = { DBInstanceIdentifier: "complete-analytics", k: `\${${secret}}` };
    const plan = described(
      { dimensions: { constant_value: dimensions, references: [secret] } },
      { dimensions: { ...dimensions, k: encoded } },
    );

    expect(secretsOf(plan)).toEqual([encoded]);
  });

  it("has no alarm where it has been for long", () => {
    expect(said({ alarm_description: { constant_value: `\${${secret}}` } }, {})).toEqual([]);
  });

  it.each([
    ["terraform_data.x", "input"],
    ["aws_sns_topic.x", "name"],
    ["aws_security_group.director", "tags.k"],
    ["aws_s3_object.x", "key"],
  ])("of a first deploy has an alarm in %s, %s", (address, path) => {
    expect(changedAlarms("complete", { [address]: { [path]: `\${base64encode(nonsensitive(${secret}))}` } })).toContain(
      `${address} shows what is secret: ${path} is made of ${secret}`,
    );
  });

  it("has an alarm in an output, whatever stands around it, unless that is marked", () => {
    const output = (name: string, more: object) => {
      const template = {
        ...changedTemplate("complete", {}),
        output: { [name]: { value: `\${sha256(${secret})}`, ...more } },
      };
      return defectsOf(readPlan(JSON.stringify(configuredPlan(template)), "plan.json")).map(({ said: one }) =>
        textOf(one),
      );
    };

    expect(output("debug", {})).toContain("the output debug shows what is secret, and is not marked as sensitive.");
    expect(output("debug", { sensitive: true })).toEqual([]);
  });
});

describe("a file of whoever plans", () => {
  const calls = (text: string) =>
    defectsOf(described({ alarm_description: { constant_value: text } })).map(({ said: one }) => textOf(one));

  it.each([
    '${file("/proc/self/environ")}',
    '%{ if filebase64 ("x") == "" }%{ endif }',
    '${base64encode(file/* */("x"))}',
    '${templatefile("x", {})}',
    '${length(fileset("/", "*"))}',
  ])("has an alarm where %s reads it, and is hidden", (text) => {
    expect(calls(text)).toEqual([
      "aws_cloudwatch_metric_alarm.cpu.alarm_description reads a file of whoever plans, which no stack does.",
    ]);
    expect(secretsOf(described({ alarm_description: { constant_value: text } }))).toEqual([encoded]);
  });

  it("has none where a text speaks of files", () => {
    expect(calls("writes a file (1) into ${aws_s3_bucket.x.bucket}, for a profile (2)")).toEqual([]);
  });

  it("is read by no stack that comes with the project", () => {
    const plan = firstPlan(changedTemplate("complete", {}));

    expect(defectsOf(plan).filter(({ label }) => label === "File")).toEqual([]);
  });
});

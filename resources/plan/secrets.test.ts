import { markdown } from "../../cli/plan-summary/markdown";
import { summaryOf } from "../../cli/plan-summary/summary";
import { readPlan } from "./plan";
import { secretsOf } from "./secrets";

interface Given {
  readonly before?: object | null;
  readonly after: object | null;
  readonly [more: string]: unknown;
}

const planWith = (changes: Readonly<Record<string, Given>>, more: object = {}) =>
  readPlan(
    JSON.stringify({
      format_version: "1.2",
      resource_changes: Object.entries(changes).map(([address, { before = null, ...change }]) => ({
        address,
        mode: "managed",
        type: address.split(".")[0],
        change: { actions: [before === null ? "create" : "update"], before, ...change },
      })),
      ...more,
    }),
    "plan.json",
  );
const summary = (...given: Parameters<typeof planWith>) => markdown(summaryOf(planWith(...given), "acme"));

const parameter = (value: string): Given => ({
  after: { name: "/x", value },
  after_sensitive: { value: true },
});
const rule = (cidr_ipv4: string): Given => ({
  after: { security_group_id: "sg-1", ip_protocol: "tcp", from_port: 22, to_port: 22, cidr_ipv4 },
});

describe("a text that is marked as sensitive, and stands in clear elsewhere", () => {
  it.each(["198.51.100.7/32", "mallory.example", "sg-0123456789abcdef0"])("is said: %s", (text) => {
    const caution =
      "what `aws_ssm_parameter.x` marks as sensitive stands in clear in `aws_vpc_security_group_ingress_rule.y`, and is left out below: read it in the plan.";

    expect(
      summary({ "aws_ssm_parameter.x": parameter(text), "aws_vpc_security_group_ingress_rule.y": rule(text) }),
    ).toContain(caution);
    expect(
      summary({ "aws_ssm_parameter.x": parameter(`${text}x`), "aws_vpc_security_group_ingress_rule.y": rule(text) }),
    ).not.toContain("marks as sensitive");
  });

  it("is said of outputs, providers, drift, and of a mark of before", () => {
    const text = "arn:aws:iam::123456789012:role/Admin";
    const marking = { "aws_ssm_parameter.x": parameter(text) };
    const change = { actions: ["update"], before: "x", after: text };
    const role = { constant_value: text };
    const provider_config = { aws: { name: "aws", expressions: { assume_role: [{ role_arn: role }] } } };
    const drift = {
      address: "aws_vpc.z",
      type: "aws_vpc",
      change: { ...change, before: { a: text }, after: { a: "" } },
    };
    const former = { "aws_ssm_parameter.x": { before: { value: text }, after: {}, before_sensitive: { value: true } } };

    expect(summary(marking, { output_changes: { emr_ec2_role: change } })).toContain(
      "in clear in `the output emr_ec2_role`",
    );
    expect(summary(marking, { configuration: { provider_config } })).toContain("in clear in `the provider aws`");
    expect(summary(marking, { resource_drift: [drift] })).toContain("in clear in `aws_vpc.z`");
    expect(summary({ ...former, "aws_vpc.y": { after: { a: text } } })).toContain("in clear in `aws_vpc.y`");
    expect(
      summary({}, { output_changes: { x: { ...change, after_sensitive: true }, emr_ec2_role: change } }),
    ).toContain("what `the output x` marks as sensitive");
  });

  it("is not of what stays as it is, nor of what the same mark hides", () => {
    const kept = { actions: ["no-op"], before: { a: "correct horse" }, after: { a: "correct horse" } };

    expect(summary({ "aws_ssm_parameter.x": parameter("correct horse"), "aws_vpc.y": kept })).not.toContain(
      "stands in clear",
    );
    expect(summary({ "aws_ssm_parameter.x": parameter("correct horse") })).not.toContain("stands in clear");
  });
});

describe("what a summary leaves out", () => {
  const one = (value: string, secret: string) =>
    summary({
      "aws_ssm_parameter.x": parameter(secret),
      "aws_vpc.y": { before: { note: "" }, after: { note: value } },
    });

  it("is no more than the secret", () => {
    expect(one("arn:aws:iam::123456789012:user/mallory", "123456789012")).toContain(
      '`note`: `""` → `"arn:aws:iam::(sensitive):user/mallory"`',
    );
  });

  it("is of a short text what is the same alone", () => {
    expect(one("mallory", "mallory")).not.toContain("mallory");
    expect(one("user/mallory", "mallory")).toContain('`"user/mallory"`');
    expect(one("tcp", "tcp")).toContain('`"tcp"`');
  });

  it.each([
    ["behind the 80 characters that are shown", `${"a".repeat(70)}correct horse battery staple`],
    ["with line breaks and quotes, which JSON has in another form", 'say "correct horse battery\nstaple" to it'],
  ])("is a secret %s", (_, text) => {
    const secret = text.startsWith("a") ? "correct horse battery staple" : '"correct horse battery\nstaple"';

    expect(one(text, secret)).toMatch(/\(sensiti/);
    expect(one(text, secret)).not.toMatch(/correct|horse|staple/);
  });

  it("is a secret where only that differs", () => {
    const text = summary({
      "aws_ssm_parameter.x": {
        ...parameter("correct horse"),
        before: { name: "/x", value: "battery staple" },
        before_sensitive: { value: true },
      },
      "aws_vpc.y": { before: { note: "by battery staple" }, after: { note: "by correct horse" } },
    });

    expect(text).toContain("`note`: (sensitive)");
    expect(text).not.toMatch(/horse|staple/);
  });

  it("is nothing that an alarm says of the same resource in clear", () => {
    const plan = planWith({
      "aws_ssm_parameter.x": {
        before: { name: "/x", type: "SecureString", value: "correct horse", tags_all: { Client: "acme" } },
        after: { name: "/x", type: "SecureString", value: "battery staple", tags_all: { Client: "birch" } },
        before_sensitive: { value: true },
        after_sensitive: { value: true },
      },
    });
    const text = markdown(summaryOf(plan, "acme"));

    expect(text).toContain("is of the client `acme` by its tag, and is marked as of `birch`");
    expect(text).not.toMatch(/horse|staple/);
    expect(secretsOf(plan)).toEqual(["battery staple", "correct horse"]);
  });
});

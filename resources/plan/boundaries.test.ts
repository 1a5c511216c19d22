import { readFileSync } from "node:fs";
import { join } from "node:path";
import { firstPlan } from "../../test/first-plan";
import type { Template } from "../../test/synth";
import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";
import { type Plan, readPlan } from "./plan";

const ci = readFileSync(join(__dirname, "..", "..", "__snapshots__", "birch-ci.json"), "utf8");
const policy = (name: string, statement: object) => ({
  name,
  policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Resource: "*", ...statement }] }),
});
const wide = policy("limits", { Action: ["s3:*", "rds:*"] });
const limited = {
  name: "dummy",
  assume_role_policy: JSON.stringify({
    Statement: { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } },
  }),
  permissions_boundary: "${aws_iam_policy.limits.arn}",
};

type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** What is said of the policies of a first plan with some resources besides those of a stack of CI's. */
function said(resources: Resources): string[] {
  const template = JSON.parse(ci);
  for (const [type, all] of Object.entries(resources)) {
    template.resource[type] = { ...template.resource[type], ...all };
  }
  return saidOf(firstPlan(template as Template));
}

function saidOf(plan: Plan): string[] {
  return alarmsOfPlan(plan)
    .map((alarm) => `${alarm.resource.address} ${textOf(alarm)}`)
    .filter((text) => !text.includes("from outside of AWS"));
}

const attachment = (policy_arn: string) => ({
  aws_iam_role_policy_attachment: { other: { role: "dummy", policy_arn } },
});
const whole =
  "aws_iam_policy.limits allows all of s3:*, rds:* on everything: allow s3:*, rds:* on *; it is used as a permissions boundary by aws_iam_role.dummy";

describe("a new policy of whole services", () => {
  it("has no alarm where it is a permissions boundary, and nothing attaches it", () => {
    expect(said({ aws_iam_policy: { limits: wide }, aws_iam_role: { dummy: limited } })).toEqual([]);
  });

  it("has one whatever it is called, where nothing is limited by it", () => {
    const boundary = { ...wide, name: "birch-ci-permissions-boundary" };

    expect(said({ aws_iam_policy: { boundary_of_hosts: boundary } })).toEqual([
      "aws_iam_policy.boundary_of_hosts allows all of s3:*, rds:* on everything: allow s3:*, rds:* on *",
    ]);
  });

  it.each<[string, Resources]>([
    ["a reference", attachment("${aws_iam_policy.limits.arn}")],
    ["its name", attachment("arn:aws:iam::210987654321:policy/LIMITS")],
    [
      "a list of a role",
      { aws_iam_role: { dummy: limited, x: { ...limited, managed_policy_arns: ["${aws_iam_policy.limits.arn}"] } } },
    ],
  ])("has one that explains where it is attached as well, by %s", (_, resources) => {
    const found = said({ aws_iam_policy: { limits: wide }, aws_iam_role: { dummy: limited }, ...resources });

    expect(found).toContainEqual(
      expect.stringMatching(
        /^aws_iam_policy\.limits allows all of .*; it is used as a permissions boundary by aws_iam_role\.dummy.*, but aws_iam_role\S+ attaches it, or may$/,
      ),
    );
  });

  it.each<[string, string]>([
    ["a local", "${local.policy}"],
    ["a function", '${replace(aws_iam_policy.boundary.arn, "birch-ci", "x")}'],
  ])("has one where the plan does not tell what is attached, as by %s", (_, expression) => {
    const template = JSON.parse(ci);
    template.resource.aws_iam_policy.limits = wide;
    template.resource.aws_iam_role.dummy = limited;
    const plan = JSON.parse(JSON.stringify(firstPlan(template))) as Plan;
    const address = "aws_iam_role_policy_attachment.other";
    const configuration = plan.configuration as { root_module: { resources: object[] } };
    configuration.root_module.resources.push({
      address,
      expressions: { policy_arn: { constant_value: expression, references: ["aws_iam_policy.boundary.arn"] } },
    });
    const change = { actions: ["create"], before: null, after: { role: "dummy" }, after_unknown: { policy_arn: true } };
    const changes = [...plan.resource_changes, { address, mode: "managed", type: address.split(".")[0], change }];

    expect(saidOf(readPlan(JSON.stringify({ ...plan, resource_changes: changes }), "plan.json"))).toEqual(
      expect.arrayContaining([
        `${whole}, but ${address} attaches it, or may`,
        `${address} attaches a policy that is known after the apply alone`,
      ]),
    );
  });

  it("has one where a type that no stack has may attach it", () => {
    const found = said({
      aws_iam_policy: { limits: wide },
      aws_iam_role: { dummy: limited },
      aws_iam_policy_attachment: { x: { name: "x", policy_arn: "${aws_iam_policy.limits.arn}" } },
    });

    expect(found).toContain(
      `${whole}, but aws_iam_policy_attachment.x, of a type that no stack of this version creates, may attach it`,
    );
  });

  it("has one where it exists already", () => {
    const plan = readPlan(
      JSON.stringify({
        format_version: "1.2",
        resource_changes: [
          changeOf("aws_iam_policy.limits", ["update"], policy("limits", { Action: "s3:Get*" }), wide),
          changeOf("aws_iam_role.dummy", ["no-op"], named, named),
        ],
      }),
      "plan.json",
    );

    expect(saidOf(plan)).toEqual([`${whole}, but what exists may be attached outside of this plan`]);
  });

  it.each<[string, object, string]>([
    ["every action", { Action: "*" }, "allows every action on everything: allow * on *"],
    ["all but some", { NotAction: "iam:*" }, "allows all but what it names: allow all but iam:* on *"],
    ["other permissions", { Action: "iam:*" }, "may give itself other permissions: allow iam:* on *"],
  ])("has one where it limits too little: %s", (_, statement, alarm) => {
    const template = { aws_iam_policy: { limits: policy("limits", statement) }, aws_iam_role: { dummy: limited } };

    expect(said(template)).toEqual([
      `aws_iam_policy.limits ${alarm}; it is used as a permissions boundary by aws_iam_role.dummy`,
    ]);
  });
});

const named = { name: "dummy", permissions_boundary: "arn:aws:iam::210987654321:policy/limits" };
const changeOf = (address: string, actions: string[], before: object | null, after: object) => ({
  address,
  mode: "managed",
  type: address.split(".")[0],
  change: { actions, before, after },
});

describe("a policy that exists, and is attached", () => {
  const arn = "arn:aws:iam::210987654321:policy/limits";
  const attached = (existing: object) => {
    const changes = [
      changeOf("aws_iam_policy.limits", ["no-op"], { arn, ...existing }, { arn, ...existing }),
      changeOf("aws_iam_role.hosts", ["create"], null, { name: "hosts" }),
      changeOf("aws_iam_role_policy_attachment.x", ["create"], null, { role: "hosts", policy_arn: arn }),
    ];
    return saidOf(readPlan(JSON.stringify({ format_version: "1.2", resource_changes: changes }), "plan.json"));
  };

  it("is judged by what it allows, as a new one is: it may have been a permissions boundary until now", () => {
    expect(attached(wide)).toEqual([
      `aws_iam_role_policy_attachment.x attaches ${arn}, which allows all of s3:*, rds:* on everything: allow s3:*, rds:* on *`,
    ]);
  });

  it("has no alarm where it allows nothing dangerous", () => {
    expect(attached(policy("limits", { Action: "s3:GetObject", Resource: "arn:aws:s3:::data/*" }))).toEqual([]);
  });
});

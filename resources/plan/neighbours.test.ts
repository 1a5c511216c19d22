import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { firstPlan } from "../../test/first-plan";
import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";
import { readPlan } from "./plan";

const boundary = "arn:aws:iam::123456789012:policy/acme-ci-boundary";

/** What is said of a new role or user beside a role and a user. */
function said(type: string, own: object, neighbours: object, more: object = {}): string[] {
  const change = (values: object, actions: string[]) => ({
    actions,
    before: actions[0] === "create" ? null : values,
    after: values,
  });
  const plan = {
    format_version: "1.2",
    resource_changes: [
      { address: `${type}.one`, mode: "managed", type, change: { ...change(own, ["create"]), ...more } },
      { address: "aws_iam_role.own", mode: "managed", type: "aws_iam_role", change: change(neighbours, ["no-op"]) },
      { address: "aws_iam_user.own", mode: "managed", type: "aws_iam_user", change: change({}, ["no-op"]) },
      {
        address: "aws_iam_policy.made",
        mode: "managed",
        type: "aws_iam_policy",
        change: change({ arn: `${boundary}-made` }, ["no-op"]),
      },
    ],
  };
  return alarmsOfPlan(readPlan(JSON.stringify(plan), "plan.json"))
    .map((alarm) => textOf(alarm))
    .filter((words) => words.includes("permissions boundary"));
}

describe.each(["aws_iam_role", "aws_iam_user"])("a new %s", (type) => {
  it("has an alarm without the permissions boundary that others have", () => {
    const alarm = `has no permissions boundary, and the plan's other roles and users have ${boundary}`;

    expect(said(type, {}, { permissions_boundary: boundary })).toEqual([alarm]);
    expect(said(type, { permissions_boundary: "" }, { permissions_boundary: boundary })).toEqual([alarm]);
  });

  it("has one with another that the plan does not make", () => {
    expect(said(type, { permissions_boundary: `${boundary}-x` }, { permissions_boundary: boundary })).toEqual([
      `has the permissions boundary ${boundary}-x, and the plan's other roles and users have ${boundary}`,
    ]);
    expect(said(type, { permissions_boundary: `${boundary}-made` }, { permissions_boundary: boundary })).toEqual([]);
  });

  it("has none with the same, or where no other has one", () => {
    expect(said(type, { permissions_boundary: boundary }, { permissions_boundary: boundary })).toEqual([]);
    expect(said(type, {}, {})).toEqual([]);
  });
});

const folder = join(__dirname, "..", "..", "__snapshots__");
const limited = readdirSync(folder)
  .map((file) => ({ file, template: JSON.parse(readFileSync(join(folder, file), "utf8")) }))
  .filter(({ template }) => JSON.stringify(template.resource.aws_iam_role ?? {}).includes("permissions_boundary"));

it.each(limited)("the first deploy of $file has one of each role that loses it", ({ template }) => {
  for (const name of Object.keys(template.resource.aws_iam_role)) {
    const changed = structuredClone(template);
    delete changed.resource.aws_iam_role[name].permissions_boundary;
    const alarms = alarmsOfPlan(firstPlan(changed)).map((alarm) => `${alarm.resource.address} ${textOf(alarm)}`);

    expect(alarms.join("\n")).toContain(`aws_iam_role.${name} has no permissions boundary`);
  }
});

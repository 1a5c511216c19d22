import { readFileSync } from "node:fs";
import { join } from "node:path";
import { firstPlan } from "../../test/first-plan";
import { planOf } from "../../test/plan-of";
import { textOf } from "../phrase";
import { givenArguments } from "../types/given-arguments";
import { alarmsOfPlan } from "./alarms";
import { readPlan } from "./plan";

type Arguments = Record<string, unknown>;

const complete = () => JSON.parse(readFileSync(join(__dirname, "..", "..", "__snapshots__", "complete.json"), "utf8"));
const cases = Object.entries(givenArguments).flatMap(([type, all]) =>
  Object.entries(all).map(([argument, missing]) => ({ type, argument, missing: textOf(missing) })),
);

describe("an argument that stacks always give", () => {
  it.each(cases)("has an alarm where a first deploy has none: $type.$argument", ({ type, argument, missing }) => {
    const without = (change: (owner: Arguments, name: string) => void) => {
      const template = complete();
      const [name, values] = Object.entries(template.resource[type])[0] as [string, Arguments];
      const [first = "", inner] = argument.split(".");
      const [owner, last] = inner === undefined ? [values, first] : [(values[first] as Arguments[])[0], inner];
      change(owner as Arguments, last);
      return alarmsOfPlan(firstPlan(template))
        .filter((alarm) => alarm.resource.address === `${type}.${name}`)
        .map((alarm) => textOf(alarm));
    };

    expect(without((owner, name) => delete owner[name])).toContain(missing);
    expect(without((owner, name) => Object.assign(owner, { [name]: [] }))).toContain(missing);
    expect(without((owner, name) => Object.assign(owner, { [name]: null }))).toContain(missing);
    expect(without(() => {})).not.toContain(missing);
  });

  it("is missing where AWS gives it, and not where the configuration does", () => {
    const missing = "has no vpc_security_group_ids, and joins the VPC's default group";
    const unknown = { after_unknown: { vpc_security_group_ids: true } };
    const of = (expressions?: object) => {
      const change = { actions: ["create"], before: null, after: {}, ...unknown };
      const resource = { address: "aws_instance.one", type: "aws_instance", change };
      const configuration = expressions && {
        root_module: { resources: [{ address: "aws_instance.one", expressions }] },
      };
      return alarmsOfPlan(
        readPlan(JSON.stringify({ format_version: "1.2", resource_changes: [resource], configuration }), "plan.json"),
      ).map((alarm) => textOf(alarm));
    };

    expect(of({})).toContain(missing);
    expect(of({ vpc_security_group_ids: { constant_value: null } })).toContain(missing);
    expect(of({ vpc_security_group_ids: { references: ["aws_security_group.x.id"] } })).not.toContain(missing);
    expect(of()).not.toContain(missing);
  });

  it("may be absent of what exists", () => {
    const values = { alarm_name: "acme-analytics/x", alarm_actions: null };
    const plan = planOf("aws_cloudwatch_metric_alarm", ["update"], values, { ...values, alarm_description: "x" });

    expect(alarmsOfPlan(plan)).toEqual([]);
  });
});

import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";
import { readPlan } from "./plan";

const said = (type: string, after: object, expressions: object) => {
  const change = { actions: ["create"], before: null, after };
  const plan = {
    format_version: "1.2",
    resource_changes: [{ address: `${type}.one`, mode: "managed", type, change }],
    configuration: { root_module: { resources: [{ address: `${type}.one`, expressions }] } },
  };
  return alarmsOfPlan(readPlan(JSON.stringify(plan), "plan.json"))
    .map((alarm) => textOf(alarm))
    .join("\n");
};

describe("what is written, and never in a plan", () => {
  const parameter = { type: "SecureString", value_wo_version: 1 };
  const random = "ephemeral.aws_secretsmanager_random_password.analytics.random_password";

  it("has no alarm if it is made or read", () => {
    expect(said("aws_ssm_parameter", parameter, { value_wo: { references: [random] } })).toBe("");
    expect(
      said("mysql_user", {}, { password_wo: { references: ["ephemeral.aws_ssm_parameter.analytics.value"] } }),
    ).toBe("");
  });

  it.each<[string, string, object, string]>([
    ["a text", "aws_ssm_parameter", { value_wo: { constant_value: "hunter2" } }, "is given value_wo as a text"],
    ["a text", "mysql_user", { password_wo: { constant_value: "hunter2" } }, "is given password_wo as a text"],
    ["a variable", "mysql_user", { password_wo: { references: ["var.x"] } }, "is given var.x as password_wo"],
  ])("has one if it is %s: %s", (_, type, expressions, words) => {
    const found = said(type, parameter, expressions);

    expect(found).toContain(words);
    expect(found).not.toContain("hunter2");
  });
});

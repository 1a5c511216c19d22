import { readPlan } from "../resources/plan/plan";
import { markdown } from "./plan-summary/markdown";
import { summaryOf } from "./plan-summary/summary";

/** The summary of a new host whose user data the plan does not know. */
function summary(expressions?: object): string {
  const change = { actions: ["create"], before: null, after: { ami: "ami-1" }, after_unknown: { user_data: true } };
  const plan = {
    format_version: "1.2",
    resource_changes: [{ address: "aws_instance.one", mode: "managed", type: "aws_instance", change }],
    ...(expressions && {
      configuration: { root_module: { resources: [{ address: "aws_instance.one", expressions }] } },
    }),
  };
  return markdown(summaryOf(readPlan(JSON.stringify(plan), "plan.json"), "acme"));
}

describe("a new host", () => {
  it("has no word of user data that it does not have, and that EC2 gives it empty", () => {
    expect(summary({ ami: { constant_value: "ami-1" } })).not.toMatch(/user.data/);
  });

  it("has it told where it is written, or may be", () => {
    for (const expressions of [{ user_data: { references: ["local.x"] } }, undefined]) {
      expect(summary(expressions)).toContain("with user data");
      expect(summary(expressions)).toMatch(/user_data.* is known after the apply alone/);
    }
  });
});

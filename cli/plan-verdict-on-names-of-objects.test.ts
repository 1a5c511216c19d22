import { alarmsOfPlan } from "../resources/plan/alarms";
import { Configuration } from "../resources/plan/configuration";
import { readPlan } from "../resources/plan/plan";
import { planOf } from "../test/plan-of";
import { markdown } from "./plan-summary/markdown";
import { summaryOf } from "./plan-summary/summary";

/** What every object of JavaScript's has by name, and a table of the project's does not. */
const names = ["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__", "__defineGetter__"];

describe("names that objects of JavaScript's have", () => {
  it.each(names)("are types like others: %s", (name) => {
    for (const actions of [["create"], ["update"], ["delete"], ["delete", "create"], ["forget"], ["read"]] as const) {
      const values = JSON.parse(`{ "tags": { "a": "b" }, "${name}": "x" }`);
      const plan = planOf(name, [...actions], actions[0] === "create" ? null : values, { ...values, more: 1 });

      expect(markdown(summaryOf(plan, "acme", "state"))).toContain("### Plan of");
    }
    expect(summaryOf(planOf(name, ["create"], null, {}), "acme").cautions[0]?.label).toBe("Unknown type");
  });

  it.each(names)("are arguments, outputs, providers and names like others: %s", (name) => {
    const group = (called: string) => ({
      address: `aws_security_group.${called}`,
      mode: "managed",
      type: "aws_security_group",
      name: called,
      change: { actions: ["no-op"], before: { id: "sg-1" }, after: { id: "sg-1" }, after_unknown: {} },
    });
    const rule = planOf("aws_vpc_security_group_ingress_rule", ["create"], null, {
      security_group_id: "sg-1",
      cidr_ipv4: "203.0.113.0/24",
      ip_protocol: "-1",
    });
    const text = JSON.stringify({
      format_version: "1.2",
      resource_changes: [...rule.resource_changes, group(name)],
      output_changes: { other: { actions: ["create"], before: null, after: "x" } },
      configuration: {
        provider_config: { other: { name: "other", expressions: {} } },
        root_module: {
          outputs: { other: { expression: { constant_value: "x" } } },
          resources: [{ address: "data.aws_vpc.x", mode: "data", type: "aws_vpc", expressions: { other: {} } }],
        },
      },
    }).replaceAll('"other"', `"${name}"`);
    const said = markdown(summaryOf(readPlan(text, "plan.json"), "acme"));

    expect(said).toContain(`which no stack does`);
    expect(said).toContain(`\`${name}\` is none that a stack of this version has`);
  });

  it.each(names)("are calls of a state machine like others: %s", (name) => {
    const definition = JSON.stringify({ States: { A: { Type: "Task", Resource: name, Parameters: {} } } });
    const plan = planOf("aws_sfn_state_machine", ["update"], { definition: "{}" }, { definition });

    expect(markdown(summaryOf(plan, "acme"))).toContain(`calls \`${name}\``);
  });
});

describe("a plan of many changes", () => {
  it("is searched for two resources of one setting once, not for each of its changes", () => {
    const resource_changes = Array.from({ length: 300 }, (_, index) => ({
      address: `aws_s3_object.x${index}`,
      mode: "managed",
      type: "aws_s3_object",
      name: `x${index}`,
      change: { actions: ["create"], before: null, after: { bucket: "b", key: `${index % 299}` }, after_unknown: {} },
    }));
    const plan = readPlan(JSON.stringify({ format_version: "1.2", resource_changes }), "plan.json");
    const asked = jest.spyOn(Configuration.prototype, "referencesAt");
    const alarms = alarmsOfPlan(plan);

    expect(alarms.filter(({ words }) => words.join("").includes("the last one applied"))).toHaveLength(2);
    expect(asked.mock.calls.length).toBeLessThan(20 * resource_changes.length);
    asked.mockRestore();
  });
});

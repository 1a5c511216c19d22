import { textOf } from "../phrase";
import { alarmsOfPlan } from "./alarms";
import { defectsOf } from "./defects";
import { readPlan } from "./plan";

const plan = (resource_changes: readonly object[], more: object = {}) =>
  readPlan(JSON.stringify({ format_version: "1.2", resource_changes, ...more }), "plan.json");
const said = (...resources: readonly object[]) =>
  alarmsOfPlan(plan(resources)).map((alarm) => `${alarm.resource.address} ${textOf(alarm)}`);
const key = (name: string, previous_address?: string) => ({
  address: `aws_iam_access_key.${name}`,
  ...(previous_address && { previous_address: `aws_iam_access_key.${previous_address}` }),
  type: "aws_iam_access_key",
  change: { actions: ["no-op"], before: { id: "AKIA" }, after: { id: "AKIA" } },
});

describe("what is moved", () => {
  it("has an alarm where it takes the address of another one, which stays", () => {
    expect(said(key("reports", "domain"), key("domain", "reports"))).toEqual([
      "aws_iam_access_key.reports takes the address of what is aws_iam_access_key.domain from now on, and was aws_iam_access_key.domain: all that refers to aws_iam_access_key.reports leads to this one",
      "aws_iam_access_key.domain takes the address of what is aws_iam_access_key.reports from now on, and was aws_iam_access_key.reports: all that refers to aws_iam_access_key.domain leads to this one",
    ]);
    expect(said(key("reports", "domain"), key("former", "reports"))).toHaveLength(1);
    expect(said(key("reports", "former"), key("domain"))).toEqual([]);
  });

  it("has one where an output becomes that of another one by it", () => {
    const change = { actions: ["update"], before: "AKIA-1", after: "AKIA-2" };
    const outputs = { reports_access_key_id: { expression: { references: ["aws_iam_access_key.reports.id"] } } };
    const of = (previous: string | undefined, actions = ["update"]) =>
      defectsOf(
        plan([key("reports", previous)], {
          output_changes: { reports_access_key_id: { ...change, actions } },
          configuration: { root_module: { outputs } },
        }),
      ).map((defect) => textOf(defect.said));

    expect(of("domain")).toEqual([
      "the output reports_access_key_id becomes another one's: it is of aws_iam_access_key.reports, which was aws_iam_access_key.domain.",
    ]);
    expect(of("domain", ["no-op"])).toEqual([]);
    expect(of(undefined)).toEqual([]);
  });
});

describe("what is imported and replaced", () => {
  const of = (type: string, more: object) =>
    said({
      address: `${type}.x`,
      type,
      change: { actions: ["delete", "create"], before: { id: "x" }, after: {}, ...more },
    });

  it("has an alarm of every type", () => {
    expect(of("aws_iam_role", { importing: { id: "x" } })).toContain(
      "aws_iam_role.x is imported and is replaced: whoever has it until now loses it",
    );
    expect(of("aws_security_group", { importing: { id: "x" } }).join()).toContain("is imported and is replaced");
    expect(of("aws_instance", { importing: { id: "x" } }).join()).toContain(
      "is imported and is replaced, and with it its disks",
    );
    expect(of("aws_iam_role", {}).join()).not.toContain("imported");
    expect(of("aws_iam_role", { importing: { id: "x" }, actions: ["forget", "create"] }).join()).not.toContain(
      "imported",
    );
  });
});

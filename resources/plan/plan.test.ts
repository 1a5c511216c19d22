import { readPlan } from "./plan";

const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
const withBefore = (before: string) =>
  `{"format_version":"1.2","resource_changes":[{"address":"a.b","type":"aws_eip","change":{"actions":["update"],"before":${before}}}]}`;

describe("a plan", () => {
  it.each<[string, string, string]>([
    ["nothing", "", "is empty: `terraform show -json` wrote nothing"],
    ["blanks", " \n", "is empty"],
    ["no JSON", "Error: no plan", "is not what `terraform show -json` writes of a plan. Write it with"],
    ["null", "null", "is not what `terraform show -json` writes"],
    ["a list", "[]", "is not what `terraform show -json` writes"],
    ["50,000 levels", deep(50_000), "(nested more than 100 levels deep)"],
    ["an attribute of 50,000 levels", withBefore(deep(50_000)), "(nested more than 100 levels deep)"],
    ["an end that is missing", deep(50_000).slice(1), "is not what `terraform show -json` writes"],
    ["another format", '{"format_version":"2.0"}', "(at `format_version`: 2.0, and 1.x is read)"],
    ["a format of three numbers", '{"format_version":"1.2.3"}', "(at `format_version`)"],
    ["a format that begins with 1", '{"format_version":"10.0"}', "(at `format_version`: 10.0, and 1.x is read)"],
    ["changes that are none", '{"format_version":"1.2","resource_changes":{}}', "(at `resource_changes`)"],
    [
      "a change without actions",
      '{"format_version":"1.2","resource_changes":[{}]}',
      "(at `resource_changes.0.address`)",
    ],
    [
      "an action that is not known",
      withBefore("{}").replace("update", "open"),
      "(at `resource_changes.0.change.actions.0`)",
    ],
  ])("is refused in one sentence where it has %s", (_, text, words) => {
    expect(() => readPlan(text, "plan.json")).toThrow(words);
    expect(() => readPlan(text, "plan.json")).toThrow(/^plan\.json: [^\n]+$/);
  });

  it("is read in each format of 1.x, whatever later ones add", () => {
    const plan = readPlan('{"format_version":"1.99","resource_changes":[],"invented":{"later":1}}', "plan.json");

    expect(plan.resource_changes).toEqual([]);
  });

  it("is OpenTofu's as well, which lists ephemeral resources: nothing is kept of one", () => {
    const one = { address: "ephemeral.aws_ssm_parameter.one", type: "aws_ssm_parameter" };
    const eip = { address: "aws_eip.one", mode: "managed", type: "aws_eip", change: { actions: ["create"] } };
    const planOf = (mode: string, action: string) => {
      const opened = { ...one, mode, change: { actions: [action], before: null, after: null } };
      return readPlan(
        JSON.stringify({
          format_version: "1.2",
          resource_changes: [opened, eip],
          resource_drift: [opened],
          deferred_changes: [{ reason: "provider_config_unknown", resource_change: opened }],
        }),
        "plan.json",
      );
    };

    const plan = planOf("ephemeral", "open");
    expect(plan.resource_changes.map(({ address }) => address)).toEqual(["aws_eip.one"]);
    expect([plan.resource_drift, plan.deferred_changes]).toEqual([[], []]);
    expect(() => planOf("managed", "open")).toThrow("(at `resource_changes.0.change.actions.0`)");
    expect(() => planOf("ephemeral", "create")).toThrow("(at `resource_changes.0.mode`)");
  });

  it("is read behind a byte order mark", () => {
    expect(readPlan('\uFEFF{"format_version":"1.2","resource_changes":[]}', "plan.json").resource_changes).toEqual([]);
  });

  it("inherits nothing: an attribute called constructor is absent where it is absent, and has a form as text", () => {
    const [resource] = readPlan(withBefore('{"a":{"__proto__":{"b":1}}}'), "plan.json").resource_changes;
    const before = resource?.change.before as Record<string, Record<string, unknown>>;

    expect(before.constructor).toBeUndefined();
    expect(before.b).toBeUndefined();
    expect(before.a?.b).toBeUndefined();
    expect(String(before.a)).toBe('{"__proto__":{"b":1}}');
  });
});

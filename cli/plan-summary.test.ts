import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Plan, readPlan } from "../resources/plan/plan";
import { fakeTerminal } from "../test/fake-terminal";
import { planOf } from "../test/plan-of";
import { main } from "./main";
import { markdown as inMarkdown } from "./plan-summary/markdown";
import { summaryOf } from "./plan-summary/summary";
import { cautionLines } from "./plan-summary/text";

const plans = join(__dirname, "..", "test", "plans");
const changes = join(plans, "changes.json");

const folder = mkdtempSync(join(tmpdir(), "plan-summary-"));

afterAll(() => rmSync(folder, { recursive: true }));

function planFile(plan: object): string {
  const file = join(folder, "plan.json");
  writeFileSync(file, JSON.stringify(plan));
  return file;
}

async function run(...args: string[]) {
  const terminal = fakeTerminal();
  const status = await main(["plan-summary", "--format", "markdown", ...args], terminal);
  return { status, markdown: terminal.results.join("\n"), errors: terminal.errors.join("\n") };
}

function summarise(plan: Plan, title: string) {
  const summary = summaryOf(plan, title);
  return { markdown: inMarkdown(summary), alarms: cautionLines(summary) };
}

/** What is left of Markdown when its code spans are taken away, as CommonMark finds them. */
function outsideOfCode(markdown: string): string {
  return markdown.replaceAll(/(?<!`)(`+)(?!`)(?:.|\n)*?(?<!`)\1(?!`)/g, "");
}

describe("edx-analytics plan-summary", () => {
  it("gives the alarms first, then what is to destroy, to replace, to update, to move, to create", async () => {
    const { status, markdown, errors } = await run(changes, "--title", "acme");

    expect(status).toBe(2);
    expect(markdown.split("\n").filter((line) => /^(#|> )/.test(line))).toEqual([
      "### Plan of `acme` (123456789012): 2 to destroy, 2 to replace, 3 to update in place, 1 to move, 2 to create",
      "> [!CAUTION]",
      "> - **Data:** `aws_iam_access_key.reports` is destroyed, and with it the key that is in use.",
      "> - **Data:** `aws_s3_bucket.old` is destroyed, and with it its objects.",
      "> - **Exposure:** `aws_vpc_security_group_ingress_rule.ssh` opens to the world: `tcp 22 from 0.0.0.0/0`.",
      "> - **Access:** `aws_security_group.analytics` ends the security group `acme-analytics`, `sg-9ff84c44ff76bed42`, with its rules: what names it, as EMR's clusters do, no longer starts.",
      "> - **Credential:** `aws_ssm_parameter.password` gets a value that no stack gives: whoever reads the parameter takes it, and the state has it in clear.",
      "#### To destroy (2)",
      "#### To replace (2)",
      "#### To update in place (3)",
      "#### To move (1)",
      "#### To create (2)",
      "#### Outputs (2)",
      "#### Drift: changed outside of Terraform, and changed back",
    ]);
    expect(errors).toContain("5 alarms");
  });

  it("says of a change how, and of a replacement why", async () => {
    const { markdown } = await run(changes);

    expect(markdown).toContain('  - `tags.Console`: `"by hand"` → (none)');
    expect(markdown).toContain(
      '  - `description`: `"Insights"` → `"Insights and Jenkins"`, which forces the replacement',
    );
  });

  it("says of a block what differs in it, however long it is", () => {
    const disk = (size: number) => ({ root_block_device: [{ device: "x".repeat(100), volume_size: size }] });

    expect(summarise(planOf("aws_instance", ["update"], disk(50), disk(80)), "acme").markdown).toContain(
      "  - `root_block_device[0].volume_size`: `50` → `80`",
    );
  });

  it("says what somebody else changed and the plan changes back, and nothing of echoes", async () => {
    const { markdown } = await run(changes);

    expect(readFileSync(changes, "utf8")).toContain('"ingress": [');
    expect(markdown.split("changed back\n\n")[1]).toBe(
      '- `aws_s3_bucket.emr`\n  - `tags.Console`: (none) → `"by hand"`',
    );
  });

  it("says nothing of what AWS itself computes of a resource that the plan changes", () => {
    const [read, before] = ["2026-11-24T10:00:00Z", "2026-11-24T09:00:00Z"];
    const was = { backup_retention_period: 14, latest_restorable_time: before };
    const now = { backup_retention_period: 1, latest_restorable_time: read };
    const plan = {
      ...planOf("aws_db_instance", ["update"], now, { ...now, backup_retention_period: 14 }),
      resource_drift: planOf("aws_db_instance", ["update"], was, now).resource_changes,
    };
    const { markdown } = summarise(plan, "acme");

    expect(markdown.split("changed back\n\n")[1]).toContain("`backup_retention_period`: `14` → `1`");
    expect(markdown).not.toContain("latest_restorable_time");
  });

  it("prints no sensitive value, and no value of an output", async () => {
    const { markdown, errors } = await run(changes);

    expect(readFileSync(changes, "utf8")).toContain("second-secret");
    expect(markdown + errors).not.toMatch(/first-secret|second-secret/);
    expect(markdown).toContain("  - `value`: (sensitive)");
  });

  it.each<[string, object]>([
    ["before alone", { before_sensitive: { nested: [{ secret: true }] }, after_sensitive: {} }],
    ["after alone", { before_sensitive: {}, after_sensitive: { nested: [{ secret: true }] } }],
    ["as a whole resource", { before_sensitive: false, after_sensitive: true }],
  ])("prints nothing of an attribute that is sensitive %s", (_, marks) => {
    const value = (secret: string) => ({ nested: [{ secret, name: "x" }] });
    const plan = planOf("aws_instance", ["update"], value("hush"), value("hush hush"), marks);

    expect(summarise(plan, "acme").markdown).toContain("  - `nested`: (sensitive)");
    expect(summarise(plan, "acme").markdown).not.toContain("hush");
  });

  it("has nothing to say of a plan without changes, whatever the provider reads otherwise than it wrote", async () => {
    expect(await run(join(plans, "unchanged.json"), "--title", "acme")).toEqual({
      status: 0,
      markdown: "### Plan of `acme` (123456789012): no changes",
      errors: "",
    });
  });

  it.each([
    ["a tag", (hostile: string) => planOf("aws_vpc", ["update"], { tags: {} }, { tags: { Note: hostile } })],
    ["a tag's key", (hostile: string) => planOf("aws_vpc", ["update"], { tags: {} }, { tags: { [hostile]: "x" } })],
    ["a type", (hostile: string) => planOf(hostile, ["delete"], {}, null)],
    ["an address", (hostile: string) => planOf(`aws_eip.a["${hostile}"]`, ["create"], null, {})],
  ])("is not injected with Markdown, HTML, mentions or commands in %s", (_, plan) => {
    const hostile =
      "`\n/close\n``` </code><img src=x onerror=alert(1)> | [link](javascript:x) @all \u202e # **b**\n> [!NOTE]";
    const { markdown } = summarise(plan(hostile), hostile);

    expect(outsideOfCode(markdown)).not.toMatch(/[<|@]|\]\(|close|NOTE|\*\*b|[\u202e]/);
    expect(markdown).toContain("\\u{202e}");
  });

  it("says why a resource is replaced, where AWS gives the new value and where no attribute asks for it", () => {
    const forced = planOf(
      "aws_eip_association",
      ["delete", "create"],
      { instance_id: "i-1" },
      {},
      { after_unknown: { instance_id: true, id: true }, replace_paths: [["instance_id"]] },
    );
    const [change] = forced.resource_changes;
    const tainted = { ...forced, resource_changes: [{ ...change, action_reason: "replace_because_tainted" }] };

    expect(summarise(forced, "acme").markdown).toContain(
      '- `aws_eip_association.one`\n  - `instance_id`: `"i-1"` → (known after apply), which forces the replacement',
    );
    expect(summarise(tainted as typeof forced, "acme").markdown).toContain(
      "- `aws_eip_association.one`, because it is tainted: a former apply did not finish it\n",
    );
  });

  it("says of what a failed replacement left that it is not the resource of its address, and of an import that it is one", () => {
    const [gone, taken] = [
      planOf("aws_db_instance", ["delete"], {}, null),
      planOf("aws_eip", ["update"], {}, { a: 1 }),
    ];
    const deposed = { ...gone, resource_changes: [{ ...gone.resource_changes[0], deposed: "00000000" }] };
    const imported = planOf("aws_eip", ["update"], {}, { a: 1 }, { importing: { id: "eipalloc-1" } });

    expect(summarise(deposed as typeof gone, "acme").alarms.join()).toContain(
      "aws_db_instance.one, as a failed replacement left it behind, is destroyed",
    );
    expect(summarise(imported, "acme").markdown).toContain("- `aws_eip.one`, which is imported\n");
    expect(summarise(taken, "acme").markdown).not.toContain("imported");
  });

  it("says first of a plan that broke off that it cannot be applied, and fails", async () => {
    const { resource_changes } = planOf("aws_s3_bucket", ["delete"], {}, null);
    const errored = { format_version: "1.2", resource_changes, complete: false, applyable: false, errored: true };
    const { status, markdown, errors } = await run(planFile(errored));

    expect(status).toBe(1);
    expect(markdown.split("\n").slice(0, 6)).toEqual([
      "### Plan of `the stack`: incomplete, 1 to destroy",
      "",
      "> [!CAUTION]",
      "> - **Incomplete:** planning broke off with an error, so that changes are missing below. Terraform does not apply such a plan: correct what its log says, and plan again.",
      "> - **Data:** `aws_s3_bucket.one` is destroyed, and with it its objects.",
      "",
    ]);
    expect(errors).toContain("2 alarms");
  });

  it("does not say of a plan that broke off at once that it has no changes", async () => {
    const { status, markdown } = await run(planFile({ format_version: "1.2", planned_values: {}, errored: true }));

    expect(status).toBe(1);
    expect(markdown).toMatch(/^### Plan of `the stack`: incomplete, no changes known\n/);
  });

  it("tells all that is written of a new resource of a type that no stack has", () => {
    const plan = planOf(
      "aws_lambda_permission",
      ["create"],
      null,
      { action: "lambda:InvokeFunction", qualifier: null, token: "hush hush" },
      { after_unknown: { id: true, function_name: true }, after_sensitive: { token: true } },
    );
    const configuration = {
      root_module: {
        resources: [
          {
            address: "aws_lambda_permission.one",
            expressions: { function_name: { references: ["aws_lambda_function.x.arn", "aws_lambda_function.x"] } },
          },
        ],
      },
    };
    const { markdown } = summarise({ ...plan, configuration }, "acme");

    expect(markdown.split("#### To create (1)\n\n")[1]?.split("\n")).toEqual([
      "- `aws_lambda_permission.one`",
      '  - `action`: (none) → `"lambda:InvokeFunction"`',
      "  - `function_name`: `aws_lambda_function.x.arn`",
      "  - `token`: (sensitive)",
    ]);
  });

  it("says that a plan is not all of it", () => {
    const text = JSON.stringify({ format_version: "1.2", planned_values: {}, complete: false });

    expect(summarise(readPlan(text, "x"), "acme").markdown).toContain("**Not all of it:**");
  });

  it("stays within a comment, what is lost first", () => {
    const of = (action: string, count: number) =>
      Array.from({ length: count }, (_, index) => ({
        address: `aws_eip.${action}_${index}`,
        type: "aws_eip",
        change: { actions: [action], before: {}, after: {} },
      }));
    const resource_changes = [...of("create", 4000), ...of("delete", 1)];
    const { markdown } = summarise(readPlan(JSON.stringify({ format_version: "1.2", resource_changes }), "x"), "acme");

    expect(markdown.length).toBeLessThan(65_536);
    expect(markdown).toContain("aws_eip.delete_0");
    expect(markdown).toMatch(/… and \d+ lines more/);
  });

  it.each([
    [
      { format_version: "2.0" },
      "is not what `terraform show -json` writes of a plan (at `format_version`: 2.0, and 1.x is read)",
    ],
    [[], "is not what `terraform show -json` writes of a plan"],
  ])("takes no %j for a plan", (json, words) => {
    expect(() => readPlan(JSON.stringify(json), "plan.json")).toThrow(`plan.json: ${words}`);
  });

  it.each([
    { format_version: "1.0" },
    { format_version: "1.0", terraform_version: "1.11.4", values: { root_module: {} } },
  ])("takes a state for no plan of no changes: %j", (json) => {
    expect(() => readPlan(JSON.stringify(json), "state.json")).toThrow(
      "state.json: is of a state, and a plan is required. Write it with `terraform show -json PLAN`",
    );
  });

  it("says how the plan itself becomes JSON", () => {
    expect(() => readPlan("PK\u0003\u0004", "plan")).toThrow(
      "plan: is the plan itself, and its JSON form is required. Write it with `terraform show -json plan`.",
    );
  });

  it("fails with status 1 where there is no such file", async () => {
    expect(await run("nowhere.json")).toMatchObject({ status: 1, errors: expect.stringContaining("nowhere.json") });
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fakeTerminal } from "../test/fake-terminal";
import { main } from "./main";
import { readPlan } from "./plan-summary/plan";
import { summarise } from "./plan-summary/report";

const plans = join(__dirname, "..", "test", "plans");
const changes = join(plans, "changes.json");

async function run(...args: string[]) {
  const terminal = fakeTerminal();
  const status = await main(["plan-summary", ...args], terminal);
  return { status, markdown: terminal.results.join("\n"), errors: terminal.errors.join("\n") };
}

type Action = "no-op" | "create" | "read" | "update" | "delete" | "forget";

/** A plan of one change. */
function planOf(type: string, actions: Action[], before: unknown, after: unknown, more: object = {}) {
  const change = { actions, before, after, ...more };
  const plan = { format_version: "1.2", resource_changes: [{ address: `${type}.one`, mode: "managed", type, change }] };
  return readPlan(JSON.stringify(plan), "plan.json");
}

/** What is left of Markdown when its code spans are taken away, as CommonMark finds them. */
function outsideOfCode(markdown: string): string {
  return markdown.replaceAll(/(?<!`)(`+)(?!`)(?:.|\n)*?(?<!`)\1(?!`)/g, "");
}

describe("edx-analytics plan-summary", () => {
  it("says what loses data and what opens a port first, then what is destroyed, replaced, changed, moved, added", async () => {
    const { status, markdown, errors } = await run(changes, "--title", "acme");

    expect(status).toBe(2);
    expect(markdown.split("\n").filter((line) => /^(#|> )/.test(line))).toEqual([
      "### Plan of `acme`: 2 destroyed, 2 replaced, 3 changed, 1 moved, 2 added",
      "> [!CAUTION]",
      "> - **Loses data:** `aws_iam_access_key.reports` is destroyed, and with it the key that is in use.",
      "> - **Loses data:** `aws_s3_bucket.old` is destroyed, and with it its objects.",
      "> - **Opens to the world:** `aws_vpc_security_group_ingress_rule.ssh` opens `tcp 22`.",
      "#### Destroyed (2)",
      "#### Replaced: destroyed and made again (2)",
      "#### Changed (3)",
      "#### Moved to another address (1)",
      "#### Added (2)",
      "#### Outputs (2)",
      "#### Changed outside of Terraform, and changed back",
    ]);
    expect(errors).toContain("3 changes lose data or open something to the world");
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
      markdown: "### Plan of `acme`: no changes",
      errors: "",
    });
  });

  it.each([
    ["a tag", (hostile: string) => planOf("aws_vpc", ["update"], { tags: {} }, { tags: { Note: hostile } })],
    ["a tag's key", (hostile: string) => planOf("aws_vpc", ["update"], { tags: {} }, { tags: { [hostile]: "x" } })],
    ["a type", (hostile: string) => planOf(hostile, ["delete"], {}, null)],
    ["an address", (hostile: string) => planOf(`aws_eip.a["${hostile}"]`, ["create"], null, {})],
  ])("is not taken over by Markdown, HTML, mentions or commands in %s", (_, plan) => {
    const hostile =
      "`\n/close\n``` </code><img src=x onerror=alert(1)> | [link](javascript:x) @all \u202e # **b**\n> [!NOTE]";
    const { markdown } = summarise(plan(hostile), hostile);

    expect(outsideOfCode(markdown)).not.toMatch(/[<|@]|\]\(|close|NOTE|\*\*b|[\u202e]/);
    expect(markdown).toContain("\\u{202e}");
  });

  it.each<[string, ReturnType<typeof planOf>, string]>([
    ["a database", planOf("aws_db_instance", ["delete", "create"], {}, {}), "is replaced, and with it its databases"],
    [
      "something unknown",
      planOf("aws_dynamodb_table", ["delete"], {}, null),
      "is destroyed, and with it whatever it holds",
    ],
    [
      "backups",
      planOf("aws_db_instance", ["update"], { backup_retention_period: 14 }, { backup_retention_period: 0 }),
      "deletes its automated backups",
    ],
    [
      "protection",
      planOf("aws_instance", ["update"], { disable_api_termination: true }, { disable_api_termination: false }),
      "loses its protection",
    ],
    [
      "versions",
      planOf(
        "aws_s3_bucket_versioning",
        ["update"],
        { versioning_configuration: [{ status: "Enabled" }] },
        { versioning_configuration: [{ status: "Suspended" }] },
      ),
      "no longer keeps",
    ],
  ])("is loud about the loss of %s", (_, plan, words) => {
    expect(summarise(plan, "acme").alarms.join()).toContain(words);
  });

  it.each<[string, ReturnType<typeof planOf>, string]>([
    ["a port", planOf("aws_vpc_security_group_ingress_rule", ["create"], null, rule("0.0.0.0/0")), "`tcp 22`"],
    [
      "half the world",
      planOf("aws_vpc_security_group_ingress_rule", ["create"], null, rule("128.0.0.0/1")),
      "`tcp 22`",
    ],
    [
      "IPv6",
      planOf("aws_vpc_security_group_ingress_rule", ["create"], null, { ...rule(), cidr_ipv6: "::/0" }),
      "`tcp 22`",
    ],
    [
      "an inline rule",
      planOf(
        "aws_security_group",
        ["update"],
        {},
        { ingress: [{ ...rule(), protocol: "-1", ip_protocol: undefined, cidr_blocks: ["0.0.0.0/0"] }] },
      ),
      "`all ports`",
    ],
    ["a database", planOf("aws_db_instance", ["update"], {}, { publicly_accessible: true }), "the database"],
    ["a bucket", planOf("aws_s3_bucket_public_access_block", ["delete"], {}, null), "the bucket"],
    [
      "a policy",
      planOf("aws_s3_bucket_policy", ["create"], null, {
        policy: JSON.stringify({ Statement: { Effect: "Allow", Principal: { AWS: "*" }, Action: "s3:GetObject" } }),
      }),
      "`s3:GetObject to everybody, by its policy`",
    ],
  ])("is loud about what opens %s to the world", (_, plan, words) => {
    expect(summarise(plan, "acme").alarms.join()).toContain(words);
  });

  it.each<[string, ReturnType<typeof planOf>]>([
    ["a range of somebody's", planOf("aws_vpc_security_group_ingress_rule", ["create"], null, rule("10.0.0.0/8"))],
    [
      "what was open before",
      planOf("aws_vpc_security_group_ingress_rule", ["update"], rule("0.0.0.0/0"), {
        ...rule("0.0.0.0/0"),
        description: "x",
      }),
    ],
    ["a rule that goes", planOf("aws_vpc_security_group_ingress_rule", ["delete"], rule("0.0.0.0/0"), null)],
    ["a policy that is made again", planOf("aws_iam_policy", ["delete", "create"], {}, {})],
    ["a data source that is read", planOf("aws_db_instance", ["read"], null, {})],
    ["what is left to itself", planOf("aws_s3_bucket", ["forget"], {}, null)],
  ])("is not loud about %s", (_, plan) => {
    expect(summarise(plan, "acme").alarms).toEqual([]);
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
    [{ format_version: "1.2", errored: true }, "is of a plan that failed"],
    [{ format_version: "2.0" }, "is not what `terraform show -json` writes of a plan (at `format_version`)"],
    [[], "is not what `terraform show -json` writes of a plan"],
  ])("takes no %j for a plan", (json, words) => {
    expect(() => readPlan(JSON.stringify(json), "plan.json")).toThrow(`plan.json: ${words}`);
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

function rule(cidr?: string) {
  return { ip_protocol: "tcp", from_port: 22, to_port: 22, cidr_ipv4: cidr };
}

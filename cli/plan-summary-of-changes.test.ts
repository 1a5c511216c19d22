import { join } from "node:path";
import { type Plan, readPlan } from "../resources/plan/plan";
import { fakeTerminal } from "../test/fake-terminal";
import { planOf } from "../test/plan-of";
import { main } from "./main";
import { markdown as inMarkdown } from "./plan-summary/markdown";
import { summaryOf } from "./plan-summary/summary";
import { text as asText, cautionLines } from "./plan-summary/text";

const changes = join(__dirname, "..", "test", "plans", "changes.json");

function summarise(plan: Plan, title: string) {
  const summary = summaryOf(plan, title);
  return { markdown: inMarkdown(summary), alarms: cautionLines(summary) };
}

describe("a summary of a plan", () => {
  const of = (change: object, more: object = {}, resource: object = {}) =>
    readPlan(
      JSON.stringify({
        format_version: "1.2",
        resource_changes: [{ address: "aws_instance.one", mode: "managed", type: "aws_instance", change, ...resource }],
        ...more,
      }),
      "plan.json",
    );

  it.each<[string, ReturnType<typeof of>, string]>([
    ...(
      [
        ["keybase:mallory", "keybase:mallory"],
        ["aGVsbG8=", "key SHA256:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ"],
      ] as const
    ).map(([pgp_key, shown]): [string, ReturnType<typeof of>, string] => [
      `an access key, with the key that it is encrypted for: ${pgp_key}`,
      of(
        { actions: ["create"], before: null, after: { user: "reports", pgp_key } },
        {},
        { address: "aws_iam_access_key.one", type: "aws_iam_access_key" },
      ),
      `- \`aws_iam_access_key.one\`: user \`reports\`, encrypted for \`${shown}\``,
    ]),
    [
      "an attachment, with what it refers to",
      of(
        { actions: ["create"], before: null, after: { role: "hosts" }, after_unknown: { policy_arn: true } },
        {
          configuration: {
            root_module: {
              resources: [
                {
                  address: "aws_iam_role_policy_attachment.one",
                  expressions: { policy_arn: { references: ["aws_iam_policy.emr.arn", "aws_iam_policy.emr"] } },
                },
              ],
            },
          },
        },
        { address: "aws_iam_role_policy_attachment.one", type: "aws_iam_role_policy_attachment" },
      ),
      "- `aws_iam_role_policy_attachment.one`: role `hosts`, policy `aws_iam_policy.emr`",
    ],
    [
      "a rule",
      planOf("aws_vpc_security_group_ingress_rule", ["create"], null, {
        security_group_id: "sg-1",
        cidr_ipv4: "203.0.113.0/24",
        ip_protocol: "tcp",
        from_port: 22,
        to_port: 22,
      }),
      "- `aws_vpc_security_group_ingress_rule.one`: `tcp 22` from `203.0.113.0/24` into `sg-1`",
    ],
    [
      "a database",
      planOf("aws_db_instance", ["delete"], { identifier: "acme", allocated_storage: 20 }, null),
      "- `aws_db_instance.one`: `acme`, `20` GiB",
    ],
    [
      "a domain",
      planOf("aws_elasticsearch_domain", ["delete"], { domain_name: "es", ebs_options: [{ volume_size: 10 }] }, null),
      "- `aws_elasticsearch_domain.one`: `es`, `10` GiB",
    ],
    [
      "a policy, in words",
      planOf("aws_iam_policy", ["create"], null, {
        name: "emr",
        policy: JSON.stringify({
          Statement: {
            Effect: "Allow",
            Action: ["s3:GetObject", "s3:ListBucket"],
            Resource: "arn:aws:s3:::data/*",
            Condition: { StringNotLike: { "aws:userid": ["AROA*", "AIDA*"] }, Bool: { "aws:SecureTransport": true } },
          },
        }),
      }),
      "- `aws_iam_policy.one`: `emr`\n  - `allow s3:GetObject, s3:ListBucket on arn:aws:s3:::data/*, if" +
        " aws:userid is not like AROA* or AIDA* and aws:SecureTransport is true`",
    ],
  ])("says what tells %s", (_, plan, line) => {
    expect(summarise(plan, "acme").markdown).toContain(line);
  });

  it("says statement by statement how a policy changes, however long it is", () => {
    const statement = (Sid: string, Action: string[]) => ({ Sid, Effect: "Allow", Action, Resource: "x" });
    const policy = (...Statement: object[]) => ({ policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
    const long = Array.from({ length: 30 }, (_, index) => `ec2:Describe${index}`);
    const plan = planOf(
      "aws_iam_policy",
      ["update"],
      policy(statement("Hosts", long), statement("Gone", ["a:A"]), statement("Stays", ["b:B"])),
      policy(statement("Stays", ["b:B"]), statement("Hosts", [...long.slice(1), "ec2:Run"]), {
        ...statement("New", ["c:C"]),
        Resource: "y",
      }),
    );

    expect(summarise(plan, "acme").markdown.split("to update in place")[1]).toContain(
      [
        "  - `policy`: statements: 1 removed, 1 changed, 1 added",
        "    - removed: `Gone: allow a:A on x`",
        `    - changed: \`Hosts: allow ${long.slice(0, 4).join(", ")} and 26 more on x\`: action − \`ec2:Describe0\`, + \`ec2:Run\``,
        "    - added: `New: allow c:C on y`",
      ].join("\n"),
    );
  });

  it("says what is deferred, forgotten, imported to be replaced, gone, and which checks fail", () => {
    const change = { actions: ["delete", "create"], before: {}, after: {}, importing: { id: "i-1" } };
    const resource = (address: string, actions: string[]) => ({
      address,
      type: "aws_eip",
      change: { actions, before: {}, after: actions.includes("create") ? {} : null },
    });
    const plan = of(change, {
      complete: false,
      deferred_changes: [{ reason: "absent_prereq", resource_change: resource("aws_eip.later", ["create"]) }],
      action_invocations: [{ address: "action.aws_lambda_invoke.notify" }],
      checks: [
        { address: { to_display: "check.health" }, status: "fail", instances: [] },
        { address: { to_display: "check.fine" }, status: "pass", instances: [] },
      ],
    });
    const { markdown, alarms } = summarise(plan, "acme");
    const forgotten = summarise(
      { ...plan, resource_changes: [planOf("aws_eip", ["forget"], {}, null).resource_changes[0]] } as Plan,
      "acme",
    );

    expect(alarms).toEqual([
      "Not all of it  something is deferred, or not targeted. Plan again after this one is applied.",
      "Action         action.aws_lambda_invoke.notify is run by whoever applies, and what it does is in no plan. No stack of this version has one.",
      "Check          check.health has a condition, which no stack of this version has: its message may show secrets.",
      "Check          check.fine has a condition, which no stack of this version has: its message may show secrets.",
      "Check          check.health fails.",
      "Data           aws_instance.one is imported and is replaced, and with it its disks.",
    ]);
    expect(markdown).toContain("- `aws_instance.one`, which is imported to be replaced");
    expect(markdown).toContain("- `aws_eip.later`: something that it needs does not exist yet");
    expect(forgotten.markdown).toContain("- `aws_eip.one`, which stays in AWS, and is managed no more");
  });

  it("hides what is sensitive in drift, in alarms and in policies, whatever has it besides", () => {
    const before = { password: "correct horse", iam_instance_profile: "correct horse battery", monitoring: false };
    const drift = { ...before, monitoring: true, password: "staple gun" };
    const plan = of(
      {
        actions: ["update"],
        before: drift,
        after: { ...before, iam_instance_profile: "staple gun too" },
        before_sensitive: { password: true },
        after_sensitive: { password: true },
      },
      {
        resource_drift: [
          {
            address: "aws_instance.one",
            type: "aws_instance",
            change: { actions: ["update"], before, after: drift },
          },
        ],
      },
    );
    const summary = summaryOf(plan, "acme");

    expect(inMarkdown(summary) + asText(summary, fakeTerminal())).not.toMatch(/horse|staple/);
    expect(inMarkdown(summary)).toContain("  - `monitoring`: `false` → `true`");
  });

  it("hides in an alarm what is sensitive and stays as it is, and in drift a number that the configuration marks", () => {
    const marks = { before_sensitive: { pin: true, password: true }, after_sensitive: { pin: true, password: true } };
    const before = { password: "correct horse", pin: 4711, iam_instance_profile: "correct horse battery" };
    const plan = of(
      { actions: ["update"], before, after: { password: "correct horse", pin: 4711 }, ...marks },
      {
        resource_drift: [
          {
            address: "aws_instance.one",
            type: "aws_instance",
            change: { actions: ["update"], before: { pin: 1234 }, after: { pin: 4712 } },
          },
        ],
      },
    );
    const drifted = of({ actions: ["update"], before: { pin: 4712 }, after: { pin: 4711 }, ...marks });

    expect(summarise(plan, "acme").alarms.join()).toContain("loses the instance profile (sensitive)");
    expect(summarise({ ...drifted, resource_drift: plan.resource_drift }, "acme").markdown).toMatch(
      /changed back\n\n- `aws_instance\.one`\n {2}- `pin`: \(sensitive\)$/,
    );
  });

  it("is text for a terminal, which cannot be told anything", async () => {
    const hostile = "\u001b[2J`x`\u202e";
    const text = asText(
      summaryOf(planOf("aws_vpc", ["update"], { tags: {} }, { tags: { Note: hostile } }), hostile),
      fakeTerminal(),
    );
    const terminal = fakeTerminal();
    await main(["plan-summary", changes, "--title", "acme"], terminal);

    expect(text).not.toMatch(/\p{Cc}(?<!\n)|\p{Cf}/u);
    expect(text).toContain("\\u{1b}[2J`x`\\u{202e}");
    expect(terminal.results.join("\n").split("\n").slice(0, 6)).toEqual([
      "Plan of acme (123456789012): 2 to destroy, 2 to replace, 3 to update in place, 1 to move, 2 to create",
      "",
      "5 alarms:",
      "  Data        aws_iam_access_key.reports is destroyed, and with it the key that is in use.",
      "  Data        aws_s3_bucket.old is destroyed, and with it its objects.",
      "  Exposure    aws_vpc_security_group_ingress_rule.ssh opens to the world: tcp 22 from 0.0.0.0/0.",
    ]);
    expect(terminal.errors).toEqual(["\n5 alarms to look at before the plan is applied."]);
  });

  it("continues a long line where its items would begin, and behind those that it has", () => {
    const change = {
      actions: ["delete", "create"],
      before: { note: "a ".repeat(20) },
      after: { note: "b ".repeat(20) },
    };
    const resource = { address: "aws_vpc.one", type: "aws_vpc", change, action_reason: "replace_because_tainted" };
    const plan = readPlan(JSON.stringify({ format_version: "1.2", resource_changes: [resource] }), "plan.json");
    const lines = asText(summaryOf(plan, "acme"), fakeTerminal(60)).split("\n");
    const below = (start: string) => lines[lines.findIndex((line) => line.startsWith(start)) + 1];

    expect(below("  aws_vpc.one, because it is tainted:")).toMatch(/^ {6}\S/);
    expect(below("    note: ")).toMatch(/^ {6}\S/);
  });

  it("has the width of the terminal", async () => {
    const terminal = fakeTerminal(72);
    await main(["plan-summary", changes, "--title", "acme"], terminal);

    const lines = terminal.results.join("\n").split("\n");
    const exposure = lines.findIndex((line) => line.startsWith("  Exposure"));
    expect(lines.slice(exposure, exposure + 2)).toEqual([
      "  Exposure    aws_vpc_security_group_ingress_rule.ssh opens to the",
      "              world: tcp 22 from 0.0.0.0/0.",
    ]);
  });

  it("folds what is long and rather looked up than read, within a comment too", () => {
    const created = (count: number) =>
      summarise(
        readPlan(
          JSON.stringify({
            format_version: "1.2",
            resource_changes: Array.from({ length: count }, (_, index) => ({
              address: `aws_eip.address_${index}`,
              type: "aws_eip",
              change: { actions: ["create"], before: null, after: {} },
            })),
          }),
          "x",
        ),
        "acme",
      ).markdown;

    expect(created(25)).not.toContain("<details>");
    expect(created(26)).toMatch(/\n<details>\n<summary><b>To create \(26\)<\/b><\/summary>\n\n- `aws_eip/);
    expect(created(4000)).toMatch(/\n\n<\/details>\n\n… and \d+ lines more/);
  });
});

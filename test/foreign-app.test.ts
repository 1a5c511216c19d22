import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Construct } from "constructs";
import * as constructs from "../modules";
import { readPlan } from "../resources/plan/plan";
import { readWritten } from "../resources/plan/read-written";
import { fileAlarms } from "../resources/plan/written-file";
import { configuredPlan } from "./configured-plan";
import { addressesOf, type Template } from "./synth";

const page = readFileSync(join(__dirname, "../docs/constructs.md"), "utf8");

/** What another project's app, which uses the constructs in a plain stack of cdktf's, synthesises. */
let synthesised: Template;
let resources: string[];

beforeAll(() => {
  const out = mkdtempSync(join(tmpdir(), "foreign-app-"));
  const before = process.env.CDKTF_OUTDIR;
  process.env.CDKTF_OUTDIR = out;
  try {
    require("./foreign-app/main");
    synthesised = JSON.parse(readFileSync(join(out, "stacks/learning/cdk.tf.json"), "utf8"));
    resources = addressesOf({ ...synthesised, data: {} });
  } finally {
    if (before === undefined) {
      delete process.env.CDKTF_OUTDIR;
    } else {
      process.env.CDKTF_OUTDIR = before;
    }
    rmSync(out, { recursive: true });
  }
});

/** The one resource or data source of a type whose address begins as given. */
function one(kind: "resource" | "data", type: string, start = "") {
  const found = Object.entries(synthesised[kind][type] ?? {}).filter(([name]) => name.startsWith(start));
  expect(found).toHaveLength(1);
  return found[0]?.[1] as Template["resource"][string][string];
}

describe("another project's app", () => {
  it("has rules between groups of any id", () => {
    const rules = Object.values(synthesised.resource.aws_vpc_security_group_ingress_rule ?? {});

    expect(rules.map(({ description }) => description)).toEqual(
      expect.arrayContaining([
        "https from anywhere",
        "ssh from Bastion",
        "ssh from Jump",
        "ssh from 203.0.113.0/24",
        "tcp-8080 from Web",
        "ssh from Web",
        "mysql from master",
        "mysql from slave",
        "mysql from Web",
        "mysql from Bastion",
      ]),
    );
  });

  it("has safe defaults", () => {
    expect(one("resource", "aws_db_instance")).toMatchObject({
      engine_version: "8.0",
      storage_encrypted: true,
      manage_master_user_password: true,
      publicly_accessible: false,
      deletion_protection: true,
      backup_retention_period: 14,
    });
    expect(one("resource", "aws_s3_bucket")).toMatchObject({ force_destroy: false });
    expect(one("resource", "aws_s3_bucket_public_access_block")).toMatchObject({ block_public_policy: true });
    expect(one("resource", "aws_elasticsearch_domain")).toMatchObject({
      encrypt_at_rest: { enabled: true },
      lifecycle: { prevent_destroy: true },
    });
  });

  it("has all grants of its domain in one policy", () => {
    const document = one("data", "aws_iam_policy_document", "Search_access");
    const [domainArn] = document.statement[0].resources;

    expect(document.statement.map(({ actions }: { actions: string[] }) => actions)).toEqual([["es:ESHttp*"], ["es:*"]]);
    expect(domainArn).toMatch(
      /^arn:aws:es:\$\{data\.aws_region\.\w+\.id\}:\$\{data\.aws_caller_identity\.\w+\.account_id\}:domain\/learning-es\/\*$/,
    );
    expect(one("resource", "aws_elasticsearch_domain").access_policies).toMatch(
      /^\$\{data\.aws_iam_policy_document\.Search_access_\w+\.json\}$/,
    );
  });

  it("moves in its state to what it makes, from what it does not, wherever that is nested", () => {
    const moved = synthesised.moved?.flat() ?? [];

    expect(moved).toHaveLength(2);
    expect(moved.filter(({ to }) => !resources.includes(to))).toEqual([]);
    expect(moved.filter(({ from }) => resources.includes(from))).toEqual([]);
    expect(moved.map(({ to }) => to)).toEqual([
      expect.stringMatching(/^aws_s3_bucket_policy\.Grades_Policy_/),
      expect.stringMatching(/^aws_s3_bucket_policy\.Partner_Grades_merged_/),
    ]);
  });

  it("removes from its state what it does not make any more, and nothing else", () => {
    const removed = synthesised.removed?.flat() ?? [];

    expect(removed.map(({ from }) => from)).toEqual([
      expect.stringMatching(/^aws_ssm_parameter\.Passwords_pipeline_Parameter_/),
      expect.stringMatching(/^aws_s3_bucket_policy\.Partner_OldGrades_merged_/),
    ]);
    expect(removed.filter(({ from }) => resources.includes(from))).toEqual([]);
    expect(removed.filter(({ lifecycle }) => lifecycle.destroy)).toEqual([]);
  });

  it("keeps passwords out of plan and state", () => {
    const [name] = Object.keys(synthesised.ephemeral?.aws_secretsmanager_random_password ?? {});

    expect(one("resource", "aws_ssm_parameter", "Passwords_insights")).toMatchObject({
      value_wo: `\${ephemeral.aws_secretsmanager_random_password.${name}.random_password}`,
      value_wo_version: 2,
    });
    expect(one("resource", "aws_ssm_parameter", "Passwords_versions").value).toBe('{"insights":2,"pipeline":1}');
  });

  it("refers to nothing that it does not have", () => {
    const text = JSON.stringify(synthesised);
    const references = [...text.matchAll(/\$\{(?:\w+\()?((?:data\.|ephemeral\.|local\.)?aws_\w+\.[\w-]+)/g)].map(
      ([, address = ""]) => address,
    );
    const known = new Set([
      ...addressesOf(synthesised),
      ...Object.entries(synthesised.ephemeral ?? {}).flatMap(([type, named]) =>
        Object.keys(named).map((name) => `ephemeral.${type}.${name}`),
      ),
    ]);

    expect(references.length).toBeGreaterThan(50);
    expect(references.filter((address) => !known.has(address))).toEqual([]);
  });

  it("has nothing in its file that a summary of its plan has an alarm of", () => {
    const plan = readPlan(JSON.stringify(configuredPlan(synthesised)), "plan.json");

    expect(fileAlarms(readWritten(JSON.stringify(synthesised), "cdk.tf.json"), plan)).toEqual([]);
  });

  it("is what docs/constructs.md shows", () => {
    const [, shown] = /```ts\n(.*?)```/s.exec(page) ?? [];

    expect(shown).toBe(readFileSync(join(__dirname, "foreign-app/main.ts"), "utf8"));
  });
});

describe("docs/constructs.md", () => {
  it("names every construct", () => {
    const classes = Object.entries(constructs).flatMap(([name, value]) =>
      typeof value === "function" && value.prototype instanceof Construct ? [name] : [],
    );

    expect(classes.length).toBeGreaterThan(20);
    expect(classes.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});

import example from "../../clients/example";
import { configuredPlan } from "../../test/configured-plan";
import { exportedStacks } from "../../test/exported-stacks";
import { synthesizeClient, type Template } from "../../test/synth";
import { textOf } from "../phrase";
import { ignoredChanges, writtenConditions, writtenExpressions } from "../types/written-expressions";
import { expressionsIn, hasForm } from "./expressions";
import { readPlan } from "./plan";
import { readWritten } from "./read-written";
import { fileAlarms } from "./written-file";

const peering = { vpcId: "vpc-0a1b2c3d", cidr: "172.31.0.0/16", routeTableIds: ["rtb-0000000a"] };
const byAddress = {
  address: "db.example.com",
  securityGroupIds: ["sg-0a1b2c3d"],
  user: "edxapp001",
  access: "print" as const,
};
/** Clients with what those of `exportedStacks` have not. */
const rare = [
  synthesizeClient({ buckets: { emr: { existing: "example-emr" } } }),
  synthesizeClient({ edxapp: { ...example.edxapp, database: byAddress } }),
  synthesizeClient({
    network: { vpc: "new", zones: ["eu-west-1a", "eu-west-1b"], peering },
    emr: { ...example.emr, subnetId: "subnet-0a1b2c3e" },
  }),
];
const stacks: readonly (readonly [string, Template])[] = [
  ...exportedStacks.map(({ name, synthesised }) => [name, synthesised as unknown as Template] as const),
  ...rare.map((template, index) => [`rare ${index}`, template] as const),
];
const bucketOf = ({ terraform }: Template): string => terraform.backend.s3.bucket;

function said(template: Template, stateBucket = bucketOf(template)): string[] {
  const text = JSON.stringify(template);
  const plan = readPlan(JSON.stringify(configuredPlan(template)), "plan.json");
  return fileAlarms(readWritten(text, "cdk.tf.json"), plan, stateBucket).map((one) => textOf(one));
}

/** What is said of the client `complete` with something else at a path, of which the plan is as it was. */
function afterwards(path: string, more: object, stack = "complete"): string[] {
  const [, template] = stacks.find(([name]) => name === stack) as readonly [string, Template];
  const changed = structuredClone(template);
  const place = path
    .split(".")
    .filter((name) => name !== "")
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], changed);
  Object.assign(place as object, more);
  const plan = readPlan(JSON.stringify(configuredPlan(template)), "plan.json");
  return fileAlarms(readWritten(JSON.stringify(changed), "cdk.tf.json"), plan, bucketOf(template)).map((one) =>
    textOf(one),
  );
}

const leak = '${base64encode(file("/proc/self/environ"))}';
const everything = "which no stack of this version writes";

describe("the file of a stack", () => {
  it.each(stacks)("has no alarm: %s", (_, template) => {
    expect(said(template)).toEqual([]);
  });

  it("has all the forms that are known, and no alarm because nothing is looked at", () => {
    const texts = stacks.map(([, template]) => expressionsOf(template));
    const all = new Set(texts.flat());
    const forms = [
      ...Object.values(writtenConditions).flatMap(({ conditions, messages }) => [...conditions, ...messages]),
      ...Object.values(writtenExpressions).flat(),
    ];

    expect(forms.filter((form) => ![...all].some((one) => hasForm(one, [form])))).toEqual([]);
    const ignored = stacks.flatMap(([, { resource }]) =>
      Object.values(resource).flatMap((named) =>
        Object.values(named).flatMap(({ lifecycle }) => lifecycle?.ignore_changes ?? []),
      ),
    );
    expect(new Set(ignored)).toEqual(new Set(Object.values(ignoredChanges).flat()));
  });
});

function expressionsOf(value: unknown): string[] {
  return typeof value === "string"
    ? expressionsIn(value)
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(expressionsOf)
      : [];
}

describe("what no stack writes", () => {
  const instance = "resource.aws_instance.director";
  const state = "resource.terraform_data.state";
  const removal = { from: "aws_sns_topic.x", lifecycle: { destroy: false } };
  const command = [{ "local-exec": { when: "destroy", command: "id" } }];

  it.each<[string, string, object, string]>([
    [
      "a command of what is removed",
      "",
      { removed: [[{ ...removal, provisioner: command }]] },
      "removed.provisioner of aws_sns_topic.x is in the file",
    ],
    [
      "a removal that destroys",
      "",
      { removed: [{ ...removal, lifecycle: { destroy: true } }] },
      "has another lifecycle",
    ],
    ["a module", "", { module: { m: { source: "git::https://x.example" } } }, "module is in the file, and no stack"],
    ["an action", "", { action: { aws_lambda_invoke: { x: {} } } }, "action is in the file"],
    ["a block called as an object's own", "", { constructor: {} }, "constructor is in the file"],
    ["a command", instance, { provisioner: command }, "director.provisioner is in the file"],
    ["a connection", instance, { connection: {} }, "director.connection is in the file"],
    ["several by count", instance, { count: 2 }, "director.count is in the file"],
    ["blocks that are made", instance, { dynamic: {} }, "director.dynamic is in the file"],
    [
      "blocks that are made within one",
      `${instance}.metadata_options`,
      { dynamic: {} },
      "metadata_options.dynamic is in",
    ],
    ["an argument that the plan leaves out", instance, { write_only: "x" }, "director.write_only is in the file"],
    [
      "a block in a list",
      "",
      { resource: [{ aws_instance: [{ x: [{ provisioner: command }] }] }] },
      "x.provisioner is",
    ],
    ["all changes ignored", `${instance}.lifecycle`, { ignore_changes: "all" }, "ignores changes of all"],
    ["a change ignored", `${instance}.lifecycle`, { ignore_changes: ["tags"] }, "ignores changes of tags"],
    [
      "a replacement by another",
      `${instance}.lifecycle`,
      { replace_triggered_by: ["x"] },
      "replace_triggered_by is in",
    ],
    ["no protection of a host", instance, { lifecycle: {} }, "director has no prevent_destroy"],
    [
      "no protection of statements of others",
      "resource.aws_s3_bucket_policy.grades_download_merged.lifecycle",
      { prevent_destroy: false },
      "destroying it removes statements of other owners too",
    ],
    [
      "a check that asks something else",
      "check",
      { leak: { assert: [{ condition: "${true}", error_message: "x" }] } },
      "has the condition ${true}",
    ],
    ["a check that is always true", "check.alarms_confirmed.assert.0", { condition: true }, "has the condition true"],
    [
      "a check that reads",
      "check.alarms_confirmed",
      { data: { http: { x: {} } } },
      "check.alarms_confirmed.data is in",
    ],
    ["a check's message", "check.alarms_confirmed.assert.0", { error_message: leak }, "shows base64encode(file("],
    [
      "a condition's message",
      `${state}.lifecycle.postcondition.0`,
      { error_message: "${var.x}" },
      "shows var.x in its",
    ],
    [
      "a condition's function",
      `${state}.lifecycle.postcondition.0`,
      { condition: "${fileexists(self.output)}" },
      "has the condition",
    ],
    [
      "a condition of what has none",
      "resource.aws_eip.analytics.lifecycle",
      { precondition: { condition: "${true}", error_message: "" } },
      "has the condition",
    ],
    ["a condition of an output", "output.elastic_ip", { precondition: [{}] }, "elastic_ip.precondition is in the file"],
    ["a rule of a variable", "", { variable: { x: { validation: {} } } }, "variable.x.validation is in the file"],
    [
      "a function",
      instance,
      { tags: { Name: leak } },
      `director.tags.Name has the expression base64encode(file("/proc/self/environ")), ${everything}`,
    ],
    ["a function in a name", instance, { tags: { [leak]: "x" } }, "has the expression base64encode"],
    ["a function that ends late", instance, { tags: { Name: '${upper("}")}' } }, "has the expression upper"],
    ["a function behind three signs", instance, { tags: { Name: "$$${env.x}" } }, "has the expression $$${env.x"],
    ["a directive", instance, { tags: { Name: "%{ if true }x%{ endif }" } }, "has the expression %{ if true"],
    ["an expression without an end", instance, { tags: { Name: "${aws_x.y" } }, "has the expression ${aws_x.y"],
    ["the folder of whoever plans", instance, { tags: { Name: "${path.cwd}" } }, "has the expression path.cwd"],
    ["a function in an output", "output.elastic_ip", { value: leak }, "output.elastic_ip.value has the expression"],
    ["a local value", "locals", { x: "${aws_iam_access_key.reports_user.secret}" }, "locals.x has the expression"],
    ["a function in a provider", "provider.aws.0", { region: leak }, "provider.aws.region has the expression"],
    ["a provider for each", "provider.aws.0", { for_each: {} }, "provider.aws.for_each is in the file"],
    [
      "an import of what an expression makes",
      "",
      { import: [{ to: "aws_eip.x", id: leak }] },
      "import.id has the expression",
    ],
    [
      "another backend",
      "terraform",
      { backend: { http: {} } },
      "the state is kept by terraform.backend.http, and not in",
    ],
    ["no backend", "terraform", { backend: {} }, "terraform.backend is missing"],
    ["another bucket", "terraform.backend.s3", { bucket: "mallory" }, "the state is in the bucket mallory, and not in"],
    ["another client's state", "terraform.backend.s3", { key: "birch/birch.tfstate" }, "is not that of complete"],
    ["a state in clear", "terraform.backend.s3", { encrypt: false }, "does not encrypt the state"],
    ["another endpoint", "terraform.backend.s3", { endpoints: {} }, "terraform.backend.s3.endpoints is in the file"],
    ["OpenTofu's encryption", "terraform", { encryption: {} }, "terraform.encryption is in the file"],
  ])("has an alarm: %s", (_, path, more, words) => {
    expect(afterwards(path, more)).toContainEqual(expect.stringContaining(words));
  });

  it.each<[string, string, object]>([
    ["a reference", instance, { tags: { Name: "a ${aws_key_pair.analytics.key_name}" } }],
    ["what is no expression", instance, { user_data: "echo $${HOME} %%{http_code} $x 100%" }],
    ["an import", "", { import: [[{ to: "aws_eip.x", id: "eipalloc-1" }]] }],
    ["a removal", "", { removed: [[removal]] }],
    ["an argument that has an alarm by the plan", "provider.mysql.0", { endpoint: "x" }],
  ])("has none: %s", (_, path, more) => {
    expect(afterwards(path, more, path.startsWith("provider") ? "complete-databases" : "complete")).toEqual([]);
  });
});

describe("a file that is no stack's", () => {
  it.each<[string, string, string]>([
    ["no JSON", "resource {}", "x.json: is not Terraform's JSON"],
    ["a list", "[]", "x.json: is no object"],
    ["a name twice, of which Terraform reads both", '{"check":{"a":{}},"check":{}}', "has a name twice in one object"],
    ["one nested without end", `${'{"a":'.repeat(200)}1${"}".repeat(200)}`, "nested more than 100 levels deep"],
  ])("is refused: %s", (_, text, words) => {
    expect(() => readWritten(text, "x.json")).toThrow(words);
  });

  it("may have colons and quotes in its texts", () => {
    expect(readWritten('{"a":"\\"b\\":","c":["d :"]}', "x.json")).toEqual({ a: '"b":', c: ["d :"] });
  });
});

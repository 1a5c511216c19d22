import { parse } from "@cdktf/hcl2json";
import { checkFiles, loadFleet } from "../../config/load/load";
import { resourceTypes } from "../../resources/types";
import { notesOnSources } from "../../resources/types/general";
import { requiredVersion } from "../../stacks/beside";
import { makeStacks } from "../../stacks/stacks";
import { type Changes, changed } from "../../test/client-files";
import { runbookSteps } from "../../test/runbook-steps";
import { app, template, withoutMetadata } from "../../test/synth";
import type { Synthesised } from "./entries";
import { exportStack } from "./export";
import { moduleFiles } from "./module-files";

type Tree = Record<string, unknown>;

/** Clients with settings that those in clients/ have not. */
const rare: Readonly<Record<string, Changes>> = {
  peered: {
    network: {
      vpc: "new",
      zones: ["eu-west-1a", "eu-west-1b"],
      peering: { vpcId: "vpc-0a1b2c3d", cidr: "10.99.0.0/16", routeTableIds: ["rtb-0a1b2c3d", "rtb-0a1b2c3e"] },
    },
    "edxapp.database.access": "cidr-rules",
    deployRoleArn: "arn:aws:iam::123456789012:role/deploy",
    "state.accountId": "210987654321",
    pgpKey: "keybase:peered",
    "elasticsearch.applicationLogs": {},
    tags: { "cost centre": "peered", Owner: "a@b" },
  },
  renewed: {
    hosts: {
      keyPair: { existing: "renewed" },
      active: "3",
      iterations: { "2": { layout: "separate" }, "3": { protected: false } },
      retired: ["1"],
      securityGroup: { webFrom: ["10.0.0.0/8", "192.0.2.0/24"] },
    },
    database: { active: "2", iterations: { "2": {}, "3": { engineVersion: "8.4" } }, retired: ["1"] },
    mysql: {
      passwords: { analytics: { version: 3 }, migration: { version: 2 }, edxapp_ro: { version: 4 } },
      edxappAdmin: "root",
    },
    "director.passwordReader": {},
    "edxapp.gradesBucket.access": "leave-policy",
    "ci.gitlab.project": "a/b",
  },
  guest: {
    director: { existing: "sg-0a1b2c3d" },
    "hosts.securityGroup": { existing: "sg-0a1b2c3e" },
    "emr.rdsSecurityGroup": { existing: "sg-0a1b2c3f" },
    "emr.roles": { existing: true },
    "emr.securityGroups": { existing: true },
    "mysql.passwords": { analytics: { existing: true } },
    "database.iterations.1": { engineVersion: "8.0.40", masterPassword: { existing: true } },
    "database.subnetGroup": { existing: "guests" },
    protected: false,
    state: { bucket: "elsewhere", region: "us-east-1", keyPrefix: "a/b" },
  },
};

const fleets = [
  loadFleet(),
  ...Object.entries(rare).map(([name, changes]) =>
    checkFiles([{ name, input: changed(changes) }], { complete: false, others: [] }),
  ),
];

const stacks = fleets
  .flatMap((fleet) => makeStacks(app(), fleet))
  .map((stack) => {
    const synthesised = template(stack) as unknown as Synthesised;
    return { name: stack.node.id, synthesised, files: exportStack(stack, synthesised) };
  });

/** Takes the variables out that the JSON form has not. */
function withoutVariables({ variable, ...others }: Tree, own: object): { hcl: Tree; defaults: Tree } {
  const variables = Object.entries((variable ?? {}) as Record<string, [{ default: unknown }]>);
  const kept = variables.filter(([name]) => name in own);
  return {
    hcl: kept.length > 0 ? { ...others, variable: Object.fromEntries(kept) } : others,
    defaults: Object.fromEntries(
      variables.filter(([name]) => !(name in own)).map(([name, [body]]) => [name, body.default]),
    ),
  };
}

/**
 * What both forms say, in one form: a block that stands once is no list, references are no strings, variables are their
 * defaults, and blanks and brackets that break lines are left out of expressions.
 */
function comparable(value: unknown, defaults: Record<string, unknown> = {}): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => comparable(item, defaults));
    return items.length === 1 && typeof items[0] === "object" ? items[0] : items;
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, comparable(inner, defaults)]));
  }
  if (typeof value !== "string") {
    return value;
  }
  const variable = /^\$\{var\.(\w+)\}$/.exec(value)?.[1];
  if (variable !== undefined && variable in defaults) {
    return defaults[variable];
  }
  const filled = value.replaceAll(/\$\{var\.(\w+)\}/g, (_, name) => String(defaults[name]));
  const made = /^\$\{(merge|jsonencode)\((?:var\.tags, )?(\{[^{}]*\})\)\}$/.exec(filled);
  if (made !== null) {
    const object = objectOf(made[2] as string, defaults);
    return made[1] === "merge" ? { ...(defaults.tags as Tree), ...object } : JSON.stringify(object);
  }
  const known = filled.replaceAll(/\bvar\.(\w+)/g, (variable, name) => String(defaults[name] ?? variable));
  const bare = /^\$\{([^{}]*)\}$/.exec(known)?.[1] ?? known;
  return known.includes("${") ? bare.replaceAll(/[\s(),]/g, "") : bare;
}

/** An object of literals and variables as HCL has it. */
function objectOf(source: string, defaults: Record<string, unknown>): Tree {
  const items = [...source.matchAll(/(\w+)\s*=\s*(?:var\.(\w+)|("[^"]*"|\d+))/g)];
  return Object.fromEntries(
    items.map(([, key, variable, text]) => [
      key,
      variable === undefined ? JSON.parse(text as string) : defaults[variable],
    ]),
  );
}

describe.each(stacks)("the exported $name", ({ synthesised, files }) => {
  const configuration = files.filter(({ name }) => name.endsWith(".tf"));

  it("says what the JSON form says, to the last argument", async () => {
    const { terraform: jsonTerraform, ...expected } = withoutMetadata(synthesised as never) as Tree;
    const all = await parse("all.tf", configuration.map(({ content }) => content).join("\n"));
    const { hcl, defaults } = withoutVariables(all, (expected.variable ?? {}) as object);
    const { terraform: hclTerraform, ...found } = hcl;

    expect(comparable(found, defaults)).toEqual(comparable(expected));
    const { required_providers: required, ...rest } = jsonTerraform as { required_providers: Record<string, Tree> };
    const terraform = {
      ...rest,
      required_version: requiredVersion,
      // Of the major that was deployed: later ones are a step of their own.
      required_providers: { ...required, aws: { ...required.aws, version: "~> 5.100" } },
    };
    const settings = Object.assign({}, ...(hclTerraform as Tree[])) as Tree;
    expect(comparable(settings)).toEqual(
      JSON.parse(JSON.stringify(comparable(terraform)).replaceAll('"source":"aws"', '"source":"hashicorp/aws"')),
    );
  });

  it("has a heading in each file, with the runbook's section where it is of a module", () => {
    const sections = runbookSteps.map(({ section }) => section);
    for (const { name, content } of configuration) {
      const [title, runbook = ""] = content.split("\n");
      const module = moduleFiles.find(({ file }) => `${file}.tf` === name);

      expect(title).toMatch(/^# [A-Za-z].*\.$/);
      expect(runbook).toBe(module && module.runbook.length > 0 ? `# Runbook: ${module.runbook.join("; ")}.` : "");
      expect(module?.runbook.filter((section) => !sections.includes(section)) ?? []).toEqual([]);
    }
  });

  it("wraps no reference, and ends no line in blanks", () => {
    for (const { content } of configuration) {
      expect(content).not.toMatch(/"\$\{[^"{}]*\}"/);
      expect(content).not.toMatch(/[ \t]$/m);
    }
  });

  it("has a README that names its state, its files, and how to take over", () => {
    const readme = files.find(({ name }) => name === "README.md")?.content ?? "";
    const { bucket, key } = (synthesised.terraform as unknown as { backend: { s3: Record<string, string> } }).backend
      .s3;

    expect(readme).toContain(`\`s3://${bucket}/${key}\``);
    expect(readme).toContain("terraform plan     # No changes.");
    expect(configuration.filter(({ name }) => !readme.includes(`| \`${name}\` |`))).toEqual([]);
    const [prose = ""] = readme.split("<!-- BEGIN_TF_DOCS -->");
    expect(Math.max(...prose.split("\n").map((line) => line.length))).toBeLessThan(130);
    // It speaks of nothing that is not in the folder.
    const types = Object.keys(synthesised.resource ?? {});
    const says = (text: string, type: string) =>
      expect([type, readme.includes(text)]).toEqual([type, types.includes(type)]);
    says("Secret access keys are in it", "aws_iam_access_key");
    says("Elastic IP", "aws_eip");
    says("`disable_api_termination`", "aws_instance");
    says("`force_destroy`", "aws_s3_bucket");
    says("Do not add rules inline", "aws_security_group");
    says("raise it by one here and in the databases stack", "aws_ssm_parameter");
    says("migration user", "mysql_user");
    // The hash of each user's password, which the provider reads back.
    expect(readme.includes("treat the state and plan files as secret")).toBe(
      Object.keys(synthesised.resource ?? {}).includes("mysql_user"),
    );
  });

  it("keeps plans and states out of version control, and the lock file in", () => {
    const ignored = files.find(({ name }) => name === ".gitignore")?.content.split("\n");

    expect(ignored).toEqual(expect.arrayContaining([".terraform/", "plan", "*.tfstate"]));
    expect(ignored).not.toContain(".terraform.lock.hcl");
  });
});

it("every file and every note is of use to some client", () => {
  const all = stacks.flatMap(({ files }) => files);

  expect(moduleFiles.filter(({ file }) => !all.some(({ name }) => name === `${file}.tf`))).toEqual([]);
  const notes = [...resourceTypes.map((type) => type.notes ?? {}), ...Object.values(notesOnSources)]
    .flatMap((of) => Object.values(of))
    .map((note) => (typeof note === "object" ? note.text : note));
  expect(notes.filter((text) => !all.some(({ content }) => content.includes(text.split("\n")[0] as string)))).toEqual(
    [],
  );
});

it("reads in the order of the construct tree: rules behind their group, a policy before the role that has it", () => {
  const read = (stack: string, file: string) =>
    stacks.find(({ name }) => name === stack)?.files.find(({ name }) => name === file)?.content ?? "";
  const headers = (content: string) =>
    [...content.matchAll(/^(?:resource|data) "(\w+)" "(\w+)"/gm)].map(([, type, name]) => `${type}.${name}`);

  expect(headers(read("example", "analytics-role.tf"))).toEqual([
    "aws_iam_policy_document.emr_provisioning",
    "aws_iam_policy.emr_provisioning",
    "aws_iam_policy_document.emr_provisioning_trust",
    "aws_iam_role.emr_provisioning",
    "aws_iam_role_policy_attachment.emr_provisioning",
    "aws_iam_instance_profile.emr_provisioning",
  ]);
  // Ids that are numbers, of iterations, come first among the keys of a JavaScript object.
  expect(headers(read("example", "analytics-hosts.tf"))).toEqual([
    "aws_security_group.analytics",
    "aws_vpc_security_group_egress_rule.analytics_everything_out",
    "aws_vpc_security_group_ingress_rule.analytics_http_from_anywhere",
    "aws_vpc_security_group_ingress_rule.analytics_https_from_anywhere",
    "aws_vpc_security_group_ingress_rule.analytics_ssh_from_director",
    "aws_key_pair.analytics",
    "aws_ami.analytics_1_ubuntu",
    "aws_instance.analytics_1",
    "aws_eip.analytics",
    "aws_eip_association.analytics",
  ]);
  expect(headers(read("example", "analytics-database.tf")).slice(-2)).toEqual([
    "aws_db_parameter_group.database_1_parameters",
    "aws_db_instance.database_1",
  ]);
  expect(read("example-databases", "mysql-servers.tf")).toMatch(
    /^data "aws_db_instance" "rds_1" \{[^#]*?\n\nephemeral /m,
  );
});

it("puts what says where a thing is before all else: the backend's bucket, the image of a host", () => {
  const { files } = stacks.find(({ name }) => name === "example") as (typeof stacks)[0];
  const read = (file: string) => files.find(({ name }) => name === file)?.content;

  expect(read("backend.tf")).toMatch(/backend "s3" \{\n +bucket .*\n +key .*\n +region /);
  expect(read("director.tf")).toMatch(
    /resource "aws_instance" "director" \{\n( +# .*\n)* +ami .*\n +instance_type .*\n +key_name /,
  );
});

it("is the same on every run", () => {
  const [first] = makeStacks(app(), loadFleet("example"));
  const again = first && exportStack(first, template(first) as unknown as Synthesised);

  expect(again).toEqual(stacks.find(({ name }) => name === "example")?.files);
});

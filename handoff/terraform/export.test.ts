import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadFleet } from "../../config/load/load";
import { resourceTypes } from "../../resources/types";
import { notesOnSources } from "../../resources/types/general";
import { makeStacks } from "../../stacks/stacks";
import { exportedStacks } from "../../test/exported-stacks";
import { runbookSteps } from "../../test/runbook-steps";
import { app, template } from "../../test/synth";
import type { Synthesised } from "./entries";
import { exportStack } from "./export";
import { moduleFiles } from "./module-files";

describe.each(exportedStacks)("the exported $name", ({ synthesised, files }) => {
  const configuration = files.filter(({ name }) => name.endsWith(".tf"));
  const tests = files.filter(({ name }) => name.endsWith(".tftest.hcl"));

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

  it("speaks of itself, and of no client file or field of one", () => {
    for (const { content } of [...configuration, ...tests]) {
      expect(content).not.toMatch(/clients\/|docs\/|client file|`[a-z]+\.[A-Za-z.]+`|CDKTF|TypeScript/);
    }
  });

  it("names files that it has in messages of conditions", () => {
    const names = files.map(({ name }) => name);
    for (const { content } of configuration) {
      const messages = [...content.matchAll(/error_message = "(.*)"$/gm)].map(([, message]) => message as string);
      const named = messages.flatMap((message) => message.match(/\b[a-z-]+\.tf\b/g) ?? []);
      expect(named.filter((file) => !names.includes(file))).toEqual([]);
    }
  });

  it("tests every variable that can change, and every data source that has conditions", () => {
    const all = tests.map(({ content }) => content).join("\n");
    const example = files.find(({ name }) => name === "terraform.tfvars.example")?.content ?? "";
    const adjustable = [...example.matchAll(/^# (\w+) +=/gm)];
    const conditional = configuration.flatMap(({ content }) => [
      ...content.matchAll(/^data "(\w+)" "(\w+)" \{(?:(?!^\}).)*postcondition/gms),
    ]);

    expect(adjustable.length).toBeGreaterThan(0);
    expect(adjustable.map(([, name]) => name).filter((name) => !all.includes(`var.${name}`))).toEqual([]);
    expect(
      conditional
        .map(([, type, name]) => `data.${type}.${name}`)
        .filter((address) => !all.includes(`expect_failures = [${address}]`)),
    ).toEqual([]);
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
      expect([type, readme.replaceAll(/\s+/g, " ").includes(text)]).toEqual([type, types.includes(type)]);
    says("Secret access keys are in it", "aws_iam_access_key");
    says("Elastic IP", "aws_eip");
    says("`disable_api_termination`", "aws_instance");
    says("`force_destroy`", "aws_s3_bucket");
    says("Do not add rules inline", "aws_security_group");
    says("raise it by one and apply this stack, which creates the password", "aws_ssm_parameter");
    says("what Ansible has installed on the hosts", "aws_instance");
    says("-replace=aws_iam_access_key", "aws_iam_access_key");
    says("migration user", "mysql_user");
    // The hash of each user's password, which the provider reads back.
    expect(readme.includes("treat the state and plan files as secret")).toBe(
      Object.keys(synthesised.resource ?? {}).includes("mysql_user"),
    );
  });

  it("has a page for what is done seldom, with the commands for its own state", () => {
    const page = files.find(({ name }) => name === "OPERATIONS.md")?.content ?? "";
    const said = page.replaceAll(/\s+/g, " ");
    const { bucket, key } = (synthesised.terraform as unknown as { backend: { s3: Record<string, string> } }).backend
      .s3;

    expect(page).toContain(`--bucket ${bucket} --key ${key} --version-id VERSION good.tfstate`);
    expect(page).toContain("terraform init -migrate-state");
    const types = Object.keys(synthesised.resource ?? {});
    expect(said.includes("**An RDS instance.**")).toBe(types.includes("aws_db_instance"));
    expect(said.includes("It drops the databases with all their data")).toBe(types.includes("mysql_database"));
    // Commands may be longer.
    const prose = page.replaceAll(/```bash.*?```/gs, "").split("\n");
    expect(prose.filter((line) => line.length >= 130)).toEqual([]);
  });

  it("keeps plans and states out of version control, and the lock file in", () => {
    const ignored = files.find(({ name }) => name === ".gitignore")?.content.split("\n");

    expect(ignored).toEqual(expect.arrayContaining([".terraform/", "plan", "*.tfstate"]));
    expect(ignored).not.toContain(".terraform.lock.hcl");
  });
});

it("every file and every note is of use to some client", () => {
  const all = exportedStacks.flatMap(({ files }) => files);

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
    exportedStacks.find(({ name }) => name === stack)?.files.find(({ name }) => name === file)?.content ?? "";
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
  const { files } = exportedStacks.find(({ name }) => name === "example") as (typeof exportedStacks)[0];
  const read = (file: string) => files.find(({ name }) => name === file)?.content;

  expect(read("backend.tf")).toMatch(/backend "s3" \{\n +bucket .*\n +key .*\n +region /);
  expect(read("director.tf")).toMatch(
    /resource "aws_instance" "director" \{\n( +# .*\n)* +ami .*\n +instance_type .*\n +key_name /,
  );
});

it("is what docs/export-as-hcl.md shows", () => {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "export-as-hcl.md"), "utf8");
  const blocks = /```hcl\n(.*?)```/s.exec(page)?.[1]?.split(/(?<=^\}\n)\n/m) ?? [];
  const { files } = exportedStacks.find(({ name }) => name === "example") as (typeof exportedStacks)[0];
  const hosts = files.find(({ name }) => name === "analytics-hosts.tf")?.content ?? "";

  expect(blocks.length).toBe(2);
  expect(blocks.filter((block) => !hosts.includes(block))).toEqual([]);
});

it("is the same on every run", () => {
  const [first] = makeStacks(app(), loadFleet("example"));
  const again = first && exportStack(first, template(first) as unknown as Synthesised);

  expect(again).toEqual(exportedStacks.find(({ name }) => name === "example")?.files);
});

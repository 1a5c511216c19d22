import type { Ci } from "../../config/client";
import { byHand, inCi } from "./ci/readme";
import { asObject } from "./entries";
import { backendOf, type DeployedStack, hasCiRoles, hasMysql, type NamedStack, resourcesOf } from "./named-stack";
import { changesOf } from "./readme-changes";
import { usedOf } from "./readme-used";
import { versionsOf } from "./readme-versions";
import { listed, wrappedProse } from "./wrapped";

/** A file in a README's list. */
interface Listed {
  readonly name: string;
  readonly title: string;
}

/**
 * What the exported folder says of itself to the team that takes it over, and nothing of what is not in it.
 * @param ci that has roles for the client's stacks
 * @param reference tables of inputs and outputs
 * @param together the stacks that are exported together, each into a folder of its own
 */
export function readmeOf(
  stack: DeployedStack,
  files: readonly Listed[],
  ci: Ci | undefined,
  reference: string,
  together: readonly NamedStack[],
): string {
  const { command } = stack.deployed.engine;
  const has = (name: string) => files.some((file) => file.name === name);
  const workflow = files.find(({ name }) => name.startsWith("ci/"))?.name;
  const sections = [
    opening(stack, together),
    whereTheStateIs(stack),
    ...usedOf(stack),
    ...(hasMysql(stack) ? [reachingMysql] : []),
    takingOver(stack),
    versionsOf(stack),
    ...(ci === undefined ? [] : [workflow === undefined ? byHand(command) : inCi(stack.name, ci)]),
    changesOf(stack, together, has("variables.tf")),
    testsWith(command, has("tests/conditions.tftest.hcl")),
    scanners,
    listOf(files),
    reference,
  ];
  return `${wrappedProse(sections.join("\n\n"))}\n`;
}

function opening(stack: NamedStack, together: readonly NamedStack[]): string {
  const table =
    together.length < 2
      ? ""
      : `

It is one of ${together.length} that belong together, each with a state of its own. What is in several is applied in this order:

| folder | |
| --- | --- |
${inOrderOfApplies(together)
  .map((other) => `| [\`${other.name}\`](../${other.name}/README.md) | ${purposeOf(other)} |`)
  .join("\n")}`;
  return `# ${stack.name}

Open edX Analytics on AWS: ${purposeOf(stack)}.

This is a Terraform root module. It was exported from CDKTF modules in TypeScript, which are not needed any more: the
addresses are the same, so it works on the existing state.${table}`;
}

/** The permissions boundary of CI's roles has to exist before the roles that it limits. */
function inOrderOfApplies(stacks: readonly NamedStack[]): NamedStack[] {
  return [...stacks].sort((one, other) => Number(hasCiRoles(other)) - Number(hasCiRoles(one)));
}

function purposeOf(stack: NamedStack): string {
  if (hasMysql(stack)) {
    return "MySQL databases, users and grants";
  }
  if (hasCiRoles(stack)) {
    return "what CI may do in the account";
  }
  return stack.name.startsWith("shared-")
    ? "what the clients of an account and region share, to be destroyed last"
    : "network, hosts, buckets, databases, and who may do what";
}

function whereTheStateIs(stack: NamedStack): string {
  const { bucket, key, region, allowed_account_ids: accounts } = backendOf(stack);
  const keys = Object.values(asObject(resourcesOf(stack).aws_iam_access_key));
  const secrets =
    keys.length === 0
      ? ""
      : keys.every((accessKey) => "pgp_key" in asObject(accessKey))
        ? " Secret access keys are in it encrypted with a PGP key, whose private half alone reads them."
        : " Secret access keys are in it in clear: whoever reads the state can use them.";
  return `## Where the state is

\`s3://${bucket}/${key}\`
in ${region}, account ${String(accounts)}, as \`backend.tf\` says.

It is encrypted, and locked by S3 itself.${secrets}`;
}

function takingOver(stack: DeployedStack): string {
  const { name, command } = stack.deployed.engine;
  const keys = Object.keys(asObject(resourcesOf(stack).aws_iam_access_key));
  const renewed = keys.map((key) => `\`${command} apply -replace=aws_iam_access_key.${key}\``);
  const known = [
    ...(keys.length === 0 ? [] : [`access keys by ${listed(renewed)}`]),
    ...("aws_ssm_parameter" in resourcesOf(stack) || hasMysql(stack) ? ["MySQL's passwords as below"] : []),
    ...("aws_instance" in resourcesOf(stack) ? ["the hosts' `authorized_keys`"] : []),
  ];
  const rights = `Take away the rights of whoever deployed so far: in the account, in the state's bucket, and in the trust of CI's roles.${
    known.length === 0 ? "" : ` Then renew what they know, and configure it where it is used: ${known.join("; ")}.`
  }`;
  return `## Taking over

With ${name} 1.11 or later and credentials ${credentialsOf(stack)}:

\`\`\`bash
${command} init
${command} plan     # No changes. Anything else: stop, and find out why before you apply
\`\`\`

1. Agree with whoever deployed the stack so far that they stop: from now on there is one source, this folder. Two that
   differ undo each other's work at every apply.
2. If that plan has nothing to change, put the folder under version control, with the \`.terraform.lock.hcl\` in it.
3. Delete \`.export.json\`. It only lets the export tell its own files from edited ones, and without it nothing will be
   exported over yours.
4. ${rights}`;
}

/** A state in another account than the stack's comes with a role of the stack's, which does not reach it. */
function credentialsOf(stack: NamedStack): string {
  const { allowed_account_ids: stateAccounts, assume_role: stateRole } = backendOf(stack);
  const [provider] = [asObject(stack.synthesised.provider).aws].flat();
  const { allowed_account_ids: accounts, assume_role: role } = asObject(provider);
  const [assumed] = [role].flat();
  if (assumed === undefined) {
    return `of account ${String(accounts)}`;
  }
  const own =
    stateRole === undefined ? `, and themselves read and write the state in account ${String(stateAccounts)}` : "";
  return `that may assume \`${asObject(assumed).role_arn}\`${own}`;
}

function listOf(files: readonly Listed[]): string {
  return `## Files

| file | |
| --- | --- |
${files.map(({ name, title }) => `| \`${name}\` | ${title} |`).join("\n")}

The runbook that the files' headings name is OpenCraft's "edX AWS Analytics Deployment". Outputs name the variables that they are for: of \`vars-analytics.yml\`, which Ansible's playbooks of edx/configuration take, and of \`emr-vars.yml\`, from which the pipeline starts its clusters.`;
}

const reachingMysql = `## Reaching MySQL

Terraform logs in to MySQL, which has no public address. Run it on the director, or go through it:

\`\`\`bash
ssh -f -N -D 1080 ubuntu@DIRECTOR
export TF_VAR_mysql_proxy=socks5://localhost:1080
\`\`\`

Passwords come from SSM and Secrets Manager, and are in clear in no plan and no state. Their hashes are: the provider reads
them back, so treat the state and plan files as secret. Apply the client's own stack first: it creates the passwords. Do not set
\`TF_LOG\`: at \`DEBUG\` the provider writes its connection, with the password, into the log.`;

/**
 * @param command of the program that the stack was deployed with
 * @param withConditions whether answers of AWS are among what is tested
 */
function testsWith(command: string, withConditions: boolean): string {
  const conditions = withConditions
    ? ", and which answers of AWS stop a plan (each run of these warns of its targets: without them it would open ephemeral resources, of which Terraform has no mocks before 1.17, nor OpenTofu)"
    : "";
  return `## Tests

\`${command} test\`, after \`${command} init\`, runs what is in \`tests\`: which values each variable takes and refuses${conditions}. It needs no credentials and asks AWS for nothing. A case that depends on what was deployed is raised with the variable's default. Not tested are accepted tags, as only refused ones keep the provider from being configured; conditions of resources; and \`prevent_destroy\`, whose error no test can expect.`;
}

const scanners = `## Scanners

checkov, TFLint and terraform-docs find their settings in this folder, and have nothing to say: each finding of checkov that is accepted stands in its block, as \`checkov:skip=<check>: <reason>\`. \`.pre-commit-config.yaml\` runs fmt, validate, TFLint and terraform-docs; a repository has one, so with several folders put their hooks into one at its root.`;

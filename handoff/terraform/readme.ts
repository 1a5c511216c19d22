import type { Ci } from "../../config/client";
import { inCi } from "./ci/readme";
import { asObject } from "./entries";
import { backendOf, type DeployedStack, hasCiRoles, hasMysql, type NamedStack, resourcesOf } from "./named-stack";
import { changesOf } from "./readme-changes";
import { versionsOf } from "./readme-versions";
import { wrapped } from "./wrapped";

/** A file in a README's list. */
interface Listed {
  readonly name: string;
  readonly title: string;
}

/**
 * What the exported folder says of itself to the team that takes it over, and nothing of what is not in it.
 * @param ci whose workflow is in the folder
 * @param reference tables of inputs and outputs
 * @param together the stacks that are exported together, each into a folder of its own, in the order of their applies
 */
export function readmeOf(
  stack: DeployedStack,
  files: readonly Listed[],
  ci: Ci | undefined,
  reference: string,
  together: readonly NamedStack[],
): string {
  const sections = [
    opening(stack, together),
    whereTheStateIs(stack),
    ...(hasMysql(stack) ? [reachingMysql] : []),
    takingOver(stack),
    versionsOf(stack),
    ...(ci === undefined ? [] : [inCi(stack.name, ci)]),
    changesOf(
      stack,
      files.some(({ name }) => name === "variables.tf"),
    ),
    testsWith(stack.deployed.engine.command),
    scanners,
    listOf(files),
    reference,
  ];
  return `${sections.join("\n\n")}\n`;
}

function opening(stack: NamedStack, together: readonly NamedStack[]): string {
  const table =
    together.length < 2
      ? ""
      : `

It is one of ${together.length} that belong together, each with a state of its own, applied in this order:

| folder | |
| --- | --- |
${together.map((other) => `| [\`${other.name}\`](../${other.name}/README.md) | ${purposeOf(other)} |`).join("\n")}`;
  return `# ${stack.name}

Open edX Analytics on AWS: ${purposeOf(stack)}.

This is a Terraform root module. It was exported from CDKTF modules in TypeScript, which are not needed any more: the
addresses are the same, so it works on the existing state.${table}`;
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

${wrapped(`It is encrypted, and locked by S3 itself.${secrets}`)}`;
}

function takingOver(stack: DeployedStack): string {
  const { name, command } = stack.deployed.engine;
  return `## Taking over

${wrapped(`With ${name} 1.11 or later and credentials ${credentialsOf(stack)}:`)}

\`\`\`bash
${command} init
${command} plan     # No changes. Anything else: stop, and find out why before you apply
\`\`\`

1. Agree with whoever deployed the stack so far that they stop: from now on there is one source, this folder. Two that
   differ undo each other's work at every apply.
2. If that plan has nothing to change, put the folder under version control, with the \`.terraform.lock.hcl\` in it.
3. Delete \`.export.json\`. It only lets the export tell its own files from edited ones, and without it nothing will be
   exported over yours.`;
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

The runbook that the files' headings name is OpenCraft's "edX AWS Analytics Deployment".`;
}

const reachingMysql = `## Reaching MySQL

Terraform logs in to MySQL, which has no public address. Run it on the director, or go through it:

\`\`\`bash
ssh -f -N -D 1080 ubuntu@DIRECTOR
export TF_VAR_mysql_proxy=socks5://localhost:1080
\`\`\`

Passwords come from SSM and Secrets Manager, and are in clear in no plan and no state. Their hashes are: the provider reads
them back, so treat the state and plan files as secret. Apply the client's own stack first: it makes the passwords. Do not set
\`TF_LOG\`: at \`DEBUG\` the provider writes its connection, with the password, into the log.`;

/** @param command of the program that the stack was deployed with */
function testsWith(command: string): string {
  return `## Tests

${wrapped(`\`${command} test\`, after \`${command} init\`, runs what is in \`tests\`: which values each variable takes and refuses, and which answers of AWS stop a plan. It needs no credentials and asks AWS for nothing. A case that depends on what was deployed is raised with the variable's default. Not tested are`)}

* tags that are accepted: refused ones keep the provider from being configured, and so every run from AWS;
* conditions of resources, as of the state's place, which are of what AWS made;
* \`prevent_destroy\`, which stops a plan with an error that no test can expect.

${wrapped("Each run of `conditions.tftest.hcl` warns of its targets. Without them a run opens ephemeral resources, of which Terraform has no mocks before 1.17, nor OpenTofu.")}`;
}

const scanners = `## Scanners

${wrapped("checkov, TFLint and terraform-docs find their settings in this folder, and have nothing to say: each finding of checkov that is accepted stands in its block, as `checkov:skip=<check>: <reason>`. `.pre-commit-config.yaml` runs fmt, validate, TFLint and terraform-docs.")}`;

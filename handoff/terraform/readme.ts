import { asObject, type Synthesised } from "./entries";

/** A file in a README's list. */
export interface Listed {
  readonly name: string;
  readonly title: string;
}

/** What the exported folder says of itself to the team that takes it over. */
export function readmeOf(stack: string, synthesised: Synthesised, files: readonly Listed[]): string {
  const {
    bucket,
    key,
    region,
    allowed_account_ids: accounts,
  } = asObject(asObject(asObject(synthesised.terraform).backend).s3);
  const hasMysql = "mysql" in asObject(asObject(synthesised.terraform).required_providers);
  const hasVariables = files.some(({ name }) => name === "variables.tf");
  return `# ${stack}

Open edX Analytics on AWS, one of its stacks as a Terraform root module. It was exported from CDKTF modules in TypeScript,
which are not needed any more: the addresses are the same, so it works on the state that is there.

## Where the state is

\`s3://${bucket}/${key}\`
in ${region}, account ${String(accounts)}, as \`backend.tf\` says.

It is encrypted, and locked by S3 itself. Access keys are in it in clear unless a PGP key encrypted them: whoever reads the
state can use them.

${hasMysql ? mysql : ""}## Taking over

With Terraform 1.11 or later and credentials of the account:

\`\`\`bash
terraform init
terraform plan     # No changes. Anything else: stop, and find out why before you apply
\`\`\`

1. Agree with whoever deployed the stack so far that they stop: from now on there is one source, this folder. Two that
   differ undo each other's work at every apply.
2. If that plan has nothing to change, put the folder under version control, with the \`.terraform.lock.hcl\` that
   \`terraform init\` wrote. It names the version of the AWS provider; keep to the one that the stack was deployed with, as
   a state that a newer major version has written is not read by an older one.
3. Delete \`.export.json\`. It only lets the export tell its own files from edited ones, and without it nothing will be
   exported over yours.

## Changing something

${hasVariables ? changing : "There is nothing in this stack that is worth a variable: edit the files.\n"}
Hosts and databases are numbered, and replaced rather than changed: add \`_2\` beside \`_1\`, set it up, move the address and
the outputs to it, then take the old one's protection away, apply, and remove it.

## What not to do

* **Do not rename** resources, move them into modules or give them \`for_each\` without a \`moved\` block: Terraform would
  destroy the old address and make the new one.
* **Do not change** the backend's key or bucket, the region, or names of buckets, databases, domains and groups: the state,
  or AWS, stands on them.
* **Do not remove \`prevent_destroy\`** to get a plan through. It stands on what holds data or an address. To give such a
  thing up on purpose, take it and the API's own protection (\`deletion_protection\`, \`disable_api_termination\`) away in
  one apply, and the resource in the next. A bucket goes only with \`force_destroy\`, and then with all its objects.
* **Do not add rules inline** to a security group: EMR adds its own, and inline ones would fight them.
* **Do not keep a plan file** where the state would not be kept: it holds the same secrets.

Messages of conditions name fields of the client file that the stack was made from, as in \`network.subnetId\`: look for the
argument of the same meaning beside the condition.

## Files

| file | |
| --- | --- |
${files.map(({ name, title }) => `| \`${name}\` | ${title} |`).join("\n")}

The runbook that the files' headings name is OpenCraft's "edX AWS Analytics Deployment".
`;
}

const mysql = `## Reaching MySQL

Terraform logs in to MySQL, which has no public address. Run it on the director, or go through it:

\`\`\`bash
ssh -f -N -D 1080 ubuntu@DIRECTOR
export TF_VAR_mysql_proxy=socks5://localhost:1080
\`\`\`

Passwords come from SSM and Secrets Manager, and are in clear in no plan and no state. Their hashes are: the provider reads
them back, so treat the state and plan files as secret. Apply the client's own stack first: it makes the passwords. Do not set
\`TF_LOG\`: at \`DEBUG\` the provider writes its connection, with the password, into the log.

`;

const changing = `What can change without replacing anything is a variable with the deployed value as its default; see \`variables.tf\`.
Set it in \`terraform.tfvars\`, and plan:

\`\`\`bash
terraform plan -out=plan
terraform apply plan
\`\`\`

Everything else is a literal where it stands, on purpose: changing it replaces things, or the state depends on it.
`;

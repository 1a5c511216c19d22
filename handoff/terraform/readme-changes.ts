import { asObject } from "./entries";
import { hasCiRoles, hasMysql, type NamedStack, resourcesOf } from "./named-stack";

/** What the README says of changes: which are easy, which take several steps, and which are none. */
export function changesOf(stack: NamedStack, together: readonly NamedStack[], hasVariables: boolean): string {
  const { synthesised } = stack;
  const resources = resourcesOf(stack);
  const text = JSON.stringify(synthesised);
  const has = (type: string) => type in resources;
  const roles = together.find(hasCiRoles);
  const when = (condition: boolean, paragraph: string) => (condition ? [paragraph] : []);
  const paragraphs = [
    "## Changing something",
    hasVariables ? variables : "There are no variables: edit the files.",
    ...when(has("aws_vpc_security_group_ingress_rule"), ranges),
    ...when(has("aws_instance") || has("aws_db_instance"), iterationsOf(together.find(hasMysql)?.name)),
    ...when(has("aws_db_instance") && roles !== undefined, iterationsInCi(roles?.name)),
    ...when(hasMysql(stack), iterationsOfMysql),
    ...when(
      /"(value|password)_wo_version"/.test(text),
      hasMysql(stack) ? passwordsOnServers : passwordsInSsm(together),
    ),
    ...when(hasCiRoles(stack), ciRoles),
    ...when(
      ["moved", "removed", "import"].some((section) => section in synthesised),
      onState,
    ),
    "## What not to do",
    [
      rename,
      names,
      ...when(text.includes('"prevent_destroy":true'), protection(has)),
      ...when(has("aws_security_group"), rules),
      ...when(text.includes('"value_wo"'), writeOnly),
      planFile,
    ].join("\n"),
  ];
  return paragraphs.join("\n\n");
}

const variables = `What can change without replacing anything is a variable with the deployed value as its default; see \`variables.tf\`.
Set it in \`terraform.tfvars\`, of which \`terraform.tfvars.example\` has the deployed values, commit that file, and plan:

\`\`\`bash
terraform fmt
terraform plan -out=plan
terraform apply plan
\`\`\`

Once applied, make it the default in \`variables.tf\`, and a size the lower bound of its validation: sizes only grow. Everything else
is a literal on purpose: changing it replaces things, or the state depends on it.`;

const ranges = "Another range of addresses is another rule: copy the block of one, under another name.";

function iterationsOf(databases: string | undefined): string {
  const [setUp, letGo] =
    databases === undefined
      ? ["", ""]
      : [
          ` (databases and users: \`${databases}\`)`,
          ` Before a database's blocks are removed, \`${databases}\` removes what is on it from its state, as its README says.`,
        ];
  return `Hosts and databases are numbered, each number an *iteration*, and replaced rather than changed: copy the blocks, variables and cases in \`tests\` of one
under the next number, with names of their own, and apply; set it up${setUp}; let the Elastic IP's association and the outputs name it, and
apply; then take the old one's protection away, apply, and remove all of it.${letGo}`;
}

function iterationsInCi(roles = ""): string {
  return `CI's roles know RDS instances, parameter groups and final snapshots by their exact names: copy each line of
\`${roles}/ci-roles.tf\` that names those of the former one (\`db:\`, \`pg:\`, \`snapshot:\`), and apply that stack first. Hosts they know by
their tag.`;
}

const iterationsOfMysql = `A new RDS instance gets its databases and users here: copy the blocks of another under its number, the provider among
them. Before you remove an instance, turn its resources here into \`removed\` blocks with \`destroy = false\`, and apply: later
there is no server to ask.`;

function passwordsInSsm(together: readonly NamedStack[]): string {
  const databases = together.find(hasMysql);
  const users = Object.values(asObject(databases && resourcesOf(databases).mysql_user)).map(
    (user) => asObject(user).user,
  );
  const own = users.includes("edxapp_ro")
    ? ""
    : ` \`edxapp_ro\` is a user of the edxapp server, which no stack here logs in to: its owner sets there, by \`ALTER USER\`, what \`aws ssm get-parameter --with-decryption --name …/mysql/edxapp_ro\` shows.`;
  return `A MySQL user gets another password by its variable \`…_password_version\`: raise it by one and apply this stack, which creates the password; then raise and apply it in ${databases === undefined ? "the databases stack" : `\`${databases.name}\``}. Until then SSM has the new password and the server the old one. Then put the new one wherever the old one is configured.${own}`;
}

const passwordsOnServers = `A MySQL user gets another password by its variable \`…_password_version\`: raise it by one in the client's own stack, which creates
the password, apply that, then raise it here. Passwords that are not generated, as that of edxapp's migration user, have their
variable here alone: put the new one into its parameter in SSM, which \`passwords.tf\` names, and raise it. Then put
the new one wherever the old one is configured. A plan that finds a version not deployed has another number than that stack.`;

const ciRoles = `A person applies this stack, with credentials that may manage roles, policies and the identity provider in IAM: CI must not give itself
rights. The roles trust the CI of one repository: the condition on \`:sub\` in \`ci-roles.tf\` names it. Where the configuration moves to
another, change it there first.`;

const onState = `\`moved\`, \`removed\` and \`import\` blocks have done their work once a plan has nothing to change, whether the state had what they
name or not. Delete them when you like, and with the last \`removed\` block the provider that nothing else refers to.`;

const rename = `* **Do not rename** resources, move them into modules or give them \`for_each\` without a \`moved\` block: Terraform would
  destroy the old address and create the new one.`;

const names = `* **Do not change** the backend's key or bucket, the region, or names of what is in AWS or MySQL: the state, or what exists,
  depends on them.`;

function protection(has: (type: string) => boolean): string {
  const own = [
    ...(has("aws_db_instance") ? ["`deletion_protection`"] : []),
    ...(has("aws_instance") ? ["`disable_api_termination`"] : []),
  ];
  const both = own.length === 0 ? "" : ` and the API's own protection (${own.join(", ")})`;
  const bucket = has("aws_s3_bucket")
    ? " A bucket that has objects is destroyed only with `force_destroy`, and its objects with it."
    : "";
  return `* **Do not remove \`prevent_destroy\`** to get a plan through. It is set on what holds data, an address, what others use, and on security groups, of which AWS changes neither name nor description. To destroy such a resource on purpose, take it${both} away in one apply, and the resource in the next.${bucket}`;
}

const rules = "* **Do not add rules inline** to a security group: EMR adds its own, and inline ones would fight them.";

const writeOnly =
  "* **Do not change** another argument of a parameter that has `value_wo` without raising its `value_wo_version`: AWS would get an empty password. Tags are no such argument.";

const planFile = "* **Do not keep a plan file** where the state would not be kept: it holds what the state holds.";

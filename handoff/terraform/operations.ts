import { asObject } from "./entries";
import { backendOf, type DeployedStack, hasCiRoles, hasMysql, type NamedStack, resourcesOf } from "./named-stack";
import { toNextMajor } from "./readme-versions";
import { listed, wrappedProse } from "./wrapped";

/** What is done seldom, and then has to be right: the page beside the README. */
export function operationsOf(
  stack: DeployedStack,
  together: readonly NamedStack[],
  workflow: string | undefined,
): string {
  const { command } = stack.deployed.engine;
  const sections = [
    `# Operations of ${stack.name}`,
    lossesOf(stack, together, command),
    movingTheState(stack, together, command, workflow),
    ...toNextMajor(stack.deployed),
    destroying(stack, together, command),
  ];
  return `${wrappedProse(sections.join("\n\n"))}\n`;
}

/** A backend takes no variables, so it stands in several files. */
function movingTheState(
  stack: NamedStack,
  together: readonly NamedStack[],
  command: string,
  workflow: string | undefined,
): string {
  const guarded = "aws_s3_objects" in asObject(stack.synthesised.data);
  const roles = together.find(hasCiRoles);
  const places = [
    "`backend.tf`",
    ...(guarded ? ["both blocks in `state.tf` that name it"] : []),
    ...(workflow === undefined ? [] : [`\`PLAN\` and \`STATE_REGION\` in \`${workflow}\` and its copy`]),
    ...(hasCiRoles(stack) ? ["the ARNs of the bucket in `ci-roles.tf`"] : []),
    ...(roles === undefined || hasCiRoles(stack) ? [] : [`the ARNs of the bucket in \`${roles.name}/ci-roles.tf\``]),
  ];
  const own = hasCiRoles(stack) ? " but those of policies that name the bucket: apply them" : "";
  const enable = hasCiRoles(stack)
    ? ["Enable CI's workflow."]
    : roles === undefined
      ? []
      : [`Apply \`${roles.name}\`, whose roles have no right to the new place before, then enable CI's workflow.`];
  const steps = [
    "Create the bucket as the old one is: versioned, encrypted, closed to the public, with its policy, which keeps the hosts' and EMR's roles out (`aws s3api get-bucket-policy`).",
    `Write the new bucket or key, and its region where that is another, into ${listed(places)}.`,
    `\`${command} init -migrate-state\`, then \`${command} plan\`: no changes${own}.`,
    ...enable,
    `Delete the old object, as whoever has an old checkout would go on with it, and the plans that CI kept, which hold what the state holds:
   \`\`\`bash
   aws s3 rm s3://${String(backendOf(stack).bucket)}/${String(backendOf(stack).key)}
   aws s3 rm --recursive s3://${String(backendOf(stack).bucket)}/plans/${stack.name}/
   \`\`\``,
  ];
  const guard = guarded
    ? " With `backend.tf` alone changed, `state.tf` still finds the old state, and a plan on the new, empty one would create everything again."
    : "";
  return `## Moving the state

Stop all plans and applies meanwhile, and disable CI's workflow.${guard}

${numbered(steps)}`;
}

function lossesOf(stack: NamedStack, together: readonly NamedStack[], command: string): string {
  const { bucket, key, region } = backendOf(stack);
  const has = (type: string) => type in resourcesOf(stack);
  return [
    "## When something is lost",
    `**The state.** The bucket keeps its former versions. The last one of an apply is complete:

\`\`\`bash
aws s3api list-object-versions --region ${region} --bucket ${bucket} --prefix ${key} --output table \\
  --query "Versions[?Key=='${key}'].[LastModified,VersionId,Size]"
aws s3api get-object --region ${region} --bucket ${bucket} --key ${key} --version-id VERSION good.tfstate
${command} state push good.tfstate   # -force where its serial is older
rm good.tfstate
\`\`\``,
    ...(has("aws_db_instance") ? [lostDatabase(command, together.some(hasCiRoles))] : []),
    ...(has("aws_instance")
      ? ["**A host.** A plan creates it again, with an empty disk and another private address. Then run Ansible."]
      : []),
    ...(hasMysql(stack) ? [lostServer(command), restoredDatabases] : []),
    `**A run that was killed** leaves a lock: \`${command} force-unlock ID\`, with the id that the next plan names, once nothing runs any more.`,
  ].join("\n\n");
}

/** @param inCi whether there is a CI, whose roles know no snapshots */
function lostDatabase(command: string, inCi: boolean): string {
  const byHand = inCi ? " CI may not restore: apply this by hand, with its workflow disabled." : "";
  return `**An RDS instance.** Do not apply: a plan would create an empty one under its name. \`aws rds describe-db-snapshots\` lists what can be
restored. Add an instance under the next number, as README.md says, with \`snapshot_identifier\` and the version, master user and storage of the lost
one. \`${command} state rm\` the lost one, and remove its blocks.${byHand}`;
}

function lostServer(command: string): string {
  return `**A server that is lost**: no plan works until what was on it is removed from the state. Of the first one:
\`${command} state rm $(${command} state list | grep '^mysql_.*\\.analytics_1_')\`, and remove its blocks, its data sources and its provider.`;
}

const restoredDatabases = `**A database that RDS has restored** has its users and grants. Give the blocks that you copy for the new instance \`import\` blocks: the id of
a database is its name, of a user \`user@host\`, of a grant \`user@host@database@*\`.`;

function destroying(stack: NamedStack, together: readonly NamedStack[], command: string): string {
  const resources = resourcesOf(stack);
  const merged = Object.keys(asObject(resources.aws_s3_bucket_policy)).find((name) => name.includes("merged"));
  const first = [
    ...(merged === undefined
      ? []
      : [`\`${command} state rm aws_s3_bucket_policy.${merged}\`: the policy has unmanaged statements.`]),
    ...Object.keys(asObject(resources.aws_iam_service_linked_role)).map(
      (name) =>
        `If the account has other Elasticsearch or OpenSearch domains in a VPC, in any region: \`${command} state rm aws_iam_service_linked_role.${name}\`. They use the role too, of which an account has one, and AWS does not delete it before them. Their owner may import it, by its ARN.`,
    ),
    ...("edxapp_database_attach_command" in asObject(stack.synthesised.output)
      ? ["Take the security group of `emr_rds_security_group_id` off edxapp's RDS: AWS destroys no group in use."]
      : []),
  ];
  const order = inOrderOfDestroying(together.length === 0 ? [stack] : together).map(({ name }) => `\`${name}\``);
  const steps = [
    ...("aws_instance" in resources
      ? [
          "End what runs: Jenkins' jobs and EMR's clusters, whose instances hold the security groups, and CI's workflow.",
        ]
      : []),
    "Take `prevent_destroy` away, and the API's own protection; give buckets `force_destroy = true`; apply. From now on buckets are destroyed with all their objects.",
    ...first,
    `\`${command} destroy\`${order.length > 1 ? `, in this order: ${order.join(", ")}` : ""}.`,
  ];
  const dropped = hasMysql(stack) ? " It drops the databases with all their data, and the users." : "";
  return `## Destroying everything

${numbered(steps)}

What remains: what is used and not managed, parameters of SSM among it, RDS's final snapshots, and the objects of the state and of CI's plans with their versions.${dropped}`;
}

/** Databases while their server exists; CI's roles and their boundary last. */
function inOrderOfDestroying(stacks: readonly NamedStack[]): NamedStack[] {
  const rank = (stack: NamedStack) => (hasMysql(stack) ? 0 : hasCiRoles(stack) ? 2 : 1);
  return [...stacks].sort((one, other) => rank(one) - rank(other));
}

function numbered(steps: readonly string[]): string {
  return steps.map((step, index) => `${index + 1}. ${step}`).join("\n");
}

import type { Attributes } from "../../resources/attributes";
import type { StackResource } from "../../resources/stack-resources";
import { resourceTypeOf } from "../../resources/types";
import { fieldOf } from "../client-fields";
import type { Finding } from "../findings";
import { ask, type Context, nameAnswer } from "./finding";

/**
 * What to write into the file where a name is taken.
 * @param field the resource's, where it has one
 */
type Fix = (field: string, given: Attributes) => string;

const orNaming = ', or `naming` to "prefixed"';
const orShare = ", or share them through a shared stack";
const asItIs = "or use it as it is: docs/adding-a-client.md";

/** By the address of the resource; the first that fits. */
const fixes: readonly (readonly [address: RegExp, fix: string | Fix])[] = [
  [/^aws_iam_policy\.emr_provisioning$/, `Set \`hosts.role.policyName\`${orNaming}`],
  [/^aws_iam_policy\.emr_roles_/, `Set \`elasticsearch.policyName\`${orNaming}`],
  [/^aws_iam_\w+\.emr_provisioning$/, `Set \`hosts.role.name\`${orNaming}`],
  [/^aws_iam_\w+\.director/, `Set \`director.passwordReader.roleName\`${orNaming}`],
  [/^aws_iam_user\.elasticsearch/, `Set \`elasticsearch.userName\`${orNaming}`],
  [/^aws_iam_user\.reports/, `Set \`buckets.apiReports.userName\`${orNaming}`],
  [/^aws_iam_\w+\.emr_roles_/, `Set \`emr.roles\` to { existing: true }${orShare}`],
  [/^aws_security_group\.(analytics|director|database_emr_rds)$/, (field) => `Set \`${field}.name\`, ${asItIs}`],
  [/^aws_security_group\.elasticsearch$/, (field) => `Set \`${field}.name\``],
  [
    /^aws_iam_service_linked_role\.elasticsearch_service_role$/,
    "Set `elasticsearch.vpc.serviceRole` to { existing: true }, or, in a shared stack's file, remove `elasticsearch.serviceRole`",
  ],
  [/^aws_security_group\.emr_additional_/, "Rename it, or the client"],
  [/^aws_security_group\./, `Set \`emr.securityGroups\` to { existing: true }${orShare}`],
  [/^aws_key_pair\./, (field, { key_name }) => `Set \`${field}\` to { existing: "${key_name}" } to use it`],
  [/^aws_db_instance\./, (field) => `Set \`${field}.identifier\``],
  [/^aws_db_parameter_group\./, (field) => `Set \`${field}.identifier\`, or delete the group`],
  [/^aws_db_subnet_group\./, "Rename the client, or delete the group"],
  [
    /^aws_s3_bucket\./,
    (field, { bucket }) => `Set \`${field}.name\`, or \`${field}: { existing: "${bucket}" }\` to use it as it is`,
  ],
  [/^aws_elasticsearch_domain\./, "Set `elasticsearch.domainName`, or rename the client"],
  [
    /^aws_ssm_parameter\./,
    (_, { name }) => `Delete it if nobody needs it: \`aws ssm delete-parameter --name ${name}\``,
  ],
];

/** As `fixes`, of a shared stack, which manages what others would share. */
const sharedFixes: typeof fixes = [
  [/^aws_iam_\w+\.emr_roles_/, "Set `emr.roles` to { existing: true }"],
  [/^aws_security_group\./, "Delete it when no cluster uses it"],
];

/** Whether the stack can have the names that its resources have. */
export async function* nameFindings(context: Context): AsyncGenerator<Finding> {
  const { lookUp, kind, name } = context;
  for (const resource of lookUp.resources.all) {
    const unique = resourceTypeOf(resource.type)?.uniqueName;
    if (unique !== undefined) {
      const outcome = await lookUp.outcome(resource.address);
      const taken = String(resource.arguments[unique.argument]);
      const fix = fixOf(resource, kind === "client" ? fixes : sharedFixes);
      yield await ask(`${unique.word} ${taken}`, () =>
        nameAnswer(context, resource.address, outcome, taken.startsWith(`${name}-`) ? fix.replace(orNaming, "") : fix),
      );
    }
  }
}

function fixOf({ address, arguments: given }: StackResource, known: typeof fixes): string {
  const [, fix = "Delete it, or rename the client"] = known.find(([pattern]) => pattern.test(address)) ?? [];
  return typeof fix === "string" ? fix : fix(fieldOf(address), given);
}

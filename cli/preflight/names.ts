import type { StackResource } from "../../resources/stack-resources";
import { resourceTypeOf } from "../../resources/types";
import { fieldOf } from "../client-fields";
import { ask, type Context, type Finding, nameAnswer } from "./finding";

const orNaming = 'or `naming` to "prefixed"';
const asItIs = "or use it as it is: docs/adding-a-client.md";

/** @param part what the first group of the address's pattern has */
type Fix = (resource: StackResource, part: string, kind: Context["kind"]) => string;

/** What to write into the file where a name is taken, by the address of the resource; the first that fits. */
const fixes: readonly (readonly [address: RegExp, fix: Fix])[] = [
  [/^aws_iam_policy\.emr_provisioning$/, () => `Set \`hosts.role.policyName\`, ${orNaming}`],
  [/^aws_iam_policy\.emr_roles_/, () => `Set \`elasticsearch.policyName\`, ${orNaming}`],
  [/^aws_iam_\w+\.emr_provisioning$/, () => `Set \`hosts.role.name\`, ${orNaming}`],
  [/^aws_iam_\w+\.director/, () => `Set \`director.passwordReader.roleName\`, ${orNaming}`],
  [/^aws_iam_user\.elasticsearch/, () => `Set \`elasticsearch.userName\`, ${orNaming}`],
  [/^aws_iam_user\.reports/, () => `Set \`buckets.apiReports.userName\`, ${orNaming}`],
  [
    /^aws_iam_\w+\.emr_roles_/,
    (_, __, kind) =>
      kind === "shared-stack"
        ? "Set `emr.roles` to { existing: true }"
        : "Set `emr.roles` to { existing: true }, or share them through a shared stack",
  ],
  [
    /^aws_security_group\.(analytics|director|database_emr_rds)$/,
    ({ address }) => `Set \`${fieldOf(address)}.name\`, ${asItIs}`,
  ],
  [/^aws_security_group\.emr_additional_/, () => "Rename it, or the client"],
  [
    /^aws_security_group\./,
    (_, __, kind) =>
      kind === "shared-stack"
        ? "Delete it when no cluster uses it"
        : "Set `emr.securityGroups` to { existing: true }, or share them through a shared stack",
  ],
  [
    /^aws_key_pair\.(analytics|director)/,
    ({ arguments: { key_name } }, host) =>
      `Set \`${host === "director" ? host : "hosts"}.keyPair\` to { existing: "${key_name}" } to use it`,
  ],
  [/^aws_db_instance\./, ({ address }) => `Set \`${fieldOf(address)}.identifier\``],
  [
    /^aws_db_parameter_group\.database_(\d+)/,
    (_, key) => `Set \`database.iterations.${key}.identifier\`, or delete the group`,
  ],
  [/^aws_db_subnet_group\./, () => "Rename the client, or delete the group"],
  [
    /^aws_s3_bucket\./,
    ({ address, arguments: { bucket } }) =>
      `Set \`${fieldOf(address)}.name\`, or \`${fieldOf(address)}: { existing: "${bucket}" }\` to use it as it is`,
  ],
  [/^aws_elasticsearch_domain\./, () => "Set `elasticsearch.domainName`, or rename the client"],
  [
    /^aws_ssm_parameter\./,
    ({ arguments: { name } }) => `Delete it if nobody needs it: \`aws ssm delete-parameter --name ${name}\``,
  ],
];

/** Whether the stack can have the names that its resources have. */
export async function* nameFindings(context: Context): AsyncGenerator<Finding> {
  const { lookUp } = context;
  for (const resource of lookUp.resources.all()) {
    const unique = resourceTypeOf(resource.type)?.uniqueName;
    if (unique !== undefined) {
      const outcome = await lookUp.outcome(resource.address);
      yield await ask(`${unique.word} ${resource.arguments[unique.argument]}`, () =>
        nameAnswer(context, resource.address, outcome, fixOf(resource, context.kind)),
      );
    }
  }
}

function fixOf(resource: StackResource, kind: Context["kind"]): string {
  for (const [address, fix] of fixes) {
    const match = address.exec(resource.address);
    if (match) {
      return fix(resource, match[1] ?? "", kind);
    }
  }
  return "Delete it, or rename the client";
}

import type { StackResource } from "../../resources/stack-resources";
import { ask, type Context, type Finding, nameAnswer } from "./finding";

/** Types whose names are unique in an account, a region, a VPC or the world: the word for one, and the argument of its name. */
const named: Readonly<Record<string, readonly [word: string, argument: string]>> = {
  aws_iam_role: ["role", "name"],
  aws_iam_instance_profile: ["profile", "name"],
  aws_iam_policy: ["policy", "name"],
  aws_iam_user: ["user", "name"],
  aws_security_group: ["group", "name"],
  aws_key_pair: ["key pair", "key_name"],
  aws_db_instance: ["RDS", "identifier"],
  aws_db_subnet_group: ["subnet group", "name"],
  aws_db_parameter_group: ["parameter group", "name"],
  aws_s3_bucket: ["bucket", "bucket"],
  aws_elasticsearch_domain: ["domain", "domain_name"],
  aws_cloudwatch_log_group: ["log group", "name"],
  aws_ssm_parameter: ["parameter", "name"],
};

const orNaming = 'or `naming` to "prefixed"';
const asItIs = "or use it as it is: docs/adding-a-client.md";

/** @param part what the first group of the address's pattern has */
type Fix = (resource: StackResource, part: string, kind: Context["kind"]) => string;

/** What to write into the file where a name is taken, by the address of the resource; the first that fits. */
const fixes: readonly (readonly [address: RegExp, fix: Fix])[] = [
  [/^aws_iam_policy\.emr_provisioning$/, () => `Set \`names.provisionPolicy\`, ${orNaming}`],
  [/^aws_iam_policy\.emr_roles_/, () => `Set \`names.elasticsearchPolicy\`, ${orNaming}`],
  [/^aws_iam_\w+\.emr_provisioning$/, () => `Set \`names.analyticsRole\`, ${orNaming}`],
  [/^aws_iam_\w+\.director/, () => `Set \`names.directorRole\`, ${orNaming}`],
  [/^aws_iam_user\.(elasticsearch|reports)/, (_, user) => `Set \`names.${user}User\`, ${orNaming}`],
  [
    /^aws_iam_\w+\.emr_roles_/,
    (_, __, kind) =>
      kind === "shared"
        ? 'Set `emrRoles` to "existing"'
        : 'Set `emr.roles` to "existing", or share them through a shared stack',
  ],
  [/^aws_security_group\.(analytics|director)$/, (_, group) => `Set \`names.${group}SecurityGroup\`, ${asItIs}`],
  [/^aws_security_group\.database_emr_rds$/, () => `Set \`names.emrRdsSecurityGroup\`, ${asItIs}`],
  [/^aws_security_group\.emr_additional_/, () => "Rename it, or the client"],
  [
    /^aws_security_group\./,
    (_, __, kind) =>
      kind === "shared"
        ? "Delete it when no cluster uses it"
        : 'Set `emr.securityGroups` to "existing", or share them through a shared stack',
  ],
  [
    /^aws_key_pair\.(analytics|director)/,
    ({ arguments: { key_name } }, host) =>
      `Set \`${host === "director" ? host : "hosts"}.keyPair\` to { existing: "${key_name}" } to use it`,
  ],
  [/^aws_db_instance\.database_(\w+)$/, (_, key) => `Set \`database.iterations.${key}.identifier\``],
  [
    /^aws_db_parameter_group\.database_(\d+)/,
    (_, key) => `Set \`database.iterations.${key}.identifier\`, or delete the group`,
  ],
  [/^aws_db_subnet_group\./, () => "Rename the client, or delete the group"],
  [
    /^aws_s3_bucket\.buckets_(\w+)$/,
    (_, key) => {
      const field = `buckets.${key.replaceAll(/_(\w)/g, (__, letter: string) => letter.toUpperCase())}`;
      return `Set \`${field}.name\`, or \`${field}.create: false\` to use it as it is`;
    },
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
    const [word, argument] = named[resource.type] ?? [];
    if (word !== undefined && argument !== undefined) {
      const outcome = await lookUp.outcome(resource.address);
      yield await ask(`${word} ${resource.arguments[argument]}`, () =>
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

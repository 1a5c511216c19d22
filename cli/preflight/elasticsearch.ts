import { attributesOf } from "../../resources/attributes";
import { type Answer, type Finding, ok, refused } from "../findings";
import { ask, type Context } from "./finding";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html: AWS grants no more. */
const mostPolicies = 10;

/** What AWS offers for the stack's domain, and room for the policy by which domains write their logs. */
export async function* elasticsearchFindings(context: Context): AsyncGenerator<Finding> {
  const { aws, lookUp } = context;
  for (const { arguments: given } of lookUp.resources.of("aws_elasticsearch_domain")) {
    const [name, version] = [String(given.domain_name), String(given.elasticsearch_version)];
    const instanceType = String(attributesOf(given.cluster_config).instance_type);
    yield await ask(`Elasticsearch ${version}`, async () => {
      if ((await aws.elasticsearch.domain(name)) !== undefined) {
        return ok(`is what ${name} was made with`);
      }
      const versions = await aws.elasticsearch.versions();
      return versions.includes(version)
        ? ok(`is offered in ${aws.region}`)
        : refused(
            `is not offered in ${aws.region} any more. A release that uses ${versions[0] ?? "a later one"} is needed: docs/versioning.md.`,
          );
    });
    yield await ask(instanceType, async () => {
      if ((await aws.elasticsearch.domain(name))?.ElasticsearchClusterConfig?.InstanceType === instanceType) {
        return ok(`is what ${name} has`);
      }
      const types = await aws.elasticsearch.instanceTypes(version);
      const wanted = `in ${aws.region} with Elasticsearch ${version}`;
      const offered = types.join(", ") || "there is none";
      return types.includes(instanceType)
        ? ok(`is offered ${wanted}`)
        : refused(`is not offered ${wanted}. Change \`elasticsearch.instanceType\`: ${offered}.`);
    });
  }
  for (const { arguments: given } of lookUp.resources.of("aws_cloudwatch_log_resource_policy")) {
    yield await ask("log resource policies", () => policyAnswer(context, String(given.policy_name)));
  }
}

async function policyAnswer({ aws, kind }: Context, name: string): Promise<Answer> {
  const names = (await aws.logs.resourcePolicies()).map(({ policyName }) => policyName);
  if (names.includes(name)) {
    return ok(`${name} exists`);
  }
  const used = `${names.length} of ${mostPolicies} are in use`;
  const instead =
    kind === "shared-stack"
      ? ""
      : ", or set `elasticsearch.applicationLogs.resourcePolicy` to { existing: true } if one of them lets es.amazonaws.com write";
  return names.length < mostPolicies
    ? ok(`${used}, 1 wanted`)
    : refused(
        `${used} in ${aws.region}, and AWS grants no more: ${names.join(", ")}. Delete one that nothing needs${instead}.`,
      );
}

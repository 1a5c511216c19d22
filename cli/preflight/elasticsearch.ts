import { elasticsearchServiceRole } from "../../modules/service-role-names";
import { attributesOf } from "../../resources/attributes";
import { type Answer, type Finding, ok, refused, warning } from "../findings";
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
  yield* placeFindings(context);
  for (const { arguments: given } of lookUp.resources.of("aws_cloudwatch_log_resource_policy")) {
    yield await ask("log resource policies", () => policyAnswer(context, String(given.policy_name)));
  }
}

/** Where the domain is, and what one in a VPC needs. */
async function* placeFindings({ aws, lookUp }: Context): AsyncGenerator<Finding> {
  for (const { arguments: given } of lookUp.resources.of("aws_elasticsearch_domain")) {
    const wantsVpc = given.vpc_options !== undefined;
    const name = String(given.domain_name);
    yield await ask(`place of ${name}`, async () => {
      const existing = await aws.elasticsearch.domain(name);
      const wanted = wantsVpc ? "in the VPC" : "at a public endpoint";
      if (existing === undefined || (existing.VPCOptions?.SubnetIds ?? []).length > 0 === wantsVpc) {
        return ok(`is ${wanted}`);
      }
      const found = `is ${wantsVpc ? "at a public endpoint" : "in a VPC"}, and the file wants it ${wanted}`;
      return attributesOf(given.lifecycle).prevent_destroy === true
        ? refused(
            `${found}: AWS moves no domain. Correct \`elasticsearch.vpc\`; docs/operations.md says how a domain is replaced.`,
          )
        : warning(
            `${found}: the deploy replaces it, and its index is lost. docs/operations.md says how it is written again.`,
          );
    });
    const subnet = lookUp.resources.lookedUp.find(({ address }) => address === "data.aws_subnet.elasticsearch_subnet");
    if (subnet) {
      const id = String(subnet.arguments.id);
      yield await ask(`subnet ${id}`, async () => {
        const [found, vpcId] = [await aws.ec2.subnet(id), await lookUp.vpcId()];
        return found !== undefined && found.VpcId === vpcId
          ? ok(`exists: ${found.AvailabilityZone}`)
          : refused(
              `${found === undefined ? "does not exist" : `is in ${found.VpcId}, the client in ${vpcId}`}. Correct \`elasticsearch.vpc.subnetId\`.`,
            );
      });
    }
    if (wantsVpc && lookUp.resources.of("aws_iam_service_linked_role").length === 0) {
      yield await ask(`role ${elasticsearchServiceRole.name}`, async () =>
        (await aws.iam.role(elasticsearchServiceRole.name))
          ? ok("exists")
          : refused(
              `does not exist. Create it with \`aws iam create-service-linked-role --aws-service-name ${elasticsearchServiceRole.service}\`, or set \`elasticsearch.serviceRole\` in the shared stack's file.`,
            ),
      );
    }
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
    ? ok(`${used}, the stack needs 1`)
    : refused(
        `${used} in ${aws.region}, and AWS grants no more: ${names.join(", ")}. Delete one that nothing needs${instead}.`,
      );
}

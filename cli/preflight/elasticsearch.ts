import {
  DescribeElasticsearchDomainCommand,
  ListTagsCommand,
  paginateListElasticsearchInstanceTypes,
} from "@aws-sdk/client-elasticsearch-service";
import { logPolicyName } from "../../clients/config/names";
import type { Elasticsearch } from "../../clients/config/resolve";
import { pages } from "../pages";
import { absent, ask, type Context, type Finding, nameIsFree, ok, refused } from "./finding";
import { logPolicyFinding } from "./logs";

/** The domain's name, of which a region has one each, what AWS offers there, and room for the policy of its logs. */
export async function* elasticsearchFindings(context: Context, domain: Elasticsearch): AsyncGenerator<Finding> {
  const { aws, region } = context;
  const find = async () => {
    const command = new DescribeElasticsearchDomainCommand({ DomainName: domain.domainName });
    const answer = await aws.askIfThere(
      "es:DescribeElasticsearchDomain",
      aws.elasticsearch.send(command),
      absent.domain,
    );
    return answer?.DomainStatus;
  };
  yield await ask(`domain ${domain.domainName}`, async () => {
    const arn = (await find())?.ARN;
    const tags =
      arn && (await aws.ask("es:ListTags", aws.elasticsearch.send(new ListTagsCommand({ ARN: arn })))).TagList;
    return nameIsFree(
      context,
      arn === undefined ? undefined : tags || [],
      "Set `elasticsearch.domainName`, or rename the client",
      ["aws_elasticsearch_domain", domain.domainName],
    );
  });
  yield await ask(domain.instanceType, async () => {
    if ((await find())?.ElasticsearchClusterConfig?.InstanceType === domain.instanceType) {
      return ok(`is what ${domain.domainName} has`);
    }
    const types: string[] = await aws.ask(
      "es:ListElasticsearchInstanceTypes",
      pages(
        paginateListElasticsearchInstanceTypes({ client: aws.elasticsearch }, { ElasticsearchVersion: domain.version }),
        (page) => page.ElasticsearchInstanceTypes,
      ),
    );
    const wanted = `in ${region} with Elasticsearch ${domain.version}`;
    return types.includes(domain.instanceType)
      ? ok(`is offered ${wanted}`)
      : refused(
          `is not offered ${wanted}. Change \`elasticsearch.instanceType\`: ${types.join(", ") || "there is none"}.`,
        );
  });
  if (domain.applicationLogs && domain.logResourcePolicy === "create") {
    yield await logPolicyFinding(
      context,
      logPolicyName(context.name),
      'Delete one that nothing needs, or set `elasticsearch.logResourcePolicy` to "existing" if one of them lets es.amazonaws.com write',
    );
  }
}

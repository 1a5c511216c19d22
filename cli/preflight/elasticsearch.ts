import {
  DescribeElasticsearchDomainCommand,
  ListElasticsearchInstanceTypesCommand,
  ListTagsCommand,
} from "@aws-sdk/client-elasticsearch-service";
import type { Elasticsearch } from "../../clients/config/resolve";
import { absent, ask, type Context, type Finding, nameIsFree, ok, refused } from "./finding";

/** The domain's name, of which a region has one each, and what AWS offers there. */
export async function* elasticsearchFindings(context: Context, domain: Elasticsearch): AsyncGenerator<Finding> {
  const { aws, region } = context;
  yield await ask(`domain ${domain.domainName}`, async () => {
    const command = new DescribeElasticsearchDomainCommand({ DomainName: domain.domainName });
    const found = await aws.askIfThere(
      "es:DescribeElasticsearchDomain",
      aws.elasticsearch.send(command),
      absent.domain,
    );
    const arn = found?.DomainStatus?.ARN;
    const tags =
      arn && (await aws.ask("es:ListTags", aws.elasticsearch.send(new ListTagsCommand({ ARN: arn })))).TagList;
    return nameIsFree(
      context,
      arn === undefined ? undefined : tags || [],
      "Set `elasticsearch.domainName`, or rename the client",
    );
  });
  yield await ask(domain.instanceType, async () => {
    const types: string[] = [];
    let NextToken: string | undefined;
    do {
      const answer = await aws.ask(
        "es:ListElasticsearchInstanceTypes",
        aws.elasticsearch.send(
          new ListElasticsearchInstanceTypesCommand({ ElasticsearchVersion: domain.version, NextToken }),
        ),
      );
      types.push(...(answer.ElasticsearchInstanceTypes ?? []));
      NextToken = answer.NextToken;
    } while (NextToken !== undefined);
    const wanted = `in ${region} with Elasticsearch ${domain.version}`;
    return types.includes(domain.instanceType)
      ? ok(`is offered ${wanted}`)
      : refused(
          `is not offered ${wanted}. Change \`elasticsearch.instanceType\`: ${types.join(", ") || "there is none"}.`,
        );
  });
}

import {
  DescribeElasticsearchDomainCommand,
  type ElasticsearchDomainStatus,
  type ElasticsearchServiceClient,
  ListTagsCommand,
  paginateListElasticsearchInstanceTypes,
  type Tag,
} from "@aws-sdk/client-elasticsearch-service";
import { pages, type Questions } from "./questions";

/** What is asked of the Elasticsearch service. */
export class Elasticsearch {
  constructor(
    private readonly client: ElasticsearchServiceClient,
    private readonly questions: Questions,
  ) {}

  async domain(name: string): Promise<ElasticsearchDomainStatus | undefined> {
    const answer = await this.questions.find("es:DescribeElasticsearchDomain", name, () =>
      this.client.send(new DescribeElasticsearchDomainCommand({ DomainName: name })),
    );
    return answer?.DomainStatus;
  }

  async tags(arn: string): Promise<readonly Tag[]> {
    const { TagList = [] } = await this.questions.ask("es:ListTags", arn, () =>
      this.client.send(new ListTagsCommand({ ARN: arn })),
    );
    return TagList;
  }

  /** Instance types that the region offers with a version. */
  instanceTypes(version: string): Promise<readonly string[]> {
    return this.questions.ask("es:ListElasticsearchInstanceTypes", version, () =>
      pages(
        paginateListElasticsearchInstanceTypes({ client: this.client }, { ElasticsearchVersion: version }),
        (page) => page.ElasticsearchInstanceTypes,
      ),
    );
  }
}

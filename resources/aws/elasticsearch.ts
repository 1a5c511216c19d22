import {
  DescribeElasticsearchDomainCommand,
  type ElasticsearchServiceClient,
  ListTagsCommand,
  paginateListElasticsearchInstanceTypes,
} from "@aws-sdk/client-elasticsearch-service";
import { Service } from "./service";

/** What is asked of the Elasticsearch service. */
export class Elasticsearch extends Service<ElasticsearchServiceClient> {
  readonly domain = this.find(
    "es:DescribeElasticsearchDomain",
    (DomainName: string) => new DescribeElasticsearchDomainCommand({ DomainName }),
    ({ DomainStatus }) => DomainStatus,
  );
  readonly tags = this.ask(
    "es:ListTags",
    (ARN: string) => new ListTagsCommand({ ARN }),
    ({ TagList = [] }) => TagList,
  );
  /** Instance types that the region offers with a version. */
  readonly instanceTypes = this.list(
    "es:ListElasticsearchInstanceTypes",
    (ElasticsearchVersion: string) =>
      paginateListElasticsearchInstanceTypes({ client: this.client }, { ElasticsearchVersion }),
    (page): string[] | undefined => page.ElasticsearchInstanceTypes,
  );
}

import type { ElasticsearchService } from "@aws-sdk/client-elasticsearch-service";
import { Service } from "./service";

/** What is asked of the Elasticsearch service. */
export class Elasticsearch extends Service<ElasticsearchService> {
  readonly domain = this.find(
    "es:DescribeElasticsearchDomain",
    async (DomainName: string) => (await this.client.describeElasticsearchDomain({ DomainName })).DomainStatus,
  );
  /** All domains of the region, OpenSearch's among them. */
  readonly domains = this.ask(
    "es:ListDomainNames",
    async () => (await this.client.listDomainNames({})).DomainNames ?? [],
  );
  readonly tags = this.ask("es:ListTags", async (ARN: string) => (await this.client.listTags({ ARN })).TagList ?? []);
  /** Versions that the region offers for new domains. */
  readonly versions = this.list("es:ListElasticsearchVersions", "ElasticsearchVersions", () =>
    this.client.paginateListElasticsearchVersions({}),
  );
  /** Instance types that the region offers with a version. */
  readonly instanceTypes = this.list<[version: string], "ElasticsearchInstanceTypes", string>(
    "es:ListElasticsearchInstanceTypes",
    "ElasticsearchInstanceTypes",
    (ElasticsearchVersion) => this.client.paginateListElasticsearchInstanceTypes({ ElasticsearchVersion }),
  );
}

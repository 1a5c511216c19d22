import type { EMR } from "@aws-sdk/client-emr";
import { Service } from "./service";

/** What is asked of EMR. */
export class Emr extends Service<EMR> {
  /** Labels of the releases that clusters of the region can be started with, of those that begin with a prefix. */
  readonly releaseLabels = this.list("elasticmapreduce:ListReleaseLabels", "ReleaseLabels", (Prefix: string) =>
    this.client.paginateListReleaseLabels({ Filters: { Prefix } }),
  );
  /** What EMR refuses to start a cluster in, of the account in the region. */
  readonly publicAccessBlock = this.ask(
    "elasticmapreduce:GetBlockPublicAccessConfiguration",
    async () => (await this.client.getBlockPublicAccessConfiguration({})).BlockPublicAccessConfiguration,
  );
}

import type { S3Control as S3ControlClient } from "@aws-sdk/client-s3-control";
import { Service } from "./service";

/** What is asked of S3 about the account as a whole. */
export class S3Control extends Service<S3ControlClient> {
  /** What public access S3 refuses in all buckets of the account, whatever they say themselves. */
  readonly publicAccessBlock = this.find(
    "s3:GetAccountPublicAccessBlock",
    async () =>
      (await this.client.getPublicAccessBlock({ AccountId: this.asker.accountId })).PublicAccessBlockConfiguration,
  );
}

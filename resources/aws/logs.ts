import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { Service } from "./service";

/** What is asked of CloudWatch Logs. */
export class Logs extends Service<CloudWatchLogs> {
  private readonly groups = this.list("logs:DescribeLogGroups", "logGroups", (logGroupNamePrefix: string) =>
    this.client.paginateDescribeLogGroups({ logGroupNamePrefix }),
  );
  readonly tags = this.ask("logs:ListTagsForResource", async (resourceArn: string) => {
    const { tags = {} } = await this.client.listTagsForResource({ resourceArn });
    return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  });
  /** The region's resource policies. */
  readonly resourcePolicies = this.list("logs:DescribeResourcePolicies", "resourcePolicies", () =>
    this.pagesOfPolicies(),
  );

  async group(name: string) {
    return (await this.groups(name)).find(({ logGroupName }) => logGroupName === name);
  }

  /** The SDK has no paginator for these. */
  private async *pagesOfPolicies() {
    let nextToken: string | undefined;
    do {
      const page = await this.client.describeResourcePolicies({ nextToken });
      yield page;
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  }
}

import {
  type CloudWatchLogsClient,
  DescribeResourcePoliciesCommand,
  ListTagsForResourceCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import { Service } from "./service";

/** What is asked of CloudWatch Logs. */
export class Logs extends Service<CloudWatchLogsClient> {
  private readonly groups = this.list(
    "logs:DescribeLogGroups",
    (logGroupNamePrefix: string) => paginateDescribeLogGroups({ client: this.client }, { logGroupNamePrefix }),
    ({ logGroups }) => logGroups,
  );
  readonly tags = this.ask(
    "logs:ListTagsForResource",
    (resourceArn: string) => new ListTagsForResourceCommand({ resourceArn }),
    ({ tags = {} }) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  );
  /** Names of the region's resource policies. */
  readonly resourcePolicies = this.list(
    "logs:DescribeResourcePolicies",
    () => this.pagesOfPolicies(),
    ({ resourcePolicies = [] }) => resourcePolicies.map(({ policyName = "" }) => policyName),
  );

  async group(name: string) {
    return (await this.groups(name)).find(({ logGroupName }) => logGroupName === name);
  }

  /** The SDK has no paginator for these. */
  private async *pagesOfPolicies() {
    let nextToken: string | undefined;
    do {
      const page = await this.client.send(new DescribeResourcePoliciesCommand({ nextToken }));
      yield page;
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  }
}

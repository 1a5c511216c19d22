import {
  type CloudWatchLogsClient,
  DescribeResourcePoliciesCommand,
  ListTagsForResourceCommand,
  type LogGroup,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import { pages, type Questions } from "./questions";

/** What is asked of CloudWatch Logs. */
export class Logs {
  constructor(
    private readonly client: CloudWatchLogsClient,
    private readonly questions: Questions,
  ) {}

  async group(name: string): Promise<LogGroup | undefined> {
    const groups = await this.questions.ask("logs:DescribeLogGroups", name, () =>
      pages(paginateDescribeLogGroups({ client: this.client }, { logGroupNamePrefix: name }), (page) => page.logGroups),
    );
    return groups.find(({ logGroupName }) => logGroupName === name);
  }

  async tags(arn: string): Promise<readonly { readonly Key: string; readonly Value: string }[]> {
    const { tags = {} } = await this.questions.ask("logs:ListTagsForResource", arn, () =>
      this.client.send(new ListTagsForResourceCommand({ resourceArn: arn })),
    );
    return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  }

  /** Names of the region's resource policies; the SDK has no paginator for them. */
  resourcePolicies(): Promise<readonly string[]> {
    return this.questions.ask("logs:DescribeResourcePolicies", "", async () => {
      const names: string[] = [];
      let nextToken: string | undefined;
      do {
        const answer = await this.client.send(new DescribeResourcePoliciesCommand({ nextToken }));
        names.push(...(answer.resourcePolicies ?? []).map(({ policyName = "" }) => policyName));
        nextToken = answer.nextToken;
      } while (nextToken !== undefined);
      return names;
    });
  }
}

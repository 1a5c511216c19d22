import { DescribeResourcePoliciesCommand } from "@aws-sdk/client-cloudwatch-logs";
import { sharedLogPolicyName } from "../../clients/config/names";
import { ask, type Context, type Finding, ok, refused } from "./finding";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html: AWS grants no more. */
const mostPolicies = 10;

/** Room for the CloudWatch Logs resource policy that the shared stack makes for all domains. */
export async function* sharedLogFindings(context: Context): AsyncGenerator<Finding> {
  yield await logPolicyFinding(context, sharedLogPolicyName, "Delete one that nothing needs");
}

/**
 * Whether a resource policy of CloudWatch Logs is there, or has room in the region.
 * @param fix what to do where there is none
 */
export function logPolicyFinding(context: Context, name: string, fix: string): Promise<Finding> {
  const { aws, region } = context;
  return ask("log resource policies", async () => {
    const names: string[] = [];
    let nextToken: string | undefined;
    do {
      const answer = await aws.ask(
        "logs:DescribeResourcePolicies",
        aws.logs.send(new DescribeResourcePoliciesCommand({ nextToken })),
      );
      names.push(...(answer.resourcePolicies ?? []).map(({ policyName = "" }) => policyName));
      nextToken = answer.nextToken;
    } while (nextToken !== undefined);
    if (names.includes(name)) {
      return ok(`${name} is there`);
    }
    return names.length < mostPolicies
      ? ok(`${names.length} of ${mostPolicies} are in use, 1 wanted`)
      : refused(
          `${names.length} of ${mostPolicies} are in use in ${region}, and AWS grants no more: ${names.join(", ")}. ${fix}.`,
        );
  });
}

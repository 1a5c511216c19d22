import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeResourcePoliciesCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { GetOpenIDConnectProviderCommand, IAMClient } from "@aws-sdk/client-iam";
import { mockClient } from "../../test/mock-client";
import { Aws } from "../aws/aws";
import type { LookUp } from "../look-up";
import type { Outcome } from "../outcome";
import { resourceTypeOf } from ".";

const logs = mockClient(CloudWatchLogsClient);
const iam = mockClient(IAMClient);
const aws = new Aws({ name: "acme", accountId: "123456789012" }, "eu-west-1");

/** Looks for a resource that refers to no other. */
function find(type: string, given: Readonly<Record<string, unknown>>): Promise<Outcome> {
  const finder = resourceTypeOf(type)?.find;
  if (typeof finder !== "function") {
    throw new Error(`${type} is not looked for`);
  }
  return finder({ address: `${type}.x`, type, arguments: given }, { aws } as LookUp);
}

describe("what is found", () => {
  it("is a log group of exactly that name, with its tags", async () => {
    logs.on(DescribeLogGroupsCommand).resolves({
      logGroups: [{ logGroupName: "/aws/acme-old" }, { logGroupName: "/aws/acme", logGroupArn: "arn:group" }],
    });
    logs.on(ListTagsForResourceCommand, { resourceArn: "arn:group" }).resolves({ tags: { Client: "acme" } });

    const outcome = await find("aws_cloudwatch_log_group", { name: "/aws/acme" });
    expect(outcome).toMatchObject({ kind: "found", id: "/aws/acme" });
    expect(await ("tags" in outcome ? outcome.tags?.() : undefined)).toEqual([{ Key: "Client", Value: "acme" }]);
    expect(await find("aws_cloudwatch_log_group", { name: "/aws/ac" })).toEqual({ kind: "not-found" });
  });

  it("is a resource policy of CloudWatch Logs, on whichever page", async () => {
    logs.on(DescribeResourcePoliciesCommand).resolves({ resourcePolicies: [], nextToken: "more" });
    logs
      .on(DescribeResourcePoliciesCommand, { nextToken: "more" })
      .resolves({ resourcePolicies: [{ policyName: "elasticsearch-logs" }] });

    expect(await find("aws_cloudwatch_log_resource_policy", { policy_name: "elasticsearch-logs" })).toEqual({
      kind: "found",
      id: "elasticsearch-logs",
    });
  });

  it("is an identity provider, by the ARN that its issuer makes", async () => {
    const arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
    iam.on(GetOpenIDConnectProviderCommand, { OpenIDConnectProviderArn: arn }).resolves({});

    expect(
      await find("aws_iam_openid_connect_provider", { url: "https://token.actions.githubusercontent.com" }),
    ).toMatchObject({ kind: "found", id: arn });
  });
});

import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import type { Construct } from "constructs";
import { PolicyDocument } from "./policy-document";

export interface ElasticsearchLogPolicyProps {
  readonly policyName: string;
  readonly accountId: string;
  readonly region: string;
}

/** Lets Elasticsearch write logs; of such policies a region holds ten, so one covers all domains. */
export function elasticsearchLogPolicy(
  scope: Construct,
  id: string,
  { policyName, accountId, region }: ElasticsearchLogPolicyProps,
): CloudwatchLogResourcePolicy {
  return new CloudwatchLogResourcePolicy(scope, id, {
    policyName,
    policyDocument: new PolicyDocument(scope, `${id}-statements`, {
      statements: [
        {
          effect: "Allow",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"],
          principals: [{ type: "Service", identifiers: ["es.amazonaws.com"] }],
          resources: [`arn:aws:logs:${region}:${accountId}:log-group:/aws/aes/domains/*`],
          condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [accountId] }],
        },
      ],
    }).json,
  });
}

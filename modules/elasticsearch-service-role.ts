import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import type { Construct } from "constructs";

/** By which Elasticsearch makes network interfaces in VPCs; an account has one, which AWS deletes only after the last domain in a VPC. */
export const elasticsearchServiceRole = {
  service: "es.amazonaws.com",
  name: "AWSServiceRoleForAmazonElasticsearchService",
} as const;

/** Makes the account's service-linked role, `AWSServiceRoleForAmazonElasticsearchService`. */
export function makeElasticsearchServiceRole(scope: Construct, id: string): IamServiceLinkedRole {
  return new IamServiceLinkedRole(scope, id, { awsServiceName: elasticsearchServiceRole.service });
}

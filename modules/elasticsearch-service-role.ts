import { IamServiceLinkedRole } from "@cdktf/provider-aws/lib/iam-service-linked-role";
import type { Construct } from "constructs";
import { elasticsearchServiceRole } from "./service-role-names";

/** Makes the account's service-linked role, `AWSServiceRoleForAmazonElasticsearchService`. */
export function makeElasticsearchServiceRole(scope: Construct, id: string): IamServiceLinkedRole {
  return new IamServiceLinkedRole(scope, id, { awsServiceName: elasticsearchServiceRole.service });
}

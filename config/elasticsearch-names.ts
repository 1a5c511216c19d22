/** Where a domain is that has no public endpoint. */
export interface ElasticsearchVpc {
  /** @default - the network's own */
  readonly subnetId?: string;
  readonly securityGroup: { readonly name: string; readonly description: string };
  /** Who manages the account's service-linked role: this stack, or another owner. */
  readonly serviceRole: "managed" | "existing";
}

/** Name of the Elasticsearch domain unless the client file has another (runbook: client-name-analytics-es). */
export function domainName(client: string): string {
  return `${client}-analytics-es`;
}

/** Name of the CloudWatch Logs resource policy of a client's domain, or, without a client, of a shared stack's. */
export function logPolicyName(client?: string): string {
  return client === undefined ? "elasticsearch-logs" : `${client}-elasticsearch-logs`;
}

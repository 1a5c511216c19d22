import type { DnsFields, TlsFields } from "./schema/https";

/** The name of Insights, and who ends TLS there. */
export interface Https {
  /** @default - the record of Insights is made by hand */
  readonly dns?: DnsFields;
  /** @default - no TLS */
  readonly tls?: TlsFields;
  /** @default - the stack has none */
  readonly loadBalancer?: LoadBalancer;
}

/** The load balancer that ends TLS. */
export interface LoadBalancer {
  /** Its own name, and its target group's. */
  readonly name: string;
  readonly securityGroupName: string;
  /** The name of Insights, of its certificate. */
  readonly hostName: string;
  readonly webFrom: readonly string[];
  /** @default - the public subnets of the network's zones */
  readonly subnetIds?: readonly string[];
  /** @default - it has IPv4 addresses alone */
  readonly ipv6?: boolean;
}

/** Name of the load balancer before Insights and of its target group. */
export function loadBalancerName(client: string): string {
  return `${client}-insights`;
}

/** Name of the load balancer's security group. */
export function loadBalancerGroupName(client: string): string {
  return `${client}-insights-load-balancer`;
}

/** Whether Insights has an address of https, and nothing that terminates TLS. */
export function lacksTls({ tls, insightsUrl }: { readonly tls?: TlsFields; readonly insightsUrl?: string }): boolean {
  return tls === undefined && insightsUrl?.startsWith("https:") === true;
}

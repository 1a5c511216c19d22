import type { ClientInput } from "../config/schema/client";

/** A client whose Insights has a record in Route 53. */
export const inRoute53 = { dns: { zone: "example.com", name: "insights.example.com" } } satisfies Partial<ClientInput>;

/** The same, behind a load balancer. */
export const behindLoadBalancer = { ...inRoute53, tls: { on: "load-balancer" } } satisfies Partial<ClientInput>;

/** One behind a load balancer whose name is elsewhere than in Route 53. */
export const externalDns = {
  tls: { on: "load-balancer" },
  configurationFiles: { insightsUrl: "https://insights.example.com" },
} satisfies Partial<ClientInput>;

/** One behind a load balancer that everybody reaches by IPv6 too. */
export const withIpv6 = {
  ...inRoute53,
  tls: { on: "load-balancer", ipv6: true },
  hosts: { keyPair: { existing: "analytics" }, securityGroup: { webFrom: ["0.0.0.0/0", "::/0"] } },
} satisfies Partial<ClientInput>;

import { quoted } from "../jinja";
import type { Sources } from "../sources";
import { Expression } from "../value";

/** The inventory's groups, each of the hosts of a service. */
export const services = ["insights", "analytics_api", "jenkins"] as const;

export type Service = (typeof services)[number];

/**
 * Whether Ansible works on a service's host. Extra variables win over those of an inventory and of a play, so what differs from
 * host to host asks the inventory by itself; `true` where all are on one host.
 */
export function onServiceHost(sources: Sources, service: Service): boolean | Expression {
  return sources.separate ? new Expression(`{{ inventory_hostname in groups[${quoted(service)}] }}`) : true;
}

/** The same of Insights' host. */
export function onInsightsHost(sources: Sources): boolean | Expression {
  return onServiceHost(sources, "insights");
}

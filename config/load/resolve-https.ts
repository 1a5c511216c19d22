import type { Client } from "../client";
import { isExisting } from "../existing";
import { loadBalancerGroupName, loadBalancerName } from "../https-names";
import type { ClientFields } from "../schema/client";
import { managedLoadBalancer } from "../schema/https";

/** The name of Insights, and who ends TLS there. */
export function resolveHttps(
  name: string,
  { dns, tls, hosts: { securityGroup }, configurationFiles }: ClientFields,
): Pick<Client, "dns" | "tls" | "loadBalancer" | "configurationFiles"> {
  const ofDns = dns && `${tls === undefined ? "http" : "https"}://${dns.name}`;
  const balancer = managedLoadBalancer(tls);
  const insightsUrl = configurationFiles.insightsUrl ?? ofDns;
  return {
    ...(dns && { dns }),
    ...(tls && { tls }),
    ...(balancer &&
      insightsUrl !== undefined && {
        loadBalancer: {
          name: loadBalancerName(name),
          securityGroupName: loadBalancerGroupName(name),
          hostName: new URL(insightsUrl).hostname,
          webFrom: isExisting(securityGroup) ? [] : securityGroup.webFrom,
          subnetIds: balancer.subnetIds,
          ipv6: balancer.ipv6,
        },
      }),
    configurationFiles: { ...configurationFiles, ...(insightsUrl !== undefined && { insightsUrl }) },
  };
}

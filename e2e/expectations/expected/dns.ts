import { DescribeAddressesCommand } from "@aws-sdk/client-ec2";
import { ListHostedZonesByNameCommand, ListResourceRecordSetsCommand } from "@aws-sdk/client-route-53";
import type { Client } from "../../../config/client";
import type { Workspace } from "../../harness/workspace";
import type { World } from "../../harness/world";
import { equal } from "../equal";

/** Compares where the record of Insights leads with the client file: the load balancer, or the Elastic IP. */
export async function expectDns(world: World, { dns, loadBalancer }: Client, workspace: Workspace): Promise<void> {
  if (!dns) {
    return;
  }
  const { HostedZones = [] } = await world.route53.send(new ListHostedZonesByNameCommand({ DNSName: dns.zone }));
  const { ResourceRecordSets = [] } = await world.route53.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: HostedZones[0]?.Id }),
  );
  const record = ResourceRecordSets.find(({ Name, Type }) => Name === `${dns.name}.` && Type === "A");
  const { Addresses = [] } = await world.ec2.send(new DescribeAddressesCommand({}));
  const { load_balancer_dns_name: balancer } = await workspace.outputs();
  equal(
    `where ${dns.name} leads`,
    record?.AliasTarget?.DNSName?.replace(/\.$/, "") ?? record?.ResourceRecords?.[0]?.Value,
    loadBalancer ? balancer : Addresses[0]?.PublicIp,
  );
}

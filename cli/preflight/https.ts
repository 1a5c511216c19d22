import type { Subnet } from "@aws-sdk/client-ec2";
import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import type { Client } from "../../config/client";
import { type Answer, type Finding, ok, refused, warning } from "../findings";
import { ask, type Context } from "./finding";
import { routeAnswer } from "./network";

/** What the record of Insights, its certificate and the load balancer need. */
export async function* httpsFindings(context: Context, client: Client): AsyncGenerator<Finding> {
  const { dns, loadBalancer, network } = client;
  if (dns) {
    yield await ask(`zone ${dns.zone}`, () => zoneAnswer(context, dns.zone));
    yield await ask(`record ${dns.name}`, () => recordAnswer(context, client, dns));
  }
  if (loadBalancer && network.vpc !== "new" && (loadBalancer.subnetIds || loadBalancer.ipv6)) {
    yield await ask("subnets of the load balancer", async () => {
      const vpcId = network.vpc === "existing" ? network.vpcId : (await context.aws.ec2.defaultVpc())?.VpcId;
      if (vpcId === undefined) {
        return refused("cannot be compared with the VPC: there is no default VPC.");
      }
      const ids = loadBalancer.subnetIds ?? (await defaultSubnetIds(context, vpcId, network));
      return subnetsAnswer(context, vpcId, ids, loadBalancer.ipv6 ?? false);
    });
  }
}

/** The default subnets of the network's zones; one that is missing has a finding of its own. */
async function defaultSubnetIds({ aws }: Context, vpcId: string, network: Client["network"]): Promise<string[]> {
  const zones = "zones" in network ? network.zones : [];
  const subnets = await aws.ec2.defaultSubnets(vpcId);
  return subnets.flatMap(({ SubnetId, AvailabilityZone = "" }) =>
    SubnetId !== undefined && zones.includes(AvailabilityZone) ? SubnetId : [],
  );
}

async function zoneAnswer({ aws }: Context, name: string): Promise<Answer> {
  const zones = await aws.route53.zones(name);
  const open = zones.filter(({ isPrivate }) => !isPrivate);
  if (open.length > 1) {
    return refused(
      `exists ${open.length} times, ${open.map(({ id }) => id).join(" and ")}, and Terraform cannot tell which of them the domain is delegated to. Delete the other.`,
    );
  }
  return open[0]
    ? ok(`is public: ${open[0].id}`)
    : refused(
        `${zones.length > 0 ? "is private, so the Internet does not resolve its names" : "is not in Route 53 of this account"}. Correct \`dns.zone\`, or leave \`dns\` out and make the record by hand.`,
      );
}

/** Route 53 takes no second A record of a name, and no record beside a CNAME. */
async function recordAnswer(
  { aws, imports, hasState }: Context,
  client: Client,
  { zone, name }: NonNullable<Client["dns"]>,
): Promise<Answer> {
  const zoneId = await aws.route53.publicZoneId(zone);
  if (zoneId === undefined) {
    return refused("cannot be made without its zone.");
  }
  const records = await aws.route53.records(zoneId, name);
  const elsewhere = records.find(({ Type = "" }) => ["CNAME", "NS"].includes(Type) && name !== zone);
  if (elsewhere) {
    return refused(`is a ${elsewhere.Type} record with ${valuesOf(elsewhere)}. Delete it, or correct \`dns.name\`.`);
  }
  const [address, ofIpv6] = ["A", "AAAA"].map((type) => records.find(({ Type }) => Type === type));
  const wanted = [
    { record: address, own: "aws_route53_record.dns_insights", type: "A" },
    ...(client.loadBalancer?.ipv6
      ? [{ record: ofIpv6, own: "aws_route53_record.dns_insights_ipv6", type: "AAAA" }]
      : []),
  ];
  for (const { record, own, type } of wanted) {
    if (record && imports[own] === undefined && !((await hasState()) && (await isOwn({ aws }, client, record)))) {
      return refused(
        `exists, with ${valuesOf(record)}, and Route 53 takes no second one. Delete it, or import it: docs/https.md, with \`"${own}": "${zoneId}_${name}_${type}"\`.`,
      );
    }
  }
  return ofIpv6 && wanted.length === 1 && !((await hasState()) && (await isOwn({ aws }, client, ofIpv6)))
    ? warning(`has an AAAA record too, ${valuesOf(ofIpv6)}, which browsers with IPv6 follow. Delete it.`)
    : ok(address ? "exists, and leads to this client" : "does not exist: the name is free");
}

/** Whether a record leads to what the stack has: its Elastic IP, or a load balancer by its name. */
async function isOwn({ aws }: Pick<Context, "aws">, client: Client, record: ResourceRecordSet): Promise<boolean> {
  const { AliasTarget: alias, ResourceRecords: values = [] } = record;
  if (alias) {
    // AWS puts a number behind the name.
    const [, name] = /^(?:dualstack\.)?([^.]+)-\d+\./.exec(alias.DNSName ?? "") ?? [];
    return name !== undefined && name === client.loadBalancer?.name;
  }
  const own = await aws.ec2.addresses({ "tag:Client": client.name });
  return values.length > 0 && values.every(({ Value }) => own.some(({ PublicIp }) => PublicIp === Value));
}

function valuesOf({ AliasTarget: alias, ResourceRecords: values = [] }: ResourceRecordSet): string {
  return alias?.DNSName ?? values.map(({ Value }) => Value).join(", ");
}

/** AWS places a load balancer into public subnets of two zones or more, one in each; with IPv6 addresses each has a range of them. */
async function subnetsAnswer(context: Context, vpcId: string, ids: readonly string[], ipv6: boolean): Promise<Answer> {
  const { ec2 } = context.aws;
  const subnets = await Promise.all(ids.map((id) => ec2.subnet(id)));
  const wrong = ids.filter((_, index) => subnets[index]?.VpcId !== vpcId);
  if (wrong.length > 0) {
    return refused(`${wrong.join(", ")} not in ${vpcId}. Correct \`tls.subnetIds\`.`);
  }
  const found = subnets as Subnet[];
  const zones = new Set(found.map(({ AvailabilityZone }) => AvailabilityZone));
  if (zones.size < found.length) {
    return refused(
      `${ids.join(", ")} are in ${[...zones].join(", ")}, and AWS takes one of each zone, of two or more. Correct \`tls.subnetIds\`.`,
    );
  }
  for (const subnet of found) {
    const route = await routeAnswer(context, subnet, { VpcId: vpcId }, "so the load balancer could not be reached");
    if (route.verdict !== "ok") {
      return refused(`${subnet.SubnetId}: the route to the Internet ${route.text}`);
    }
    if (ipv6) {
      const answer = await ipv6Answer(context, subnet, vpcId);
      if (answer.verdict !== "ok") {
        return answer;
      }
    }
  }
  return ok(`are in ${[...zones].join(", ")}, with a way to the Internet`);
}

/** AWS gives addresses of the subnet's own range, and answers go by its route. */
async function ipv6Answer(context: Context, subnet: Subnet, vpcId: string): Promise<Answer> {
  const ranges = (subnet.Ipv6CidrBlockAssociationSet ?? []).filter(
    ({ Ipv6CidrBlockState: state }) => state?.State === "associated",
  );
  if (ranges.length === 0) {
    return refused(
      `${subnet.SubnetId} has no IPv6 range, and \`tls.ipv6\` wants one. Give the VPC one, then: \`aws ec2 associate-subnet-cidr-block --region ${context.aws.region} --subnet-id ${subnet.SubnetId} --ipv6-cidr-block …\`; or remove \`tls.ipv6\`.`,
    );
  }
  const route = await routeAnswer(
    context,
    subnet,
    { VpcId: vpcId },
    "so the load balancer would be unreachable by IPv6",
    true,
  );
  return route.verdict === "ok"
    ? route
    : refused(`${subnet.SubnetId}: the route of IPv6 to the Internet ${route.text}`);
}

import type { Attributes } from "../../resources/attributes";
import { referenceIn, type StackResources } from "../../resources/stack-resources";
import type { Party, Way } from "./diagram";
import { cluster, groupsOf } from "./parties";

const services: Readonly<Record<string, string>> = { "22": "SSH", "80": "HTTP", "443": "HTTPS", "3306": "MySQL" };

/** Who reaches whom by the rules of security groups, and those of them that are no resource of the stack. */
export function networkWays(resources: StackResources): { readonly ways: Way[]; readonly outside: Party[] } {
  const inGroups = ["aws_instance", "aws_lb", "aws_db_instance", "aws_elasticsearch_domain"].flatMap((type) =>
    resources.of(type),
  );
  const members = (group: string): string[] =>
    isOfCluster(group)
      ? [cluster]
      : group.startsWith("data.aws_db_instance.")
        ? [group]
        : inGroups.filter((each) => groupsOf(each).includes(group)).map(({ address }) => address);
  const outside = new Map<string, Party>();
  const sources = (rule: Attributes): string[] => {
    const { referenced_security_group_id: group, cidr_ipv4, cidr_ipv6 } = rule;
    if (group === undefined) {
      const party = network(String(cidr_ipv4 ?? cidr_ipv6));
      outside.set(party.id, party);
      return [party.id];
    }
    const found = members(groupIn(group));
    if (found.length > 0) {
      return found;
    }
    const party = existingGroup(groupIn(group), resources);
    outside.set(party.id, party);
    return [party.id];
  };
  const ways = resources
    .of("aws_vpc_security_group_ingress_rule")
    .flatMap(({ arguments: rule }) =>
      sources(rule).flatMap((from) =>
        members(groupIn(rule.security_group_id)).map(
          (to): Way => ({ from, to, kind: "network", what: [portOf(rule)] }),
        ),
      ),
    );
  return {
    ways: [...ways, ...defaultGroupWays(resources)].filter(({ from, to }) => from !== to),
    outside: [...outside.values()],
  };
}

/** Members of the VPC's default group reach each other without a rule of the stack's; of interest is who reaches MySQL. */
function defaultGroupWays(resources: StackResources): Way[] {
  const members = (type: string) =>
    resources.of(type).filter((each) => groupsOf(each).includes("data.aws_security_group.network_default"));
  return members("aws_db_instance").flatMap(({ address: to }) =>
    members("aws_instance").map(({ address: from }): Way => ({ from, to, kind: "network", what: ["MySQL 3306"] })),
  );
}

function groupIn(value: unknown): string {
  return referenceIn(String(value))?.address ?? String(value);
}

function isOfCluster(group: string): boolean {
  return /^aws_security_group\.emr_(additional_)?(master|slave)$/.test(group);
}

function network(range: string): Party {
  const everybody = range === "0.0.0.0/0" || range === "::/0";
  return { id: `ip:${everybody ? "" : range}`, title: everybody ? "Anybody" : range, details: [], owner: "outside" };
}

/** A group that the stack uses and that nothing in the stack is in, such as an existing director's. */
function existingGroup(group: string, resources: StackResources): Party {
  const id = resources.at(group)?.arguments.id ?? group;
  const title = group.endsWith(".director") ? "Director" : "Members of a group";
  return { id: `group:${group}`, title, details: [String(id)], owner: "existing", place: "VPC" };
}

function portOf({ ip_protocol: protocol, from_port: from, to_port: to }: Attributes): string {
  // The port of the edxapp RDS is known once it is looked up.
  if (typeof from === "string" && from.startsWith("${")) {
    return "MySQL";
  }
  if (protocol === "-1") {
    return "everything";
  }
  const ports = from === to ? String(from) : `${from}–${to}`;
  return `${services[ports] ?? String(protocol).toUpperCase()} ${ports}`;
}

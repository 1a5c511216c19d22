import { type Attributes, blocks } from "../attributes";
import { isWithin, isWorld } from "../policies/ranges";

/** What inline rules, or rules of the older type, open to the world. */
export function openBlocks(rules: unknown): string[] {
  return blocks(rules).flatMap((rule) => openRanges(rule, [rule.cidr_blocks, rule.ipv6_cidr_blocks].flat()));
}

/** Ports of a rule by each range that is the world's, so that another range of the same ports is another opening. */
export function openRanges(rule: Attributes, ranges: readonly unknown[]): string[] {
  return ranges.filter(isWorld).map((range) => `${ports(rule)} from ${range}`);
}

/** The protocol and the ports of a rule, in words. */
export function ports({ ip_protocol: ip, protocol, from_port: from, to_port: to }: Attributes): string {
  const name = String(ip ?? protocol);
  if (name === "-1" || name === "all") {
    return "all ports";
  }
  // Terraform reads all of ICMP in two forms.
  if (from == null || from === -1) {
    return `all of ${name}`;
  }
  return `${name} ${from === to ? String(from) : `${from}-${to}`}`;
}

/** Who a rule is about. */
export function peerOf(rule: Attributes): unknown {
  return rule.cidr_ipv4 ?? rule.cidr_ipv6 ?? rule.referenced_security_group_id ?? rule.prefix_list_id;
}

/** Whether a rule of the same group and direction lets through what another one does. */
export function letsThrough(rule: Attributes, other: Attributes): boolean {
  const [from, to] = [Number(rule.from_port), Number(rule.to_port)];
  const isOfPorts =
    ports(rule) === "all ports" ||
    ports(rule) === ports(other) ||
    (rule.ip_protocol === other.ip_protocol && from <= Number(other.from_port) && to >= Number(other.to_port));
  return (
    rule.security_group_id === other.security_group_id &&
    isOfPorts &&
    ((peerOf(rule) != null && peerOf(rule) === peerOf(other)) || isWithin(peerOf(other), peerOf(rule)))
  );
}

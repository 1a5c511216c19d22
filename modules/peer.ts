/** Where traffic comes from: a security group, or a range of addresses. */
export interface IPeer {
  /** The peer in the id and the description of a rule, as in `director`. */
  readonly peerName: string;
  /** Id of the group. @default - a range is used */
  readonly securityGroupId?: string;
  /** IPv4 range. @default - none */
  readonly cidr?: string;
  /** IPv6 range, as AWS writes it. @default - none */
  readonly cidrIpv6?: string;
}

const anywhere = { ipv4: "0.0.0.0/0", ipv6: "::/0" } as const;

/** Peers that are no security groups. */
export const Peer = {
  /**
   * An IPv4 range.
   * @param peerName how rules call it; by default the range itself
   */
  ipv4: (cidr: string, peerName = cidr === anywhere.ipv4 ? "anywhere" : cidr): IPeer => {
    if (/^[\d.]+$/.test(cidr)) {
      throw new Error(`"${cidr}" is an IPv4 address without a mask. Did you mean "${cidr}/32"?`);
    }
    return { peerName, cidr };
  },
  /**
   * An IPv6 range.
   * @param peerName how rules call it; by default the range itself
   */
  ipv6: (cidrIpv6: string, peerName = cidrIpv6 === anywhere.ipv6 ? "anywhere-ipv6" : cidrIpv6): IPeer => {
    if (!cidrIpv6.includes("/")) {
      throw new Error(`"${cidrIpv6}" is an IPv6 address without a mask. Did you mean "${cidrIpv6}/128"?`);
    }
    return { peerName, cidrIpv6 };
  },
  /** A range of either kind. */
  range: (cidr: string): IPeer => (cidr.includes(":") ? Peer.ipv6(cidr) : Peer.ipv4(cidr)),
  /** The whole Internet. */
  anyIpv4: (): IPeer => Peer.ipv4(anywhere.ipv4),
} as const;

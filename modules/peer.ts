/** Where traffic comes from: a security group, or an IPv4 range. */
export interface IPeer {
  /** The peer in the id and the description of a rule, as in `director`. */
  readonly peerName: string;
  /** Id of the group. @default - `cidr` is used */
  readonly securityGroupId?: string;
  /** IPv4 range. @default - `securityGroupId` is used */
  readonly cidr?: string;
}

const anywhere = "0.0.0.0/0";

/** Peers that are no security groups. */
export const Peer = {
  /**
   * An IPv4 range.
   * @param peerName how rules call it; by default the range itself
   */
  ipv4: (cidr: string, peerName = cidr === anywhere ? "anywhere" : cidr): IPeer => {
    if (/^[\d.]+$/.test(cidr)) {
      throw new Error(`"${cidr}" is an IPv4 address without a mask. Did you mean "${cidr}/32"?`);
    }
    return { peerName, cidr };
  },
  /** The whole Internet. */
  anyIpv4: (): IPeer => Peer.ipv4(anywhere),
} as const;

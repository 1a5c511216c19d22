/** What traffic is let in. */
export interface IPort {
  /** The port in the id and the description of a rule, as in `ssh`. */
  readonly portName: string;
  readonly protocol: "tcp" | "udp" | "icmp";
  /** First port; the ICMP type, -1 for all, for `icmp`. */
  readonly from: number;
  /** Last port; the ICMP code, -1 for all, for `icmp`. */
  readonly to: number;
}

const wellKnown: Readonly<Record<number, string>> = { 22: "ssh", 80: "http", 443: "https", 3306: "mysql" };

/**
 * One TCP port.
 * @param portName how rules call it; by default the service's name where it is known, else `tcp-8080`
 */
function tcp(port: number, portName = wellKnown[port] ?? `tcp-${port}`): IPort {
  return { portName, protocol: "tcp", from: port, to: port };
}

/** Ports by name and number. */
export const Port = {
  tcp,
  SSH: tcp(22),
  HTTP: tcp(80),
  HTTPS: tcp(443),
  MYSQL: tcp(3306),
  ALL_TCP: { portName: "all-tcp", protocol: "tcp", from: 0, to: 65535 },
  ALL_UDP: { portName: "all-udp", protocol: "udp", from: 0, to: 65535 },
  ALL_ICMP: { portName: "all-icmp", protocol: "icmp", from: -1, to: -1 },
} as const satisfies Record<string, IPort | typeof tcp>;

import { byName } from "../attributes";

/** What stacks let in: tcp of a port, or, with `all`, all of tcp, udp and ICMP; and from which groups, or from ranges by `ranges`. */
interface Opening {
  readonly ports: readonly string[];
  readonly from: readonly string[];
}

const ssh = ["tcp 22"];
const web = ["tcp 80", "tcp 443"];
const mysql = ["tcp 3306"];
const all = ["tcp 0-65535", "udp 0-65535", "all of icmp"];
const clusters = ["emr_master", "emr_slave"];
const additional = ["emr_additional_master", "emr_additional_slave"];
const hosts = ["analytics", "analytics_api", "analytics_jenkins"];
const ofService = (): Opening[] => [{ ports: ssh, from: ["director"] }];
const ofClusters = (): Opening[] => [
  { ports: ssh, from: hosts },
  { ports: all, from: clusters },
];

/** Ranges are in the fields `director.sshFrom` and `hosts.securityGroup.webFrom` alone. */
export const ranges = "ranges";

/** What stacks let into their own groups, by the names of these in addresses. */
export const writtenOpenings: Readonly<Record<string, readonly Opening[]>> = byName({
  analytics: [...ofService(), { ports: web, from: [ranges] }, { ports: ["tcp 80"], from: ["load_balancer"] }],
  analytics_api: [...ofService(), { ports: web, from: ["analytics"] }],
  analytics_jenkins: ofService(),
  database_emr_rds: [{ ports: mysql, from: ["director", ...hosts, ...clusters, ...additional] }],
  director: [{ ports: ssh, from: [ranges] }],
  elasticsearch: [{ ports: ["tcp 443"], from: [...hosts, ...clusters, ...additional] }],
  emr_additional_master: [{ ports: ssh, from: hosts }],
  emr_master: ofClusters(),
  emr_slave: ofClusters(),
  load_balancer: [{ ports: web, from: [ranges] }],
});

/** Which of their own instance profiles stacks give a host, by the name in its address. */
export const writtenProfiles: readonly (readonly [called: RegExp, profiles: readonly string[]])[] = [
  [/^director$/, ["director", "session_manager"]],
  [/^analytics_\d+(_jenkins)?$/, ["emr_provisioning"]],
  [/^analytics_\d+_(api|insights)$/, ["session_manager"]],
];

/** Which of their own groups stacks have something join, by its type and the name in its address. */
export const writtenMembers: Readonly<
  Record<string, readonly (readonly [called: RegExp, groups: readonly string[]])[]>
> = byName({
  aws_db_instance: [[/^database_\d+$/, ["database_emr_rds"]]],
  aws_elasticsearch_domain: [[/^elasticsearch$/, ["elasticsearch"]]],
  aws_instance: [
    [/^director$/, ["director"]],
    [/^analytics_\d+(_insights)?$/, ["analytics"]],
    [/^analytics_\d+_api$/, ["analytics", "analytics_api"]],
    [/^analytics_\d+_jenkins$/, ["analytics", "analytics_jenkins"]],
  ],
  aws_lb: [[/^load_balancer$/, ["load_balancer"]]],
});

import type { Template } from "../synth";
import { attribute, expectEach, type Value } from "./values";

/** Protocol, first and last port and origin of each ingress rule of a group. */
const rules = (group: string) => (t: Template) =>
  Object.values(t.resource.aws_vpc_security_group_ingress_rule ?? {})
    .filter(({ security_group_id }) => security_group_id === `\${aws_security_group.${group}.id}`)
    .map(({ ip_protocol, from_port, to_port, cidr_ipv4, referenced_security_group_id }) =>
      [
        ip_protocol,
        from_port,
        to_port,
        cidr_ipv4 ?? /security_group\.(\w+)\.id/.exec(referenced_security_group_id)?.[1],
      ].join(" "),
    )
    .sort();
const includes = (group: string, rule: string): Value => [
  `${group} lets in ${rule}`,
  (t) => rules(group)(t).includes(rule),
  true,
];
const groupName = (group: string, name: string): Value => [
  `the name ${name}`,
  attribute("aws_security_group", group, "name"),
  name,
];
const count = (group: string, rulesOfGroup: number): Value => [
  `${group} lets in nothing else`,
  (t) => rules(group)(t).length,
  rulesOfGroup,
];
const cluster = ["tcp 0 65535", "udp 0 65535", "icmp -1 -1"];

expectEach("network and security groups", [
  ["the default VPC", (t) => t.data.aws_vpc?.network?.default, true],
  [
    "DNS hostnames are on",
    (t) => t.data.aws_vpc?.network?.lifecycle.postcondition[0].condition,
    "${self.enable_dns_hostnames && self.enable_dns_support}",
  ],
  [
    "an Internet gateway is in the route table",
    (t) => t.data.aws_route_table?.network_route_table?.lifecycle.postcondition[0].condition,
    expect.stringContaining('startswith(route.gateway_id, "igw-")'),
  ],
  ["the subnet is put out", (t) => t.output.subnet_id?.value, "${data.aws_subnet.network_us_east_1a.id}"],
  groupName("analytics", "analytics"),
  includes("analytics", "tcp 22 22 director"),
  includes("analytics", "tcp 80 80 0.0.0.0/0"),
  includes("analytics", "tcp 443 443 0.0.0.0/0"),
  count("analytics", 3),
  groupName("director", "director"),
  includes("director", "tcp 22 22 0.0.0.0/0"),
  count("director", 1),
  groupName("emr_master", "ElasticMapReduce-master"),
  groupName("emr_slave", "ElasticMapReduce-slave"),
  ...["emr_master", "emr_slave"].flatMap((group) =>
    cluster.flatMap((port) => [includes(group, `${port} emr_master`), includes(group, `${port} emr_slave`)]),
  ),
  includes("emr_master", "tcp 22 22 analytics"),
  count("emr_master", 7),
  count("emr_slave", 6),
  ...["emr_master", "emr_slave"].map(
    (group): Value => [
      `${group} lets everything out`,
      (t) => t.resource.aws_vpc_security_group_egress_rule?.[`${group}_everything_out`],
      expect.objectContaining({ ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" }),
    ],
  ),
  groupName("database_emr_rds", "EMR RDS"),
  includes("database_emr_rds", "tcp 3306 3306 emr_master"),
  includes("database_emr_rds", "tcp 3306 3306 emr_slave"),
  count("database_emr_rds", 2),
  [
    "EMR RDS is on the analytics RDS, with default",
    attribute("aws_db_instance", "database_1", "vpc_security_group_ids"),
    ["${data.aws_security_group.network_default.id}", "${aws_security_group.database_emr_rds.id}"],
  ],
  [
    "EMR RDS goes on the edxapp RDS by its owner's command",
    (t) => t.output.edxapp_database_attach_command?.value,
    expect.stringContaining(
      "setunion(data.aws_db_instance.edxapp_database.vpc_security_groups, [aws_security_group.database_emr_rds.id])",
    ),
  ],
  [
    "the analytics host is in default and analytics",
    attribute("aws_instance", "analytics_1", "vpc_security_group_ids"),
    ["${data.aws_security_group.network_default.id}", "${aws_security_group.analytics.id}"],
  ],
  [
    "the director is in default and director",
    attribute("aws_instance", "director", "vpc_security_group_ids"),
    ["${data.aws_security_group.network_default.id}", "${aws_security_group.director.id}"],
  ],
]);

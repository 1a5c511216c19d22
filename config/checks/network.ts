import { isExisting } from "../existing";
import { didYouMean, problem } from "../load/problem";
import { overlap } from "../schema/fields";
import { type Check, check, repeated } from "./check";

/** Zones are the region's; of clients and shared stacks alike. */
export const zoneCheck = check(["region", "network.zones"], ({ region, network }) =>
  ("zones" in network ? (network.zones ?? []) : []).flatMap((zone, index) =>
    zone.slice(0, -1) === region
      ? []
      : [problem(`network.zones.${index}`, zone, `a zone of ${region} is required`, `Name one, as in \`${region}a\``)],
  ),
);

/** Where things are placed, and who reaches what. */
export const networkChecks: readonly Check[] = [
  zoneCheck,

  check(["network.databaseSubnetIds"], ({ network }) =>
    repeated("network.databaseSubnetIds", "databaseSubnetIds" in network ? network.databaseSubnetIds : []),
  ),

  check(["hosts.securityGroup"], ({ hosts: { securityGroup } }) =>
    isExisting(securityGroup) ? [] : repeated("hosts.securityGroup.webFrom", securityGroup.webFrom),
  ),

  check(["director.sshFrom"], ({ director }) =>
    isExisting(director) ? [] : repeated("director.sshFrom", director.sshFrom),
  ),

  check(["director.sshFrom", "sessionManager"], ({ director, sessionManager }) =>
    isExisting(director) || director.sshFrom.length > 0 || sessionManager
      ? []
      : [
          problem(
            "director.sshFrom",
            director.sshFrom,
            "one range or more is required",
            "Name who may SSH to the director, or set `sessionManager: true`",
          ),
        ],
  ),

  check(["network.cidr", "network.peering.cidr"], ({ network }) => {
    if (network.vpc !== "new" || network.peering === undefined) {
      return [];
    }
    return overlap(network.cidr, network.peering.cidr)
      ? [
          problem(
            "network.peering.cidr",
            network.peering.cidr,
            `it overlaps with \`network.cidr\`, ${network.cidr}, and AWS peers no such VPCs`,
            "Write that VPC's own range; if it is this one, choose another `network.cidr`",
          ),
        ]
      : [];
  }),

  check(["network.vpc", "database.subnetGroup"], ({ network, database: { subnetGroup } }) =>
    network.vpc === "new" && isExisting(subnetGroup)
      ? [
          problem(
            "database.subnetGroup",
            subnetGroup,
            "a new VPC has no subnet group before it is created",
            "Remove the field, or name the VPC of the group in `network`",
          ),
        ]
      : [],
  ),

  check(["network.zones", "network.databaseSubnetIds", "database.subnetGroup"], ({ network, database }) => {
    const { subnetGroup } = database;
    const exists = isExisting(subnetGroup);
    if (network.vpc === "new") {
      return [];
    }
    const [field, found, least, fix] =
      network.vpc === "default"
        ? (["zones", network.zones, 1, "Leave the first alone, which holds hosts and EMR"] as const)
        : (["databaseSubnetIds", network.databaseSubnetIds, 0, "Remove the field"] as const);
    if (exists) {
      return found.length <= least
        ? []
        : [
            problem(
              "database.subnetGroup.existing",
              subnetGroup.existing,
              `an existing group has its own subnets, and \`network.${field}\` names ${found.join(", ")} for the database`,
              `${fix}, or let a group be made of them`,
            ),
          ];
    }
    return found.length >= 2
      ? []
      : [
          problem(
            `network.${field}`,
            found.length === 0 ? undefined : found,
            "two or more are required, because RDS requires subnets in two availability zones",
            "Name a second one, or a `database.subnetGroup` that exists",
          ),
        ];
  }),

  check(["network.vpc", "edxapp.database.access"], ({ network, edxapp }) => {
    const { access } = edxapp.database;
    if (network.vpc !== "new" || access === "print") {
      return [];
    }
    if (access === "group-rules") {
      return [
        problem(
          "edxapp.database.access",
          access,
          "the edxapp RDS cannot name groups of a new VPC, only its range",
          'Choose "cidr-rules" or "print"',
        ),
      ];
    }
    return network.peering === undefined
      ? [
          problem(
            "network.peering",
            undefined,
            'with `edxapp.database.access` "cidr-rules" it is required',
            'Name the edxapp RDS\'s VPC, or choose "print"',
          ),
        ]
      : [];
  }),

  check(
    ["edxapp.database.ruleSecurityGroupId", "edxapp.database.securityGroupIds", "edxapp.database.access"],
    ({ edxapp }) => {
      const { ruleSecurityGroupId, securityGroupIds, access } = edxapp.database;
      if (securityGroupIds === undefined || access === "print") {
        return [];
      }
      if (ruleSecurityGroupId === undefined) {
        return securityGroupIds.length === 1
          ? []
          : [
              problem(
                "edxapp.database.ruleSecurityGroupId",
                undefined,
                "with several groups it is required",
                `Name one of ${securityGroupIds.join(", ")}`,
              ),
            ];
      }
      return securityGroupIds.includes(ruleSecurityGroupId)
        ? []
        : [
            problem(
              "edxapp.database.ruleSecurityGroupId",
              ruleSecurityGroupId,
              "one of the server's groups is allowed",
              didYouMean(ruleSecurityGroupId, securityGroupIds),
            ),
          ];
    },
  ),
];

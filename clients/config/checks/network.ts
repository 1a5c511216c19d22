import { overlap } from "../fields";
import { didYouMean, problem } from "../problem";
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

  check(["hosts.webFrom"], ({ hosts }) => repeated("hosts.webFrom", hosts.webFrom)),

  check(["director.sshFrom"], ({ director }) => repeated("director.sshFrom", director.sshFrom ?? [])),

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

  check(["network.vpc", "database.existingSubnetGroup"], ({ network, database }) =>
    network.vpc === "new" && database.existingSubnetGroup !== undefined
      ? [
          problem(
            "database.existingSubnetGroup",
            database.existingSubnetGroup,
            "a VPC of the client's own has no subnet group before it is made",
            "Remove the field, or name the VPC of the group in `network`",
          ),
        ]
      : [],
  ),

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
          "in a VPC of the client's own the edxapp RDS knows its groups by range only",
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

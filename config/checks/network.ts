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
            `it overlaps with \`network.cidr\`, ${network.cidr}, and AWS does not peer VPCs whose ranges overlap`,
            "Write that VPC's own range; if it is this one, choose another `network.cidr`",
          ),
        ]
      : [];
  }),

  check(["network.vpc", "network.subnetId", "emr.subnetId"], ({ network, emr: { subnetId } }) => {
    const isHosts = network.vpc === "existing" && network.subnetId === subnetId;
    if (subnetId === undefined || (network.vpc !== "new" && !isHosts)) {
      return [];
    }
    return [
      isHosts
        ? problem(
            "emr.subnetId",
            subnetId,
            "it is `network.subnetId`, which holds the hosts and is public",
            "Remove the field, or name a private subnet",
          )
        : problem(
            "emr.subnetId",
            subnetId,
            "a new VPC has public subnets alone",
            "Remove the field, or take an existing VPC that has a private one",
          ),
    ];
  }),

  check(["emr.subnetId", "emr.securityGroups", "emr.servicePolicy", "emr.releaseLabel"], ({ emr }) => {
    if (emr.subnetId === undefined) {
      return [];
    }
    return [
      ...(emr.securityGroups !== undefined && !isExisting(emr.securityGroups)
        ? [
            problem(
              "emr.securityGroups",
              emr.securityGroups,
              "clusters in a private subnet have groups of other names, which EMR makes itself",
              "Remove the field: the client's clusters get two additional groups",
            ),
          ]
        : []),
      ...(/^emr-4\.[01]\./.test(emr.releaseLabel)
        ? [
            problem(
              "emr.releaseLabel",
              emr.releaseLabel,
              "EMR starts clusters in private subnets since emr-4.2.0",
              "Take a later one, or remove `emr.subnetId`",
            ),
          ]
        : []),
      ...(emr.servicePolicy === "v2"
        ? [
            problem(
              "emr.servicePolicy",
              emr.servicePolicy,
              "with it EMR makes no groups for a private subnet, and edx-analytics-configuration of no release names others",
              'Take "v1", or remove `emr.subnetId`',
            ),
          ]
        : []),
    ];
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

import { type Changes, mistakes } from "../../test/client-files";

/** A VPC of the client's own that is peered with edxapp's. */
function peered(changes: Changes): object {
  const peering = { vpcId: "vpc-0a1b2c3d", cidr: "10.30.0.0/16", routeTableIds: ["rtb-0a1b2c3d"], ...changes };
  return { vpc: "new", zones: ["eu-west-1a", "eu-west-1b"], peering };
}

describe("a field of the network", () => {
  it.each<[Changes, string[]]>([
    [{ network: { vpc: "none" } }, ['`network.vpc` is "none"; "default", "existing", "new" are allowed. Choose one.']],
    [
      { network: { vpc: "default", zones: ["eu-west-1a"] } },
      [
        '`network.zones` is ["eu-west-1a"]; two or more are required, because RDS requires subnets in two availability zones. Name a second one, or a `database.subnetGroup` that exists.',
      ],
    ],
    [
      { network: { vpc: "default", zones: ["eu-west-1a", "eu-west-1-lon-1a"] } },
      [
        '`network.zones.1` is "eu-west-1-lon-1a"; it is a Local or Wavelength Zone, and these are not supported. Name an availability zone, as in `eu-west-1a`.',
      ],
    ],
    [
      { network: { vpc: "default", zones: ["eu-west-1a", "eu-west-1a"] } },
      ['`network.zones` is ["eu-west-1a","eu-west-1a"]; a zone may be named once. Remove the repetition.'],
    ],
    [
      { network: { vpc: "new", cidr: "10.0.0.0/8", zones: ["eu-west-1a", "eu-west-1b"] } },
      [
        '`network.cidr` is "10.0.0.0/8"; a VPC is /16 to /24 here, so that its subnets are /20 to /28. Choose such a mask.',
        '`edxapp.database.access` is "group-rules"; the edxapp RDS cannot name groups of a new VPC, only its range. Choose "cidr-rules" or "print".',
      ],
    ],
    [
      { network: { vpc: "new", cidr: "10.0.1.0/16", zones: ["eu-west-1a", "eu-west-1b"] } },
      [
        '`network.cidr` is "10.0.1.0/16"; AWS keeps a CIDR with its host bits zero, as in 203.0.113.0/24. Clear the bits behind the mask.',
        '`edxapp.database.access` is "group-rules"; the edxapp RDS cannot name groups of a new VPC, only its range. Choose "cidr-rules" or "print".',
      ],
    ],
    ...["0.0.0.0/16", "224.0.0.0/16", "172.32.0.0/16"].map((cidr): [Changes, string[]] => [
      {
        network: { vpc: "new", cidr, zones: ["eu-west-1a", "eu-west-1b"] },
        "edxapp.database.access": "print",
      },
      [
        `\`network.cidr\` is "${cidr}"; a private range is required, of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16. Choose one that edxapp's VPC has not.`,
      ],
    ]),
    [
      { network: peered({ routeTableIds: ["rtb-0a1b2c3d", "rtb-0a1b2c3d"] }), "edxapp.database.access": "cidr-rules" },
      [
        '`network.peering.routeTableIds` is ["rtb-0a1b2c3d","rtb-0a1b2c3d"]; a route table may be named once. Remove the repetition.',
      ],
    ],
    [
      { network: peered({ cidr: "0.0.0.0/0" }), "edxapp.database.access": "cidr-rules" },
      [
        '`network.peering.cidr` is "0.0.0.0/0"; a VPC has ranges of /16 to /28, and a range for all of them is /8 or narrower. Write that VPC\'s own.',
      ],
    ],
    ...["10.20.15.0/24", "10.0.0.0/8"].map((cidr): [Changes, string[]] => [
      { network: peered({ cidr }), "edxapp.database.access": "cidr-rules" },
      [
        `\`network.peering.cidr\` is "${cidr}"; it overlaps with \`network.cidr\`, 10.20.0.0/16, and AWS does not peer VPCs whose ranges overlap. Write that VPC's own range; if it is this one, choose another \`network.cidr\`.`,
      ],
    ]),
    [{ network: peered({ cidr: "10.21.0.0/16" }), "edxapp.database.access": "cidr-rules" }, []],
    // The rule about the list is silent while its parts are at fault.
    [
      { "network.zones": ["eu-west-1", "eu-west-1"] },
      [0, 1].map(
        (index) =>
          `\`network.zones.${index}\` is "eu-west-1"; an availability zone is the region and a letter from a to p, as in \`eu-west-1a\`. Correct the letter.`,
      ),
    ],
    [
      { "network.zones": ["eu-west-1a", "eu-west-1q"] },
      [
        '`network.zones.1` is "eu-west-1q"; an availability zone is the region and a letter from a to p, as in `eu-west-1a`. Correct the letter.',
      ],
    ],
    [
      { "network.zones": ["eu-west-1a", "eu-west-1"] },
      [
        '`network.zones.1` is "eu-west-1"; an availability zone is the region and a letter from a to p, as in `eu-west-1a`. Correct the letter.',
      ],
    ],
  ])("says what is wrong, what is allowed and what to do: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual(expected);
  });
});

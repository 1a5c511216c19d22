import { type Changes, mistakes } from "../../test/client-files";

describe("a field of the network", () => {
  it.each<[Changes, string[]]>([
    [{ network: { vpc: "none" } }, ['`network.vpc` is "none"; "default", "existing", "new" are allowed. Choose one.']],
    [
      { network: { vpc: "default", zones: ["eu-west-1a"] } },
      [
        '`network.zones` is ["eu-west-1a"]; two zones or more are required, because RDS wants subnets in two. Name a second one.',
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
        '`edxapp.database.access` is "group-rules"; in a VPC of the client\'s own the edxapp RDS knows its groups by range only. Choose "cidr-rules" or "print".',
      ],
    ],
    [
      { network: { vpc: "new", cidr: "10.0.1.0/16", zones: ["eu-west-1a", "eu-west-1b"] } },
      [
        '`network.cidr` is "10.0.1.0/16"; AWS keeps a CIDR with its host bits zero, as in 203.0.113.0/24. Clear the bits behind the mask.',
        '`edxapp.database.access` is "group-rules"; in a VPC of the client\'s own the edxapp RDS knows its groups by range only. Choose "cidr-rules" or "print".',
      ],
    ],
    [
      { "network.zones": ["eu-west-1a", "eu-west-1"] },
      [
        '`network.zones.1` is "eu-west-1"; an availability zone is the region and a letter, as in `eu-west-1a`. Add the letter.',
      ],
    ],
  ])("says what is wrong, what is allowed and what to do: %j", (changes, expected) => {
    expect(mistakes(changes)).toEqual(expected);
  });
});

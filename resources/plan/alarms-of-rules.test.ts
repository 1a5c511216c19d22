import { taken } from "../../test/alarms-of-changes";

describe("a new rule", () => {
  const office = {
    security_group_id: "sg-1",
    cidr_ipv4: "203.0.113.0/24",
    ip_protocol: "tcp",
    from_port: 443,
    to_port: 443,
  };
  const rule = "aws_vpc_security_group_ingress_rule.https";

  it.each<[string, Readonly<Record<string, object>>, string[]]>([
    ["of a group outside of the stack", {}, [`${rule} opens tcp 443 of sg-1, an existing group, from 203.0.113.0/24`]],
    [
      "of a group that is imported",
      { "aws_security_group.analytics": { actions: ["update"], before: { id: "sg-1" }, importing: { id: "sg-1" } } },
      [`${rule} opens tcp 443 of sg-1, an existing group, from 203.0.113.0/24`],
    ],
    [
      "of a group that the stack has managed before",
      { "aws_security_group.analytics": { actions: ["no-op"], before: { id: "sg-1" } } },
      [],
    ],
  ])("opens something %s", (_, group, expected) => {
    expect(taken({ [rule]: { actions: ["create"], after: office }, ...group })).toEqual(expected);
  });

  it("opens another group, as that of another RDS which its data source reads, from the world too", () => {
    const moved = (cidr_ipv4: string) => ({
      actions: ["delete", "create"],
      before: { ...office, cidr_ipv4 },
      after: { ...office, cidr_ipv4, security_group_id: "sg-2" },
    });
    const joined = {
      actions: ["update"],
      before: { ...office, cidr_ipv4: null, referenced_security_group_id: "sg-1" },
      after: { ...office, cidr_ipv4: null, referenced_security_group_id: "sg-2" },
    };

    expect(taken({ [rule]: moved("203.0.113.0/24") })).toContain(`${rule} opens tcp 443 of sg-2 from 203.0.113.0/24`);
    expect(taken({ [rule]: moved("0.0.0.0/0") })).toContain(`${rule} opens tcp 443 of sg-2 from 0.0.0.0/0`);
    expect(taken({ [rule]: joined })).toContain(`${rule} opens tcp 443 of sg-1 from sg-2`);
  });

  it("opens all egress of an existing group", () => {
    const out = { ...office, cidr_ipv4: "0.0.0.0/0", ip_protocol: "-1" };

    expect(taken({ "aws_vpc_security_group_egress_rule.all": { actions: ["create"], after: out } })).toEqual([
      "aws_vpc_security_group_egress_rule.all opens all ports of sg-1, an existing group, to 0.0.0.0/0",
    ]);
  });

  it("opens nothing of a new group but to the world, and gives a host another address", () => {
    const found = taken({
      [rule]: { actions: ["create"], after: { ...office, cidr_ipv4: "0.0.0.0/0" } },
      "aws_vpc_security_group_ingress_rule.of_a_new_group": {
        actions: ["create"],
        after: { ...office, security_group_id: undefined },
      },
      "aws_instance.analytics_1": { actions: ["no-op"], importing: {} },
      "aws_eip.analytics": { actions: ["create"], after: {} },
    });

    expect(found).toEqual([
      `${rule} opens to the world: tcp 443 from 0.0.0.0/0`,
      "aws_eip.analytics is a new address, in the place of the public one that the host has, and that DNS may know",
    ]);
  });
});

import { planOf } from "../test/plan-of";
import { bothHave, database, named, together, update, verdicts } from "../test/plan-verdicts";

const own = { id: "sg-own", name: "acme-analytics" };
const stack = planOf("aws_security_group", ["no-op"], own, own);
const destroyed = (type: string, before: object) => planOf(type, ["delete"], before, null);
const everything = { ip_protocol: "-1" };
const port = (number: number) => ({ ip_protocol: "tcp", from_port: number, to_port: number });
const rule = (after: object, type = "ingress") =>
  together(planOf(`aws_vpc_security_group_${type}_rule`, ["create"], null, after), stack);
const read = (...resources: object[]) => ({ prior_state: { values: { root_module: { resources } } } });
const data = (type: string, values: object) => ({ mode: "data", type, values });

describe("plan-summary and adopt --plan, on networks", () => {
  it.each<[string, object, string]>([
    [
      "a new rule between groups of others",
      rule({ ...everything, security_group_id: "sg-edxapp", referenced_security_group_id: "sg-x" }),
      "opens all ports of sg-edxapp, an existing group, from sg-x",
    ],
    [
      "a new rule of an existing group for itself",
      rule({ ...port(22), security_group_id: "sg-edxapp", referenced_security_group_id: "sg-edxapp" }),
      "opens tcp 22 of sg-edxapp, an existing group, from sg-edxapp",
    ],
    [
      "a new rule of an existing group for the stack's own, on more than MySQL",
      rule({ ...everything, security_group_id: "sg-edxapp", referenced_security_group_id: "sg-own" }),
      "opens all ports of sg-edxapp, an existing group, from sg-own",
    ],
    [
      "a new rule of an existing group for IPv6",
      rule({ ...port(22), security_group_id: "sg-edxapp", cidr_ipv6: "2001:db8::/32" }),
      "opens tcp 22 of sg-edxapp, an existing group, from 2001:db8::/32",
    ],
    [
      "a new rule of the stack's group for a group of another owner",
      rule({ ...port(3306), security_group_id: "sg-own", referenced_security_group_id: "sg-edxapp" }),
      "opens tcp 3306 of sg-own from sg-edxapp, a group of another owner",
    ],
    [
      "a new rule of a new group for a group of another owner",
      rule({ ...port(3306), referenced_security_group_id: "sg-edxapp" }),
      "opens tcp 3306 of a new group from sg-edxapp, a group of another owner",
    ],
    [
      "a new rule of the stack's group for one that the plan reads, on more than SSH and MySQL",
      {
        ...rule({ ...everything, security_group_id: "sg-own", referenced_security_group_id: "sg-director" }),
        ...read(data("aws_security_group", { id: "sg-director" })),
      },
      "opens all ports of sg-own from sg-director, a group of another owner",
    ],
    [
      "a new rule out of an existing group",
      rule({ ...everything, security_group_id: "sg-edxapp", referenced_security_group_id: "sg-x" }, "egress"),
      "opens all ports of sg-edxapp, an existing group, to sg-x",
    ],
    [
      "an Internet gateway that is destroyed",
      destroyed("aws_internet_gateway", { id: "igw-1", vpc_id: "vpc-1" }),
      "leaves vpc-1, which has no way to the Internet by it any more",
    ],
    [
      "an Internet gateway of another VPC",
      together(
        update("aws_internet_gateway", { vpc_id: "vpc-1" }, { vpc_id: "vpc-2" }),
        update("aws_vpc", { id: "vpc-2" }, { id: "vpc-2" }),
      ),
      "leaves vpc-1, which has no way to the Internet by it any more",
    ],
    [
      "a subnet that is destroyed",
      destroyed("aws_subnet", { cidr_block: "10.0.0.0/20" }),
      "is destroyed: nothing can be in 10.0.0.0/20 any more",
    ],
    [
      "a subnet that gives public addresses",
      update("aws_subnet", { map_public_ip_on_launch: false }, { map_public_ip_on_launch: true }),
      "gives public addresses to what is started in it",
    ],
    [
      "a route table that is destroyed",
      destroyed("aws_route_table", { id: "rtb-1" }),
      "is destroyed, and with it the routes of rtb-1",
    ],
    [
      "a subnet that loses its route table",
      destroyed("aws_route_table_association", { subnet_id: "subnet-1", route_table_id: "rtb-1" }),
      "gives the subnet subnet-1 the main route table of its VPC, in the place of rtb-1",
    ],
    [
      "a peering that is destroyed",
      destroyed("aws_vpc_peering_connection", { vpc_id: "vpc-1", peer_vpc_id: "vpc-2" }),
      "is destroyed: nothing goes between vpc-1 and vpc-2 that way any more",
    ],
    [
      "names in a VPC",
      update("aws_vpc", { enable_dns_support: true }, { enable_dns_support: false }),
      "no longer knows its hosts and databases by their names: enable_dns_support is off",
    ],
    [
      "a database of another name",
      database({ identifier: "acme-analytics" }, { identifier: "acme-other" }),
      "is renamed from acme-analytics to acme-other, and so is its address: who has the former one loses it",
    ],
    [
      "a database in other subnets",
      database({ db_subnet_group_name: "acme" }, { db_subnet_group_name: "other" }),
      "moves to the subnets of other, and leaves those of acme",
    ],
  ])("both have an alarm of %s", async (_, plan, alarm) => {
    await bothHave(plan, alarm);
  });

  it.each<[string, object]>([
    [
      "a rule between the stack's groups for clusters",
      named(
        rule({
          ip_protocol: "tcp",
          from_port: 0,
          to_port: 65535,
          security_group_id: "sg-own",
          referenced_security_group_id: "sg-own",
        }),
        { aws_security_group: "emr_master" },
      ),
    ],
    [
      "MySQL from the stack's group",
      rule({ ...port(3306), security_group_id: "sg-edxapp", referenced_security_group_id: "sg-own" }),
    ],
    [
      "MySQL on the port of a database that the plan reads",
      {
        ...rule({ ...port(3307), security_group_id: "sg-edxapp", referenced_security_group_id: "sg-own" }),
        ...read(data("aws_db_instance", { port: 3307 })),
      },
    ],
    [
      "SSH from the director's group",
      {
        ...rule({ ...port(22), security_group_id: "sg-own", referenced_security_group_id: "sg-director" }),
        ...read(data("aws_security_group", { id: "sg-director" })),
      },
    ],
    [
      "a rule out of the stack's group",
      rule({ ...everything, security_group_id: "sg-own", cidr_ipv4: "0.0.0.0/0" }, "egress"),
    ],
  ])("%s has none", async (_, plan) => {
    const { summary } = await verdicts(plan);

    expect(summary).toEqual({ status: 0, text: "" });
  });

  it("a subnet that goes with its VPC has none besides", async () => {
    const subnet = destroyed("aws_subnet", { cidr_block: "10.0.0.0/20", vpc_id: "vpc-1" });

    await bothHave(together(subnet, destroyed("aws_vpc", { id: "vpc-1" })), "the network with everything in it");
  });
});

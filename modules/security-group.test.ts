import { Construct } from "constructs";
import { synthesize, synthesizePlain } from "../test/synth";
import { Peer } from "./peer";
import { Port } from "./port";
import { SecurityGroup, type SecurityGroupProps } from "./security-group";

const vpc = { vpcId: "vpc-0a1b2c3d" };
const props: SecurityGroupProps = { vpc, name: "EMR RDS", description: "MySQL from EMR" };

describe("security group", () => {
  it("lets everything out and nobody in", () => {
    const { resource } = synthesize((stack) => new SecurityGroup(stack, "emr-rds", props));

    expect(resource.aws_security_group?.emr_rds).toMatchObject({
      name: "EMR RDS",
      description: "MySQL from EMR",
      vpc_id: "vpc-0a1b2c3d",
      tags: { Name: "EMR RDS" },
    });
    expect(resource.aws_vpc_security_group_egress_rule?.emr_rds_everything_out).toMatchObject({
      security_group_id: "${aws_security_group.emr_rds.id}",
      ip_protocol: "-1",
      cidr_ipv4: "0.0.0.0/0",
    });
    expect(resource).not.toHaveProperty("aws_vpc_security_group_ingress_rule");
  });

  it("has no rules inline, which would undo those that EMR adds", () => {
    const { resource } = synthesize((stack) => {
      new SecurityGroup(stack, "emr-rds", props).allowFrom(Peer.ipv4("10.0.0.0/16"), Port.MYSQL);
    });

    expect(resource.aws_security_group?.emr_rds).not.toHaveProperty("ingress");
    expect(resource.aws_security_group?.emr_rds).not.toHaveProperty("egress");
  });

  it("lets a range of IPv6 in by a rule of its own, whose name tells it from others", () => {
    const { resource } = synthesize((stack) => {
      const group = new SecurityGroup(stack, "web", props);
      group.allowFrom(Peer.range("::/0"), Port.HTTPS);
      group.allowFrom(Peer.range("2001:db8::/128"), Port.HTTPS);
      group.allowFrom(Peer.range("2001::db8/128"), Port.HTTPS);
    });
    const rules = resource.aws_vpc_security_group_ingress_rule ?? {};

    expect(Object.keys(rules)).toEqual([
      "web_https_from_anywhere_ipv6",
      "web_https_from_2001_db8____128",
      "web_https_from_2001__db8__128",
    ]);
    expect(rules.web_https_from_anywhere_ipv6).toMatchObject({ cidr_ipv6: "::/0", from_port: 443, to_port: 443 });
    expect(rules.web_https_from_anywhere_ipv6).not.toHaveProperty("cidr_ipv4");
    expect(() => Peer.ipv6("2001:db8::7")).toThrow('Did you mean "2001:db8::7/128"?');
  });

  it("is not EMR's by default", () => {
    const { resource } = synthesize((stack) => new SecurityGroup(stack, "emr-rds", props));

    expect(resource.aws_security_group?.emr_rds).not.toHaveProperty("revoke_rules_on_delete");
    expect(resource.aws_security_group?.emr_rds?.tags).not.toHaveProperty("for-use-with-amazon-emr-managed-policies");
  });

  it("gives up EMR's own rules before it goes", () => {
    const { resource } = synthesize((stack) => new SecurityGroup(stack, "master", { ...props, managedByEmr: true }));

    expect(resource.aws_security_group?.master).toMatchObject({ revoke_rules_on_delete: true });
  });

  it("carries the tag of EMR's service policy v2 beside its name", () => {
    const { resource } = synthesize((stack) => new SecurityGroup(stack, "master", { ...props, clusterTag: true }));

    expect(resource.aws_security_group?.master?.tags).toEqual({
      Name: "EMR RDS",
      "for-use-with-amazon-emr-managed-policies": "true",
    });
  });

  it.each([undefined, true, false])("stops a plan that would replace it, unless it is not protected: %s", (given) => {
    const { resource } = synthesize((stack) => new SecurityGroup(stack, "master", { ...props, protected: given }));

    expect(resource.aws_security_group?.master).toMatchObject({ lifecycle: { prevent_destroy: given !== false } });
  });

  it("lets another group in by its id, in a rule of its own that says who and what", () => {
    const { resource } = synthesize((stack) => {
      const analytics = new SecurityGroup(stack, "analytics", { ...props, name: "analytics" });
      new SecurityGroup(stack, "master", props).allowFrom(analytics, Port.SSH);
    });

    expect(resource.aws_vpc_security_group_ingress_rule).toEqual({
      master_ssh_from_analytics: expect.objectContaining({
        security_group_id: "${aws_security_group.master.id}",
        referenced_security_group_id: "${aws_security_group.analytics.id}",
        ip_protocol: "tcp",
        from_port: 22,
        to_port: 22,
        description: "ssh from analytics",
      }),
    });
    expect(resource.aws_vpc_security_group_ingress_rule?.master_ssh_from_analytics).not.toHaveProperty("cidr_ipv4");
  });

  it("lets an IPv4 range in", () => {
    const { resource } = synthesize((stack) => {
      new SecurityGroup(stack, "director", props).allowFrom(Peer.ipv4("203.0.113.0/24"), Port.SSH);
    });

    const rule = resource.aws_vpc_security_group_ingress_rule?.director_ssh_from_203_0_113_0__24;
    expect(rule).toMatchObject({ cidr_ipv4: "203.0.113.0/24", description: "ssh from 203.0.113.0/24" });
    expect(rule).not.toHaveProperty("referenced_security_group_id");
  });

  it("refuses an address without a mask", () => {
    expect(() => Peer.ipv4("203.0.113.7")).toThrow('Did you mean "203.0.113.7/32"?');
  });

  it("calls the whole Internet anywhere", () => {
    const { resource } = synthesize((stack) => {
      new SecurityGroup(stack, "analytics", props).allowFrom(Peer.ipv4("0.0.0.0/0"), Port.HTTP);
    });

    expect(resource.aws_vpc_security_group_ingress_rule?.analytics_http_from_anywhere).toMatchObject({
      cidr_ipv4: "0.0.0.0/0",
      description: "http from anywhere",
    });
  });

  it("is called by its id in rules that it is the peer of, or as it is told", () => {
    const { resource } = synthesize((stack) => {
      const director = new SecurityGroup(new Construct(stack, "director"), "Group", { ...props, peerName: "director" });
      new SecurityGroup(stack, "analytics", props).allowFrom(director, Port.SSH);
    });

    expect(resource.aws_vpc_security_group_ingress_rule).toHaveProperty("analytics_ssh_from_director");
  });

  it("refuses the same rule twice", () => {
    const twice = () =>
      synthesize((stack) => {
        const group = new SecurityGroup(stack, "analytics", props);
        group.allowFrom(Peer.ipv4("0.0.0.0/0"), Port.HTTP);
        group.allowFrom(Peer.ipv4("0.0.0.0/0"), Port.HTTP);
      });

    expect(twice).toThrow("http-from-anywhere");
  });

  it.each([
    { port: Port.SSH, portName: "ssh", number: 22 },
    { port: Port.HTTP, portName: "http", number: 80 },
    { port: Port.HTTPS, portName: "https", number: 443 },
    { port: Port.MYSQL, portName: "mysql", number: 3306 },
    { port: Port.tcp(3306), portName: "mysql", number: 3306 },
    { port: Port.tcp(8080), portName: "tcp-8080", number: 8080 },
    { port: Port.tcp(8080, "jenkins"), portName: "jenkins", number: 8080 },
  ])("knows $portName as TCP on port $number alone", ({ port, portName, number }) => {
    expect(port).toEqual({ portName, protocol: "tcp", from: number, to: number });
  });

  it("takes peers of any id in any stack, in capitals too", () => {
    const ids = ["Web", "Bastion", "Jump"];
    const { resource } = synthesizePlain((stack) => {
      const group = new SecurityGroup(stack, "Database", props);
      for (const id of ids) {
        group.allowFrom(new SecurityGroup(stack, id, { ...props, name: id }), Port.SSH);
      }
    });

    const rules = Object.values(resource.aws_vpc_security_group_ingress_rule ?? {});
    expect(rules.map(({ description }) => description)).toEqual(ids.map((id) => `ssh from ${id}`));
    expect(new Set(rules.map(({ referenced_security_group_id }) => referenced_security_group_id)).size).toBe(3);
  });
});

describe("an existing security group", () => {
  const id = "sg-0a1b2c3d";

  it("gets rules, and is not touched but for them", () => {
    const { resource, data } = synthesize((stack) => {
      SecurityGroup.fromSecurityGroupId(stack, "edxapp", id).allowFrom(Peer.ipv4("10.20.0.0/20"), Port.MYSQL);
    });

    expect(data).toBeUndefined();
    expect(resource).not.toHaveProperty("aws_security_group");
    expect(resource.aws_vpc_security_group_ingress_rule).toEqual({
      edxapp_mysql_from_10_20_0_0__20: expect.objectContaining({
        security_group_id: "sg-0a1b2c3d",
        cidr_ipv4: "10.20.0.0/20",
        from_port: 3306,
        to_port: 3306,
      }),
    });
  });

  it("is looked up in a VPC, so that a wrong id stops the plan", () => {
    const { data } = synthesize((stack) => SecurityGroup.fromSecurityGroupId(stack, "director", id, { vpc }));

    expect(data.aws_security_group?.director).toMatchObject({ id: "sg-0a1b2c3d", vpc_id: "vpc-0a1b2c3d" });
  });

  it("gets no rule where it is not mutable, because adding one that exists fails", () => {
    const { resource } = synthesize((stack) => {
      const group = SecurityGroup.fromSecurityGroupId(stack, "director", id, { vpc, mutable: false });
      group.allowFrom(Peer.ipv4("203.0.113.0/24"), Port.SSH);
    });

    expect(resource).toBeUndefined();
  });

  it("is a peer of other groups", () => {
    const { resource } = synthesize((stack) => {
      const director = SecurityGroup.fromSecurityGroupId(stack, "director", id, { vpc, mutable: false });
      new SecurityGroup(stack, "analytics", props).allowFrom(director, Port.SSH);
    });

    expect(resource.aws_vpc_security_group_ingress_rule?.analytics_ssh_from_director).toMatchObject({
      referenced_security_group_id: "${data.aws_security_group.director.id}",
    });
  });
});

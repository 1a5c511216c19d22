import { synthesize } from "../test/synth";
import {
  AdditionalEmrSecurityGroups,
  EmrRdsSecurityGroup,
  EmrSecurityGroups,
  type EmrSecurityGroupsProps,
} from "./emr-security-groups";
import { Peer } from "./peer";

const vpc = { vpcId: "vpc-0a1b2c3d" };
const tag = "for-use-with-amazon-emr-managed-policies";

function groups(props: Partial<EmrSecurityGroupsProps> = {}) {
  return synthesize((stack) => {
    new EmrSecurityGroups(stack, "emr", { vpc, ...props }).allowSshFrom(Peer.ipv4("10.0.0.0/8"));
  }).resource;
}

describe("EMR's security groups", () => {
  it("are EMR's own with its twelve rules, protected and not tagged", () => {
    const { aws_security_group, aws_vpc_security_group_ingress_rule: rules = {} } = groups();

    expect(aws_security_group).toMatchObject({
      emr_master: { name: "ElasticMapReduce-master", description: "Master group for Elastic MapReduce" },
      emr_slave: { name: "ElasticMapReduce-slave", description: "Slave group for Elastic MapReduce" },
    });
    expect(aws_security_group?.emr_master?.tags).not.toHaveProperty(tag);
    expect(aws_security_group?.emr_master?.lifecycle).toEqual({ prevent_destroy: true });
    expect(Object.values(rules).filter(({ description }) => /^all-/.test(description))).toHaveLength(12);
    expect(Object.keys(rules).filter((name) => name.includes("ssh"))).toEqual(["emr_master_ssh_from_10_0_0_0__8"]);
  });

  it("have what they are given", () => {
    const { aws_security_group } = groups({
      masterDescription: "masters",
      slaveDescription: "slaves",
      clusterTag: true,
      protected: false,
    });
    const common = { tags: { [tag]: "true" }, lifecycle: { prevent_destroy: false }, revoke_rules_on_delete: true };

    expect(aws_security_group).toMatchObject({
      emr_master: { description: "masters", ...common },
      emr_slave: { description: "slaves", ...common },
    });
  });

  it("may be two others besides, without EMR's rules", () => {
    const { aws_security_group, aws_vpc_security_group_ingress_rule } = synthesize((stack) => {
      const names = { masterName: "acme-master", slaveName: "acme-slave" };
      new AdditionalEmrSecurityGroups(stack, "emr", { vpc, ...names }).allowSshFrom(Peer.ipv4("10.0.0.0/8"));
    }).resource;

    expect(aws_security_group).toMatchObject({
      emr_master: { name: "acme-master", description: "EMR masters" },
      emr_slave: { name: "acme-slave", description: "EMR slaves" },
    });
    expect(aws_security_group?.emr_master).not.toHaveProperty("revoke_rules_on_delete");
    expect(Object.keys(aws_vpc_security_group_ingress_rule ?? {})).toEqual(["emr_master_ssh_from_10_0_0_0__8"]);
  });
});

describe("EMR RDS", () => {
  it("has the runbook's name, or another", () => {
    const { aws_security_group } = synthesize((stack) => {
      new EmrRdsSecurityGroup(stack, "runbook", { vpc });
      new EmrRdsSecurityGroup(stack, "acme", { vpc, name: "acme-EMR RDS", description: "by hand" });
    }).resource;

    expect(aws_security_group).toMatchObject({
      runbook: { name: "EMR RDS", description: "MySQL from EMR" },
      acme: { name: "acme-EMR RDS", description: "by hand" },
    });
  });
});

import { network } from "../test/network";
import { synthesize } from "../test/synth";
import { Director, type DirectorProps } from "./director";
import { Peer } from "./peer";
import { Port } from "./port";

function director(props: Partial<DirectorProps> = {}) {
  return synthesize((stack) => {
    new Director(stack, "director", {
      network,
      name: "acme-director",
      keyPairName: "acme",
      ...props,
    });
  });
}

describe("director", () => {
  it("is a small, protected Ubuntu 20.04 without a role, closed to everybody", () => {
    const { resource, data } = director();

    expect(resource.aws_instance?.director).toMatchObject({
      instance_type: "t3.micro",
      root_block_device: { volume_size: 8, volume_type: "gp3", encrypted: true },
      tags: { Name: "acme-director" },
      disable_api_termination: true,
    });
    expect(resource.aws_instance?.director).not.toHaveProperty("iam_instance_profile");
    expect(data.aws_ami?.director_ubuntu?.filter[0].values[0]).toContain("focal");
    expect(resource.aws_security_group?.director).toMatchObject({
      name: "director",
      description: "Ansible director",
    });
    expect(resource).not.toHaveProperty("aws_vpc_security_group_ingress_rule");
  });

  it("installs Ansible at its first boot on request, and is not changed for another one", () => {
    const playbooks = { url: "https://github.com/edx/configuration.git", version: "open-release/nutmeg.master" };
    const host = (props: Partial<DirectorProps>) => director(props).resource.aws_instance?.director;

    expect(host({})?.user_data).not.toContain("configuration");
    expect(host({ playbooks })?.user_data).toContain("python3.8 -m venv ~/ansible");
    expect(host({ playbooks, ubuntu: "16.04" })?.user_data).toContain("virtualenv --python=python2.7 ~/ansible");
    expect(host({ playbooks })?.lifecycle.ignore_changes).toContain("user_data");
    expect({ ...host({ playbooks }), user_data: "" }).toEqual({ ...host({}), user_data: "" });
  });

  it("has what it is given", () => {
    const { resource } = director({
      instanceType: "t2.micro",
      diskGiB: 16,
      publicKey: "ssh-ed25519 AAAA",
      securityGroupName: "acme-director",
      securityGroupDescription: "made by hand",
      sshFrom: [Peer.ipv4("203.0.113.0/24")],
      passwordReader: { roleName: "acme-director", parameterArns: ["arn:aws:ssm:eu-west-1:123456789012:parameter/a"] },
      protected: false,
    });

    expect(resource.aws_instance?.director).toMatchObject({
      instance_type: "t2.micro",
      root_block_device: { volume_size: 16 },
      key_name: "${aws_key_pair.director.key_name}",
      iam_instance_profile: "${aws_iam_instance_profile.director.name}",
      disable_api_termination: false,
    });
    expect(resource.aws_security_group?.director).toMatchObject({
      name: "acme-director",
      description: "made by hand",
    });
    expect(Object.keys(resource.aws_vpc_security_group_ingress_rule ?? {})).toEqual([
      "director_ssh_from_203_0_113_0__24",
    ]);
  });

  it("that exists is its group alone, looked up, without rules", () => {
    const { resource, data } = synthesize((stack) => {
      const { securityGroup, host } = Director.fromSecurityGroupId(stack, "director", "sg-0a1b2c3d", network);
      securityGroup.allowFrom(Peer.anyIpv4(), Port.SSH);
      expect(host).toBeUndefined();
      expect(securityGroup.peerName).toBe("director");
    });

    expect(data.aws_security_group?.director).toMatchObject({ id: "sg-0a1b2c3d", vpc_id: network.vpcId });
    expect(resource).toBeUndefined();
  });
});

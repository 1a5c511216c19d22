import example from "../clients/example";
import type { ClientInput } from "../config/schema/client";
import { synthesizeClient } from "../test/synth";

/** A client whose hosts have the given fields beside the example's. */
function withHosts(fields: Partial<ClientInput["hosts"]>, others: Partial<ClientInput> = {}) {
  return synthesizeClient({ hosts: { ...example.hosts, ...fields }, ...others });
}

describe("analytics hosts", () => {
  it("are one host for all services, with the role that starts EMR clusters", () => {
    const { resource } = synthesizeClient();

    expect(Object.keys(resource.aws_instance ?? {})).toEqual(["director", "analytics_1"]);
    expect(resource.aws_instance?.analytics_1).toMatchObject({
      tags: { Name: "example-analytics-1" },
      ami: "${data.aws_ami.analytics_1_ubuntu.id}",
      instance_type: "t3.medium",
      key_name: "${aws_key_pair.analytics.key_name}",
      iam_instance_profile: "${aws_iam_instance_profile.emr_provisioning.name}",
      root_block_device: { volume_size: 50, volume_type: "gp3", encrypted: true },
      vpc_security_group_ids: ["${aws_security_group.analytics.id}"],
      disable_api_termination: true,
      lifecycle: { prevent_destroy: true },
    });
  });

  it("give metadata to IMDSv1 too, which is all that the pipeline's boto 2 knows", () => {
    const { resource } = synthesizeClient();

    expect(resource.aws_instance?.analytics_1?.metadata_options).toMatchObject({ http_tokens: "optional" });
  });

  it("have the size, disk, groups and image that the client file names", () => {
    const { resource, data } = withHosts({
      iterations: {
        "1": {
          instanceType: "t2.medium",
          diskGiB: 80,
          diskType: "gp2",
          diskEncrypted: false,
          additionalSecurityGroupIds: ["sg-0a1b2c3d4e5f67890"],
          ami: "ami-0a1b2c3d4e5f67890",
        },
      },
    });

    expect(resource.aws_instance?.analytics_1).toMatchObject({
      ami: "ami-0a1b2c3d4e5f67890",
      instance_type: "t2.medium",
      root_block_device: { volume_size: 80, volume_type: "gp2", encrypted: false },
      vpc_security_group_ids: ["${aws_security_group.analytics.id}", "sg-0a1b2c3d4e5f67890"],
    });
    expect(data.aws_ami).not.toHaveProperty("analytics_1_ubuntu");
  });

  it("run the release's Ubuntu", () => {
    const { data } = synthesizeClient({ release: "juniper" });

    expect(data.aws_ami?.analytics_1_ubuntu?.filter[0].values).toEqual([
      "ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-amd64-server-*",
    ]);
  });

  it("may use an existing key pair", () => {
    const { resource, data, output } = withHosts({ keyPair: { existing: "by-hand" } });

    expect(resource.aws_key_pair).not.toHaveProperty("analytics");
    expect(data.aws_key_pair?.analytics).toMatchObject({ key_name: "by-hand" });
    expect(output.key_pair_name?.value).toBe("${data.aws_key_pair.analytics.key_name}");
  });

  it("have the runbook's names, or those that the client file gives", () => {
    const { resource } = synthesizeClient({
      naming: "runbook",
      hosts: {
        keyPair: {
          publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJz4sPZkBn6xeLWhaJFTPBBNGTCq27V3sZ9TR4CG8lNF by-hand",
          name: "insights-key",
        },
        securityGroup: { name: "insights", description: "made by hand" },
      },
    });

    expect(resource.aws_instance?.analytics_1?.tags).toMatchObject({ Name: "analytics-1" });
    expect(resource.aws_eip?.analytics?.tags).toMatchObject({ Name: "analytics" });
    expect(resource.aws_security_group?.analytics).toMatchObject({ name: "insights", description: "made by hand" });
    expect(resource.aws_key_pair?.analytics).toMatchObject({ key_name: "insights-key" });
  });
});

describe("group of the analytics hosts", () => {
  const group = "${aws_security_group.analytics.id}";

  it("is open to the world on 80 and 443, to the director on 22, and closed on Jenkins' 8080", () => {
    const { resource } = synthesizeClient();

    const rules = Object.entries(resource.aws_vpc_security_group_ingress_rule ?? {}).filter(
      ([, { security_group_id }]) => security_group_id === group,
    );
    expect(Object.fromEntries(rules)).toEqual({
      analytics_http_from_anywhere: expect.objectContaining({ cidr_ipv4: "0.0.0.0/0", from_port: 80, to_port: 80 }),
      analytics_https_from_anywhere: expect.objectContaining({ cidr_ipv4: "0.0.0.0/0", from_port: 443, to_port: 443 }),
      analytics_ssh_from_director: expect.objectContaining({
        referenced_security_group_id: "${aws_security_group.director.id}",
        from_port: 22,
        to_port: 22,
      }),
    });
  });

  it("lets in on 80 and 443 those ranges alone that the client file names", () => {
    const { resource } = withHosts({ securityGroup: { webFrom: ["198.51.100.0/24"] } });

    expect(resource.aws_vpc_security_group_ingress_rule).toMatchObject({
      analytics_http_from_198_51_100_0__24: { cidr_ipv4: "198.51.100.0/24" },
      analytics_https_from_198_51_100_0__24: { cidr_ipv4: "198.51.100.0/24" },
    });
    expect(resource.aws_vpc_security_group_ingress_rule).not.toHaveProperty("analytics_http_from_anywhere");
  });

  it("that exists is on the hosts, and its rules stay its owner's", () => {
    const { resource, data, output } = withHosts({ securityGroup: { existing: "sg-0a1b2c3d" } });

    const existing = "${data.aws_security_group.analytics.id}";
    expect(data.aws_security_group?.analytics).toMatchObject({ id: "sg-0a1b2c3d" });
    expect(resource.aws_instance?.analytics_1?.vpc_security_group_ids).toEqual([existing]);
    expect(resource.aws_security_group).not.toHaveProperty("analytics");
    expect(Object.keys(resource.aws_vpc_security_group_ingress_rule ?? {})).not.toContainEqual(
      expect.stringMatching(/^analytics_/),
    );
    expect(output.analytics_security_group_id?.value).toBe(existing);
  });
});

describe("Elastic IP", () => {
  it("is on the first iteration, protected, and the client's address", () => {
    const { resource, output } = synthesizeClient();

    expect(resource.aws_eip?.analytics).toMatchObject({ domain: "vpc", lifecycle: { prevent_destroy: true } });
    expect(resource.aws_eip_association?.analytics).toMatchObject({
      allocation_id: "${aws_eip.analytics.id}",
      instance_id: "${aws_instance.analytics_1.id}",
    });
    expect(output.elastic_ip?.value).toBe("${aws_eip.analytics.public_ip}");
  });

  it("moves to the iteration that is active, and is at no time on none", () => {
    const { resource, output } = withHosts({ iterations: { "1": {}, "2": {} }, active: "2" });

    expect(resource.aws_eip_association?.analytics).toMatchObject({
      instance_id: "${aws_instance.analytics_2.id}",
      allow_reassociation: true,
      lifecycle: { create_before_destroy: true },
    });
    expect(output.active_hosts?.value).toBe("2");
  });

  it("can be given up on request, and kept by itself in a client that is not protected", () => {
    const givenUp = withHosts({ protectedAddress: false }).resource.aws_eip?.analytics;
    const kept = withHosts({ protectedAddress: true }, { protected: false }).resource.aws_eip?.analytics;

    expect(givenUp?.lifecycle).toMatchObject({ prevent_destroy: false });
    expect(kept?.lifecycle).toMatchObject({ prevent_destroy: true });
  });

  it("is protected as the client is", () => {
    const { resource } = synthesizeClient({ protected: false });

    expect(resource.aws_eip?.analytics?.lifecycle).toMatchObject({ prevent_destroy: false });
  });
});

describe("iterations of hosts", () => {
  it("stand side by side, and a new one leaves the old ones as they are", () => {
    const before = synthesizeClient().resource;

    const after = withHosts({ iterations: { "1": {}, "2": {} } }).resource;

    expect(after.aws_instance?.analytics_1).toEqual(before.aws_instance?.analytics_1);
    expect(after.aws_instance?.analytics_2).toMatchObject({ tags: { Name: "example-analytics-2" } });
    expect(after.aws_eip_association).toEqual(before.aws_eip_association);
  });

  it("leave the address and the group as they are when an old one is destroyed", () => {
    const before = withHosts({ iterations: { "1": {}, "2": {} }, active: "2" }).resource;

    const after = withHosts({ iterations: { "2": {} }, active: "2", retired: ["1"] }).resource;

    expect(after.aws_instance).not.toHaveProperty("analytics_1");
    expect(after.aws_instance?.analytics_2).toEqual(before.aws_instance?.analytics_2);
    expect(after.aws_eip).toEqual(before.aws_eip);
    expect(after.aws_eip_association).toEqual(before.aws_eip_association);
    expect(after.aws_security_group).toEqual(before.aws_security_group);
  });

  it("are protected each by itself, by Terraform and by AWS", () => {
    const { resource } = withHosts({ iterations: { "1": { protected: false }, "2": {} }, active: "2" });

    expect(resource.aws_instance?.analytics_1).toMatchObject({
      disable_api_termination: false,
      lifecycle: { prevent_destroy: false },
    });
    expect(resource.aws_instance?.analytics_2).toMatchObject({
      disable_api_termination: true,
      lifecycle: { prevent_destroy: true },
    });
  });

  it("may differ in size and layout", () => {
    const { resource } = withHosts({ iterations: { "1": {}, "2": { layout: "separate", instanceType: "t3.large" } } });

    expect(resource.aws_instance?.analytics_1).toMatchObject({ instance_type: "t3.medium" });
    expect(resource.aws_instance?.analytics_2_api).toMatchObject({ instance_type: "t3.large" });
  });
});

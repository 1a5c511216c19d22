import { network } from "../test/network";
import { synthesize } from "../test/synth";
import { UbuntuHost, type UbuntuHostProps } from "./ubuntu-host";

/** Synthesises a host, by default with what is required alone. */
function host(props: Partial<UbuntuHostProps> = {}) {
  const { resource, data } = synthesize((stack) => {
    new UbuntuHost(stack, "host", {
      name: "analytics-1",
      network,
      keyName: "analytics",
      securityGroup: { securityGroupId: "sg-0a1b2c3d" },
      ...props,
    });
  });
  return { instance: resource.aws_instance?.host, ami: data?.aws_ami?.host_ubuntu };
}

describe("Ubuntu host", () => {
  it("is an instance with a public address in the given subnet and groups", () => {
    const { instance } = host();

    expect(instance).toMatchObject({
      tags: { Name: "analytics-1" },
      instance_type: "t3.medium",
      key_name: "analytics",
      subnet_id: "subnet-0a1b2c3d",
      vpc_security_group_ids: ["sg-0a1b2c3d"],
      associate_public_ip_address: true,
    });
    expect(instance).not.toHaveProperty("iam_instance_profile");
  });

  it("is in the network's default groups and in additional ones, in that order around its own", () => {
    const { instance } = host({
      network: { ...network, defaultSecurityGroupIds: ["sg-default"] },
      additionalSecurityGroups: [{ securityGroupId: "sg-more" }],
    });

    expect(instance).toMatchObject({ vpc_security_group_ids: ["sg-default", "sg-0a1b2c3d", "sg-more"] });
  });

  it("has an encrypted root disk of 50 GiB, gp3, unless it is told another", () => {
    const { instance } = host();

    expect(instance?.root_block_device).toMatchObject({ volume_size: 50, volume_type: "gp3", encrypted: true });
  });

  it("has an encrypted root disk of the given size and type", () => {
    const { instance } = host({ diskGiB: 80, diskType: "gp2" });

    expect(instance?.root_block_device).toMatchObject({ volume_size: 80, volume_type: "gp2", encrypted: true });
  });

  it("has a root disk without encryption on request, as one that was made by hand", () => {
    const { instance } = host({ diskEncrypted: false });

    expect(instance?.root_block_device).toMatchObject({ encrypted: false });
  });

  it("gives metadata to IMDSv2 only", () => {
    const { instance } = host();

    expect(instance?.metadata_options).toEqual({
      http_endpoint: "enabled",
      http_tokens: "required",
      http_put_response_hop_limit: 1,
    });
  });

  it("gives metadata to IMDSv1 too on request, for boto 2", () => {
    const { instance } = host({ imdsV2Only: false });

    expect(instance?.metadata_options).toEqual({
      http_endpoint: "enabled",
      http_tokens: "optional",
      http_put_response_hop_limit: 1,
    });
  });

  it("upgrades all packages during the first boot", () => {
    const { instance } = host();

    expect(instance?.user_data).toMatch(/^#cloud-config\n/);
    expect(instance?.user_data).toContain("package_update: true\npackage_upgrade: true\n");
  });

  it.each([
    ["16.04", "ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-amd64-server-*"],
    ["20.04", "ubuntu/images/hvm-ssd/ubuntu-focal-20.04-amd64-server-*"],
  ] as const)("looks up Canonical's newest image of Ubuntu %s, deprecated or not", (ubuntu, name) => {
    const { instance, ami } = host({ ubuntu });

    expect(ami).toMatchObject({
      owners: ["099720109477"],
      most_recent: true,
      include_deprecated: true,
      filter: expect.arrayContaining([
        { name: "name", values: [name] },
        { name: "virtualization-type", values: ["hvm"] },
      ]),
    });
    expect(instance).toMatchObject({ ami: "${data.aws_ami.host_ubuntu.id}" });
  });

  it("takes a given image without a look-up, so that an image that is gone breaks no plan", () => {
    const { instance, ami } = host({ ami: "ami-0a1b2c3d4e5f67890" });

    expect(instance).toMatchObject({ ami: "ami-0a1b2c3d4e5f67890" });
    expect(ami).toBeUndefined();
  });

  it("is not replaced for a newer image, another first boot, or an address lost while it was stopped", () => {
    const { instance } = host();

    expect(instance?.lifecycle.ignore_changes).toEqual(["ami", "user_data", "associate_public_ip_address"]);
  });

  it.each([
    [true, undefined],
    [true, true],
    [false, false],
  ])("is protected by Terraform and by AWS alike: %s with `protected: %s`", (isProtected, given) => {
    const { instance } = host({ protected: given });

    expect(instance?.lifecycle).toMatchObject({ prevent_destroy: isProtected });
    expect(instance).toMatchObject({ disable_api_termination: isProtected });
  });

  it("has the role of an instance profile", () => {
    const { instance } = host({ instanceProfile: { name: "edxanalytics" } });

    expect(instance).toMatchObject({ iam_instance_profile: "edxanalytics" });
  });
});

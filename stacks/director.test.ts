import example from "../clients/example";
import type { ClientInput } from "../config/schema/client";
import { synthesizeClient } from "../test/synth";

type NewDirector = Exclude<ClientInput["director"], { existing: string }>;

const { keyPair, sshFrom } = example.director as NewDirector;

/** A client whose director has the given fields beside its key pair and ranges. */
function withDirector(fields: Partial<NewDirector>) {
  return synthesizeClient({ director: { keyPair, sshFrom, ...fields } });
}

describe("director", () => {
  it("is a small Ubuntu host without a role, in a group of its own", () => {
    const { resource, output } = synthesizeClient();

    expect(resource.aws_instance?.director).toMatchObject({
      tags: { Name: "example-director" },
      ami: "${data.aws_ami.director_ubuntu.id}",
      instance_type: "t3.micro",
      key_name: "${aws_key_pair.director.key_name}",
      root_block_device: { volume_size: 8, volume_type: "gp3", encrypted: true },
      vpc_security_group_ids: ["${aws_security_group.director.id}"],
      lifecycle: { prevent_destroy: true },
    });
    expect(resource.aws_instance?.director).not.toHaveProperty("iam_instance_profile");
    expect(output.director_public_ip?.value).toBe("${aws_instance.director.public_ip}");
  });

  it("gives metadata to IMDSv2 only, as it does not run the pipeline", () => {
    const { resource } = synthesizeClient();

    expect(resource.aws_instance?.director?.metadata_options).toMatchObject({
      http_tokens: "required",
      http_put_response_hop_limit: 1,
    });
  });

  it("upgrades packages at its first boot, and with `install` installs what RUN.md would have typed, by release", () => {
    const userData = (fields: Parameters<typeof synthesizeClient>[0]) =>
      synthesizeClient(fields).resource.aws_instance?.director?.user_data;
    const install = { keyPair, sshFrom, firstBoot: "install" } as const;

    expect(userData({})).toBe("#cloud-config\npackage_update: true\npackage_upgrade: true\n");
    expect(userData({ director: { keyPair, sshFrom, firstBoot: "upgrade" } })).toBe(userData({}));
    expect(userData({ release: "olive", director: install })).toContain(
      "git clone --branch open-release/olive.master https://github.com/edx/configuration.git ~/configuration",
    );
    expect(
      userData({ director: install, configurationFiles: { gitPath: "acme", openedxRelease: "of-acme" } }),
    ).toContain("git clone --branch of-acme https://github.com/acme/configuration.git ~/configuration");
  });

  it("installs nothing on the analytics hosts", () => {
    const hosts = (firstBoot: "upgrade" | "install") =>
      synthesizeClient({ director: { keyPair, sshFrom, firstBoot } }).resource.aws_instance?.analytics_1;

    expect(hosts("install")).toEqual(hosts("upgrade"));
  });

  it("is open to the named ranges on 22, and closed otherwise", () => {
    const { resource } = withDirector({ sshFrom: ["203.0.113.0/24", "198.51.100.7/32"] });

    const rules = Object.entries(resource.aws_vpc_security_group_ingress_rule ?? {}).filter(
      ([, { security_group_id }]) => security_group_id === "${aws_security_group.director.id}",
    );
    expect(Object.fromEntries(rules)).toEqual({
      director_ssh_from_203_0_113_0__24: expect.objectContaining({
        cidr_ipv4: "203.0.113.0/24",
        from_port: 22,
        to_port: 22,
      }),
      director_ssh_from_198_51_100_7__32: expect.objectContaining({
        cidr_ipv4: "198.51.100.7/32",
        from_port: 22,
        to_port: 22,
      }),
    });
  });

  it("lets anybody in on 22, where the client file says so as the runbook does", () => {
    const { resource } = withDirector({ sshFrom: ["0.0.0.0/0"] });

    expect(resource.aws_vpc_security_group_ingress_rule?.director_ssh_from_anywhere).toMatchObject({
      cidr_ipv4: "0.0.0.0/0",
    });
  });

  it("has its own key pair, which may exist", () => {
    const { resource, data } = withDirector({ keyPair: { existing: "director-by-hand" } });

    expect(resource.aws_key_pair).not.toHaveProperty("director");
    expect(data.aws_key_pair?.director).toMatchObject({ key_name: "director-by-hand" });
    expect(resource.aws_instance?.director).toMatchObject({ key_name: "${data.aws_key_pair.director.key_name}" });
  });

  it("has the size, disk, groups and image that the client file names", () => {
    const { resource, data } = withDirector({
      instanceType: "t2.micro",
      diskGiB: 16,
      diskType: "gp2",
      diskEncrypted: false,
      additionalSecurityGroupIds: ["sg-0a1b2c3d4e5f67890"],
      ami: "ami-0a1b2c3d4e5f67890",
    });

    expect(resource.aws_instance?.director).toMatchObject({
      ami: "ami-0a1b2c3d4e5f67890",
      instance_type: "t2.micro",
      root_block_device: { volume_size: 16, volume_type: "gp2", encrypted: false },
      vpc_security_group_ids: ["${aws_security_group.director.id}", "sg-0a1b2c3d4e5f67890"],
    });
    expect(data.aws_ami).not.toHaveProperty("director_ubuntu");
  });

  it("runs the release's Ubuntu", () => {
    const { data } = synthesizeClient({ release: "juniper" });

    expect(data.aws_ami?.director_ubuntu?.filter[0].values).toEqual([
      "ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-amd64-server-*",
    ]);
  });

  it("can be given up while the rest of the client is protected", () => {
    const { resource } = withDirector({ protected: false });

    expect(resource.aws_instance?.director?.lifecycle).toMatchObject({ prevent_destroy: false });
    expect(resource.aws_instance?.analytics_1?.lifecycle).toMatchObject({ prevent_destroy: true });
  });

  it("is protected by itself in a client that is not", () => {
    const { resource } = synthesizeClient({ protected: false, director: { keyPair, sshFrom, protected: true } });

    expect(resource.aws_instance?.director?.lifecycle).toMatchObject({ prevent_destroy: true });
  });

  it("has the runbook's names, or those that the client file gives", () => {
    const { resource } = synthesizeClient({
      naming: "runbook",
      director: {
        keyPair: {
          publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJz4sPZkBn6xeLWhaJFTPBBNGTCq27V3sZ9TR4CG8lNF by-hand",
          name: "ops-key",
        },
        sshFrom,
        securityGroup: { name: "ops", description: "made by hand" },
      },
    });

    expect(resource.aws_instance?.director?.tags).toMatchObject({ Name: "director" });
    expect(resource.aws_security_group?.director).toMatchObject({ name: "ops", description: "made by hand" });
    expect(resource.aws_key_pair?.director).toMatchObject({ key_name: "ops-key" });
  });

  it("that exists is known by its group, and nothing is made", () => {
    const { resource, data, output } = synthesizeClient({
      director: { existing: "sg-0a1b2c3d" },
    });

    expect(data.aws_security_group?.director).toMatchObject({ id: "sg-0a1b2c3d" });
    expect(resource.aws_instance).not.toHaveProperty("director");
    expect(resource.aws_security_group).not.toHaveProperty("director");
    expect(resource.aws_key_pair).not.toHaveProperty("director");
    expect(output).not.toHaveProperty("director_public_ip");
  });

  it.each([
    ["that is made", {}, "${aws_security_group.director.id}"],
    ["that exists", { director: { existing: "sg-0a1b2c3d" } }, "${data.aws_security_group.director.id}"],
  ])("%s may SSH to the analytics hosts and reach MySQL", (_, fields, group) => {
    const { resource, output } = synthesizeClient(fields);

    expect(resource.aws_vpc_security_group_ingress_rule).toMatchObject({
      analytics_ssh_from_director: { referenced_security_group_id: group, from_port: 22, to_port: 22 },
      database_emr_rds_mysql_from_director: { referenced_security_group_id: group, from_port: 3306, to_port: 3306 },
    });
    expect(output.director_security_group_id?.value).toBe(group);
  });

  it("reads the passwords of the MySQL users that it makes, where the client file says so, and nothing else", () => {
    const { resource, data } = withDirector({ passwordReader: {} });

    expect(resource.aws_instance?.director?.iam_instance_profile).toBe("${aws_iam_instance_profile.director.name}");
    expect(resource.aws_iam_instance_profile?.director).toMatchObject({
      name: "example-director",
      role: "${aws_iam_role.director.name}",
    });
    expect(resource.aws_iam_role?.director?.name).toBe("example-director");
    expect(resource.aws_iam_role_policy?.director?.policy).toBe(
      "${data.aws_iam_policy_document.director_read_mysql_passwords.json}",
    );
    expect(data.aws_iam_policy_document?.director_read_mysql_passwords?.statement).toEqual([
      {
        effect: "Allow",
        actions: ["ssm:GetParameter"],
        resources: ["analytics", "migration", "edxapp_ro"].map(
          (login) => `arn:aws:ssm:eu-west-1:123456789012:parameter/edx-analytics/example/mysql/${login}`,
        ),
      },
    ]);
  });

  it("reads the master passwords that RDS does not manage with them", () => {
    const { data } = synthesizeClient({
      director: { keyPair: { existing: "director" }, sshFrom: ["203.0.113.0/24"], passwordReader: {} },
      database: { iterations: { "1": {}, "2": { masterPassword: { existing: true } } } },
    });

    expect(data.aws_iam_policy_document?.director_read_mysql_passwords?.statement[0].resources).toEqual(
      ["analytics", "migration", "edxapp_ro", "master_2"].map(
        (login) => `arn:aws:ssm:eu-west-1:123456789012:parameter/edx-analytics/example/mysql/${login}`,
      ),
    );
  });
});

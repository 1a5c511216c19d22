import { network } from "../test/network";
import { synthesize } from "../test/synth";
import { AnalyticsHosts, type AnalyticsHostsProps } from "./analytics-hosts";
import { Peer } from "./peer";

function hosts(props: Partial<AnalyticsHostsProps> = {}) {
  return synthesize((stack) => {
    new AnalyticsHosts(stack, "analytics", {
      network,
      name: "acme",
      iterations: { "1": {} },
      active: "1",
      keyPairName: "acme",
      ...props,
    }).allowSshFrom(Peer.ipv4("203.0.113.0/24"));
  });
}

describe("analytics hosts", () => {
  it("are one protected host without a role, with an address, open to the web", () => {
    const { resource, data } = hosts();

    expect(resource.aws_instance).toEqual({
      analytics_1: expect.objectContaining({
        instance_type: "t3.medium",
        root_block_device: expect.objectContaining({ volume_size: 50, volume_type: "gp3", encrypted: true }),
        metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
        key_name: "${data.aws_key_pair.analytics.key_name}",
        tags: { Name: "acme-1" },
        lifecycle: expect.objectContaining({ prevent_destroy: true }),
      }),
    });
    expect(data.aws_key_pair?.analytics).toMatchObject({ key_name: "acme" });
    expect(resource.aws_eip?.analytics).toMatchObject({ tags: { Name: "acme" }, lifecycle: { prevent_destroy: true } });
    expect(resource.aws_security_group?.analytics).toMatchObject({
      name: "analytics",
      description: "Insights, Analytics API and Jenkins",
    });
    expect(Object.keys(resource.aws_vpc_security_group_ingress_rule ?? {})).toEqual([
      "analytics_http_from_anywhere",
      "analytics_https_from_anywhere",
      "analytics_ssh_from_203_0_113_0__24",
    ]);
  });

  it("give the role, and IMDSv1 with it, to the host that Jenkins is on", () => {
    const instanceProfile = { name: "jenkins" };
    const { aws_instance: single } = hosts({ instanceProfile }).resource;
    const { aws_instance: separate } = hosts({ instanceProfile, iterations: { "1": { layout: "separate" } } }).resource;
    const role = { iam_instance_profile: "jenkins", metadata_options: { http_tokens: "optional" } };

    expect(single?.analytics_1).toMatchObject(role);
    expect(separate?.analytics_1_jenkins).toMatchObject(role);
    expect(separate?.analytics_1_insights).not.toHaveProperty("iam_instance_profile");
  });

  it("have a group for each service where they are separate: Insights alone reaches the API, the director all three", () => {
    const { resource } = hosts({
      iterations: { "1": { layout: "separate" } },
      serviceGroups: {
        api: { name: "acme-api", description: "Analytics API" },
        jenkins: { name: "acme-jenkins", description: "Jenkins" },
      },
    });
    const rules = resource.aws_vpc_security_group_ingress_rule ?? {};

    expect(resource.aws_security_group?.analytics_jenkins).toMatchObject({ name: "acme-jenkins" });
    expect(resource.aws_instance?.analytics_1_insights?.vpc_security_group_ids).toEqual([
      "${aws_security_group.analytics.id}",
    ]);
    expect(resource.aws_instance?.analytics_1_api?.vpc_security_group_ids).toEqual([
      "${aws_security_group.analytics_api.id}",
    ]);
    expect(resource.aws_instance?.analytics_1_jenkins?.vpc_security_group_ids).toEqual([
      "${aws_security_group.analytics_jenkins.id}",
    ]);
    expect(Object.keys(rules)).toEqual([
      "analytics_http_from_anywhere",
      "analytics_https_from_anywhere",
      "analytics_ssh_from_203_0_113_0__24",
      "analytics_api_http_from_analytics",
      "analytics_api_https_from_analytics",
      "analytics_api_ssh_from_203_0_113_0__24",
      "analytics_jenkins_ssh_from_203_0_113_0__24",
    ]);
    expect(rules.analytics_api_https_from_analytics).toMatchObject({
      security_group_id: "${aws_security_group.analytics_api.id}",
      referenced_security_group_id: "${aws_security_group.analytics.id}",
      from_port: 443,
    });
  });

  it("have an iteration for the address", () => {
    expect(() => hosts({ active: "2" })).toThrow(
      'test/analytics: `active` is "2", which is not among the iterations 1. Name one of them.',
    );
  });

  it("have what they are given", () => {
    const { resource, data } = hosts({
      iterations: { "1": {}, "2": { instanceType: "t3.large", protected: false } },
      active: "2",
      publicKey: "ssh-ed25519 AAAA",
      ubuntu: "16.04",
      webFrom: [],
      existingSecurityGroup: { securityGroupId: "sg-0a1b2c3d" },
      protectedAddress: false,
    });

    expect(resource.aws_instance?.analytics_2).toMatchObject({
      instance_type: "t3.large",
      disable_api_termination: false,
    });
    expect(resource.aws_eip_association?.analytics).toMatchObject({ instance_id: "${aws_instance.analytics_2.id}" });
    expect(resource.aws_eip?.analytics).toMatchObject({ lifecycle: { prevent_destroy: false } });
    expect(resource.aws_key_pair?.analytics).toMatchObject({ public_key: "ssh-ed25519 AAAA" });
    expect(data.aws_ami?.analytics_1_ubuntu?.filter[0].values[0]).toContain("xenial");
    expect(data.aws_security_group?.analytics).toMatchObject({ id: "sg-0a1b2c3d" });
    expect(resource).not.toHaveProperty("aws_vpc_security_group_ingress_rule");
  });
});

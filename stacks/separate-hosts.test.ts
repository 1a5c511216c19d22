import example from "../clients/example";
import type { ClientInput } from "../config/schema/client";
import { synthesizeClient } from "../test/synth";

/** A client whose hosts have the given fields beside the example's. */
function withHosts(fields: Partial<ClientInput["hosts"]>, others: Partial<ClientInput> = {}) {
  return synthesizeClient({ hosts: { ...example.hosts, ...fields }, ...others });
}

describe("hosts of the layout separate", () => {
  const separate = { iterations: { "1": { layout: "separate" } } } as const;

  it.each([true, false])("have their groups protected as the client is: %s", (isProtected) => {
    const { aws_security_group } = withHosts(separate, { protected: isProtected }).resource;

    expect(Object.values(aws_security_group ?? {}).map(({ lifecycle }) => lifecycle?.prevent_destroy ?? false)).toEqual(
      Array(7).fill(isProtected),
    );
  });

  it("are one for each service, in the runbook's one group on request", () => {
    const { resource } = withHosts({ ...separate, serviceGroups: "common" });

    expect(Object.keys(resource.aws_security_group ?? {})).not.toContain("analytics_api");

    expect(resource.aws_instance).not.toHaveProperty("analytics_1");
    for (const service of ["insights", "api", "jenkins"]) {
      expect(resource.aws_instance?.[`analytics_1_${service}`]).toMatchObject({
        tags: { Name: `example-analytics-1-${service}` },
        vpc_security_group_ids: ["${aws_security_group.analytics.id}"],
        key_name: "${aws_key_pair.analytics.key_name}",
        lifecycle: { prevent_destroy: true },
      });
    }
  });

  it("have a group each, of which the world reaches Insights' alone", () => {
    const { resource } = withHosts(separate, { network: { ...example.network, defaultSecurityGroup: false } });
    const rules = Object.values(resource.aws_vpc_security_group_ingress_rule ?? {});
    const letIn = (group: string) =>
      rules
        .filter(({ security_group_id: id }) => id === `\${aws_security_group.${group}.id}`)
        .map(({ from_port: port, cidr_ipv4, referenced_security_group_id: peer }) => [port, cidr_ipv4 ?? peer]);

    expect(resource.aws_instance?.analytics_1_api).toMatchObject({
      vpc_security_group_ids: ["${aws_security_group.analytics_api.id}"],
    });
    expect(resource.aws_security_group?.analytics_jenkins).toMatchObject({ name: "example-analytics-jenkins" });
    expect(letIn("analytics_jenkins")).toEqual([[22, "${aws_security_group.director.id}"]]);
    expect(letIn("analytics_api")).toEqual([
      [80, "${aws_security_group.analytics.id}"],
      [443, "${aws_security_group.analytics.id}"],
      [22, "${aws_security_group.director.id}"],
    ]);
    expect(letIn("emr_master")).toContainEqual([22, "${aws_security_group.analytics_jenkins.id}"]);
    expect(letIn("database_emr_rds")).toContainEqual([3306, "${aws_security_group.analytics_api.id}"]);
    expect(letIn("database_emr_rds")).not.toContainEqual([3306, "${aws_security_group.analytics_jenkins.id}"]);
  });

  it("have none of their own where each iteration is one host", () => {
    expect(Object.keys(withHosts({}).resource.aws_security_group ?? {})).not.toContain("analytics_api");
  });

  it("give the role to Jenkins alone", () => {
    const { resource } = withHosts(separate);

    expect(resource.aws_instance?.analytics_1_jenkins).toMatchObject({
      iam_instance_profile: "${aws_iam_instance_profile.emr_provisioning.name}",
    });
    expect(resource.aws_instance?.analytics_1_insights).not.toHaveProperty("iam_instance_profile");
    expect(resource.aws_instance?.analytics_1_api).not.toHaveProperty("iam_instance_profile");
  });

  it("let Jenkins' pipeline read metadata by IMDSv1", () => {
    const { resource } = withHosts(separate);

    expect(resource.aws_instance?.analytics_1_jenkins?.metadata_options).toMatchObject({ http_tokens: "optional" });
  });

  it("have the address on Insights", () => {
    const { resource } = withHosts(separate);

    expect(resource.aws_eip_association?.analytics).toMatchObject({
      instance_id: "${aws_instance.analytics_1_insights.id}",
    });
  });

  it("are each named in the outputs", () => {
    const { output } = withHosts(separate);

    expect(output.hosts?.value["1"]).toEqual({
      insights: {
        instance_id: "${aws_instance.analytics_1_insights.id}",
        private_ip: "${aws_instance.analytics_1_insights.private_ip}",
      },
      api: {
        instance_id: "${aws_instance.analytics_1_api.id}",
        private_ip: "${aws_instance.analytics_1_api.private_ip}",
      },
      jenkins: {
        instance_id: "${aws_instance.analytics_1_jenkins.id}",
        private_ip: "${aws_instance.analytics_1_jenkins.private_ip}",
      },
    });
  });
});

import { app, clientOf, synthesizeClient } from "../test/synth";
import { AnalyticsStack } from "./analytics-stack";

describe("analytics stack", () => {
  it("warns of what can be deployed nonetheless", () => {
    const stack = new AnalyticsStack(app(), clientOf({ release: "juniper" }));

    const warnings = stack.node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => data);
    expect(warnings).toContainEqual(expect.stringMatching(/^Elasticsearch 1\.5: standard support ended on 2025-11-07/));
    expect(warnings).toContainEqual(expect.stringMatching(/^Ubuntu 16\.04: /));
  });

  it("gives everything taggable the client's tags", () => {
    const { provider } = synthesizeClient({ tags: { CostCentre: "grove" } });

    expect(provider.aws[0].default_tags).toEqual([
      { tags: { Client: "example", CostCentre: "grove", Project: "edx-analytics", ManagedBy: "terraform" } },
    ]);
  });

  it("lets no two clients of a VPC into each other's databases", () => {
    const { resource } = synthesizeClient({ emr: { roles: { existing: true }, securityGroups: { existing: true } } });
    const peers = Object.values(resource.aws_vpc_security_group_ingress_rule ?? {})
      .filter(({ security_group_id }) => security_group_id === "${aws_security_group.database_emr_rds.id}")
      .map(({ referenced_security_group_id }) => referenced_security_group_id);

    expect(peers).toEqual([
      "${aws_security_group.emr_additional_master.id}",
      "${aws_security_group.emr_additional_slave.id}",
      "${aws_security_group.director.id}",
      "${aws_security_group.analytics.id}",
    ]);
  });

  it("opens nothing to the world but Insights, and SSH to the director where the client file says so", () => {
    const open = (t: ReturnType<typeof synthesizeClient>) =>
      Object.entries(t.resource.aws_vpc_security_group_ingress_rule ?? {})
        .filter(([, { cidr_ipv4 }]) => cidr_ipv4 === "0.0.0.0/0")
        .map(([name]) => name);

    expect(open(synthesizeClient())).toEqual(["analytics_http_from_anywhere", "analytics_https_from_anywhere"]);
  });

  it("destroys nothing that is protected, and everything where nothing is", () => {
    const guarded = ({ resource }: ReturnType<typeof synthesizeClient>) =>
      Object.entries(resource).flatMap(([type, named]) =>
        Object.entries(named)
          .filter(([, { lifecycle }]) => lifecycle?.prevent_destroy)
          .map(([name]) => `${type}.${name}`),
      );

    // A group too: a change of its name or description would take its rules away, and then fail.
    expect(guarded(synthesizeClient())).toEqual([
      "aws_security_group.director",
      "aws_security_group.analytics",
      "aws_security_group.emr_master",
      "aws_security_group.emr_slave",
      "aws_security_group.database_emr_rds",
      "aws_instance.director",
      "aws_instance.analytics_1",
      "aws_eip.analytics",
      "aws_db_instance.database_1",
      "aws_s3_bucket.buckets_emr",
      "aws_s3_bucket.buckets_edxanalytics",
      "aws_s3_bucket_policy.grades_download_merged",
      "aws_elasticsearch_domain.elasticsearch",
    ]);
    expect(guarded(synthesizeClient({ protected: false }))).toEqual(["aws_s3_bucket_policy.grades_download_merged"]);
  });
});

describe("outputs", () => {
  it("each say what they are for", () => {
    const { output } = synthesizeClient({ buckets: { apiReports: {} } });

    for (const [name, { description }] of Object.entries(output)) {
      expect([name, description]).toEqual([name, expect.stringMatching(/^.{10,}$/)]);
    }
  });

  it("are sensitive where they are secret, and only there", () => {
    const { output } = synthesizeClient({ buckets: { apiReports: {} } });

    expect(Object.keys(output).filter((name) => output[name]?.sensitive)).toEqual([
      "elasticsearch_secret_access_key",
      "reports_secret_access_key",
    ]);
  });

  it("name a port beside each address", () => {
    const { output } = synthesizeClient();

    expect(output.databases?.value["1"]).toMatchObject({
      identifier: "${aws_db_instance.database_1.identifier}",
      address: "${aws_db_instance.database_1.address}",
      port: "${aws_db_instance.database_1.port}",
      master_secret_arn: "${one(aws_db_instance.database_1.master_user_secret[*].secret_arn)}",
    });
  });

  it("name additional groups for EMR where clients share its groups", () => {
    expect(synthesizeClient().output.emr_additional_master_security_groups?.value).toEqual([]);

    const { output } = synthesizeClient({ emr: { securityGroups: { existing: true } } });
    expect(output.emr_additional_master_security_groups?.value).toEqual([
      "${aws_security_group.emr_additional_master.id}",
    ]);
    expect(output.emr_additional_slave_security_groups?.value).toEqual([
      "${aws_security_group.emr_additional_slave.id}",
    ]);
  });

  it("hold the hosts of every iteration and service", () => {
    const { output } = synthesizeClient({
      hosts: {
        keyPair: { existing: "analytics" },
        iterations: { "1": {}, "2": { layout: "separate" } },
      },
    });

    expect(output.hosts?.value).toMatchObject({
      "1": {
        insights: { instance_id: "${aws_instance.analytics_1.id}" },
        jenkins: { instance_id: "${aws_instance.analytics_1.id}" },
      },
      "2": {
        insights: { instance_id: "${aws_instance.analytics_2_insights.id}" },
        api: { instance_id: "${aws_instance.analytics_2_api.id}" },
        jenkins: { private_ip: "${aws_instance.analytics_2_jenkins.private_ip}" },
      },
    });
  });
});

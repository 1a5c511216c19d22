import example from "../clients/example";
import sharedInput from "../clients/shared-210987654321-eu-central-1";
import { synthesizeClient, synthesizeShared } from "../test/synth";

const arn = "arn:aws:es:eu-west-1:123456789012:domain/example-analytics-es";

describe("Elasticsearch domain", () => {
  it("is one encrypted node of the release's version", () => {
    const { resource } = synthesizeClient();

    expect(resource.aws_elasticsearch_domain).toEqual({
      elasticsearch: expect.objectContaining({
        domain_name: "example-analytics-es",
        elasticsearch_version: "7.10",
        cluster_config: {
          instance_type: "t3.small.elasticsearch",
          instance_count: 1,
          dedicated_master_enabled: false,
          zone_awareness_enabled: false,
        },
        ebs_options: { ebs_enabled: true, volume_type: "gp2", volume_size: 10 },
        snapshot_options: { automated_snapshot_start_hour: 0 },
        advanced_options: { "rest.action.multi.allow_explicit_index": "true" },
        encrypt_at_rest: { enabled: true },
        node_to_node_encryption: { enabled: true },
        domain_endpoint_options: { enforce_https: true, tls_security_policy: "Policy-Min-TLS-1-2-2019-07" },
        lifecycle: { prevent_destroy: true },
      }),
    });
  });

  it("is 1.5 without encryption up to Lilac", () => {
    const { elasticsearch } = synthesizeClient({ release: "lilac" }).resource.aws_elasticsearch_domain ?? {};

    expect(elasticsearch).toMatchObject({
      elasticsearch_version: "1.5",
      cluster_config: { instance_type: "t2.small.elasticsearch" },
    });
    expect(elasticsearch).not.toHaveProperty("encrypt_at_rest");
    expect(elasticsearch).not.toHaveProperty("node_to_node_encryption");
  });

  it("is none from Olive on, nor its user and policy", () => {
    const { resource, output } = synthesizeClient({ release: "olive" });

    expect(resource).not.toHaveProperty("aws_elasticsearch_domain");
    expect(resource).not.toHaveProperty("aws_iam_user");
    expect(Object.keys(resource.aws_iam_policy ?? {})).toEqual(["emr_provisioning"]);
    expect(Object.keys(output).filter((name) => name.startsWith("elasticsearch"))).toEqual([]);
  });

  it("has the size that the client file names", () => {
    const { resource } = synthesizeClient({
      elasticsearch: { instanceType: "m5.large.elasticsearch", volumeGiB: 100, encrypted: false, snapshotHourUtc: 3 },
    });

    expect(resource.aws_elasticsearch_domain?.elasticsearch).toMatchObject({
      cluster_config: { instance_type: "m5.large.elasticsearch" },
      ebs_options: { volume_size: 100 },
      snapshot_options: { automated_snapshot_start_hour: 3 },
    });
    expect(resource.aws_elasticsearch_domain?.elasticsearch).not.toHaveProperty("encrypt_at_rest");
  });

  it("is open to its user and to EMR's instances, by a policy inside the domain", () => {
    const { resource, data } = synthesizeClient();

    expect(resource.aws_elasticsearch_domain?.elasticsearch?.access_policies).toBe(
      "${data.aws_iam_policy_document.elasticsearch_access.json}",
    );
    expect(data.aws_iam_policy_document?.elasticsearch_access?.statement).toEqual([
      {
        effect: "Allow",
        actions: ["es:*"],
        principals: [{ type: "AWS", identifiers: ["${aws_iam_user.elasticsearch.arn}"] }],
        resources: [`${arn}/*`],
      },
      {
        effect: "Allow",
        actions: ["es:ESHttp*"],
        principals: [{ type: "AWS", identifiers: ["${aws_iam_role.emr_roles_ec2.arn}"] }],
        resources: [`${arn}/*`],
      },
    ]);
  });

  it("is what EMR's instances may read and write, or with the runbook everything of Elasticsearch", () => {
    const statements = (client = {}) =>
      synthesizeClient(client).data.aws_iam_policy_document?.emr_roles_elasticsearch_all_statements?.statement;

    expect(statements()).toEqual([
      { effect: "Allow", actions: ["es:ESHttp*", "es:Describe*", "es:List*"], resources: [arn, `${arn}/*`] },
    ]);
    expect(statements({ emr: { elasticsearchAccess: "any" } })).toEqual([
      { effect: "Allow", actions: ["es:*"], resources: ["*"] },
    ]);
  });

  it("has a user whose secret key stays out of logs, or out of the state altogether", () => {
    const { resource, output } = synthesizeClient();
    expect(resource.aws_iam_user?.elasticsearch).toMatchObject({ name: "example-analytics_elasticsearch" });
    expect(output.elasticsearch_secret_access_key).toMatchObject({ sensitive: true });

    const encrypted = synthesizeClient({ pgpKey: "keybase:operator" });
    expect(encrypted.resource.aws_iam_access_key?.elasticsearch).toMatchObject({ pgp_key: "keybase:operator" });
    expect(encrypted.output).not.toHaveProperty("elasticsearch_secret_access_key");
    expect(encrypted.output).toHaveProperty("elasticsearch_encrypted_secret_access_key");
  });
});

describe("application logs", () => {
  it("are off by default", () => {
    const { resource } = synthesizeClient();

    expect(resource.aws_elasticsearch_domain?.elasticsearch).not.toHaveProperty("log_publishing_options");
    expect(resource).not.toHaveProperty("aws_cloudwatch_log_group");
  });

  it("go into a group that Elasticsearch may write to before the domain is made", () => {
    const { resource, data } = synthesizeClient({ elasticsearch: { applicationLogs: {} } });

    expect(resource.aws_cloudwatch_log_group?.elasticsearch_application_logs).toMatchObject({
      name: "/aws/aes/domains/example-analytics-es/application-logs",
      retention_in_days: 90,
    });
    expect(resource.aws_elasticsearch_domain?.elasticsearch).toMatchObject({
      log_publishing_options: [
        {
          log_type: "ES_APPLICATION_LOGS",
          cloudwatch_log_group_arn: "${aws_cloudwatch_log_group.elasticsearch_application_logs.arn}",
        },
      ],
      depends_on: ["aws_cloudwatch_log_resource_policy.elasticsearch_log_policy"],
    });
    expect(data.aws_iam_policy_document?.elasticsearch_log_policy_statements?.statement).toEqual([
      expect.objectContaining({
        actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"],
        resources: ["arn:aws:logs:eu-west-1:123456789012:log-group:/aws/aes/domains/*"],
        condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["123456789012"] }],
      }),
    ]);
  });

  it("are allowed by the shared stack's policy, one of the region's ten for all domains", () => {
    const client = synthesizeClient({ elasticsearch: { applicationLogs: { resourcePolicy: { existing: true } } } });
    expect(client.resource).not.toHaveProperty("aws_cloudwatch_log_resource_policy");
    expect(client.resource.aws_elasticsearch_domain?.elasticsearch).not.toHaveProperty("depends_on");

    const shared = synthesizeShared(
      { state: { bucket: "shared-state" }, network: { vpc: "default" } },
      "shared-123456789012-eu-west-1",
    );
    expect(Object.keys(shared.resource.aws_cloudwatch_log_resource_policy ?? {})).toHaveLength(1);
  });
});

describe("a domain inside the VPC", () => {
  const inVpc = { elasticsearch: { vpc: {} } };
  const admitted = (client: Parameters<typeof synthesizeClient>[0]) =>
    Object.keys(synthesizeClient(client).resource.aws_vpc_security_group_ingress_rule ?? {}).filter((name) =>
      name.startsWith("elasticsearch_"),
    );

  it("is in the network's subnet, in a group of its own, once the service-linked role exists", () => {
    const { resource } = synthesizeClient(inVpc);

    expect(resource.aws_elasticsearch_domain?.elasticsearch).toMatchObject({
      vpc_options: {
        subnet_ids: ["${data.aws_subnet.network_eu_west_1a.id}"],
        security_group_ids: ["${aws_security_group.elasticsearch.id}"],
      },
      depends_on: ["aws_iam_service_linked_role.elasticsearch_service_role"],
    });
    expect(resource.aws_security_group?.elasticsearch).toMatchObject({
      name: "example-elasticsearch",
      description: "Elasticsearch",
      lifecycle: { prevent_destroy: true },
    });
    expect(resource.aws_iam_service_linked_role).toEqual({
      elasticsearch_service_role: expect.objectContaining({ aws_service_name: "es.amazonaws.com" }),
    });
  });

  it("is reached on 443 by the API's hosts and the clusters alone", () => {
    const { hosts } = example;
    const clusters = ["elasticsearch_https_from_master", "elasticsearch_https_from_slave"];
    const separate = { ...inVpc, hosts: { ...hosts, iterations: { "1": { layout: "separate" as const } } } };

    expect(admitted(inVpc)).toEqual(["elasticsearch_https_from_analytics", ...clusters]);
    expect(admitted(separate)).toEqual(["elasticsearch_https_from_analytics_api", ...clusters]);
    expect(admitted({ ...separate, hosts: { ...separate.hosts, serviceGroups: "common" } })).toEqual([
      "elasticsearch_https_from_analytics",
      ...clusters,
    ]);
    expect(admitted({ ...inVpc, hosts: { ...hosts, iterations: { "1": {}, "2": { layout: "separate" } } } })).toEqual([
      "elasticsearch_https_from_analytics",
      "elasticsearch_https_from_analytics_api",
      ...clusters,
    ]);
    expect(admitted({})).toEqual([]);
  });

  it("answers the same callers as a public one", () => {
    expect(synthesizeClient(inVpc).data.aws_iam_policy_document?.elasticsearch_access).toEqual(
      synthesizeClient().data.aws_iam_policy_document?.elasticsearch_access,
    );
  });

  it("may be in another subnet, which has to be in the VPC, with a role that exists", () => {
    const { resource, data } = synthesizeClient({
      elasticsearch: { vpc: { subnetId: "subnet-0a1b2c3d", serviceRole: { existing: true } } },
    });

    expect(data.aws_subnet?.elasticsearch_subnet).toMatchObject({
      id: "subnet-0a1b2c3d",
      lifecycle: { postcondition: [{ condition: "${self.vpc_id == data.aws_vpc.network.id}" }] },
    });
    expect(resource.aws_elasticsearch_domain?.elasticsearch).toMatchObject({
      vpc_options: { subnet_ids: ["${data.aws_subnet.elasticsearch_subnet.id}"] },
    });
    expect(resource).not.toHaveProperty("aws_iam_service_linked_role");
  });

  it("is in the first subnet of a new VPC", () => {
    const { resource } = synthesizeClient({
      ...inVpc,
      network: { vpc: "new", zones: ["eu-west-1a", "eu-west-1b"] },
      edxapp: { ...example.edxapp, database: { ...example.edxapp.database, access: "print" } },
    });

    expect(resource.aws_elasticsearch_domain?.elasticsearch?.vpc_options).toMatchObject({
      subnet_ids: ["${aws_route_table_association.network_eu_west_1a_route_table.subnet_id}"],
    });
  });

  it("has the service-linked role of the account's shared stack, where that manages it", () => {
    expect(synthesizeShared(sharedInput).resource).not.toHaveProperty("aws_iam_service_linked_role");
    expect(
      synthesizeShared({ ...sharedInput, elasticsearch: { serviceRole: true } }).resource.aws_iam_service_linked_role,
    ).toEqual({ elasticsearch_service_role: expect.objectContaining({ aws_service_name: "es.amazonaws.com" }) });
  });
});

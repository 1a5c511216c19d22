import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { synthesize } from "../test/synth";
import { ElasticsearchDomain, type ElasticsearchDomainProps } from "./elasticsearch-domain";

const place = { region: "eu-west-1", accountId: "123456789012" };

function domain(props: Partial<ElasticsearchDomainProps> = {}, use: (search: ElasticsearchDomain) => void = () => {}) {
  return synthesize((stack) => {
    use(new ElasticsearchDomain(stack, "search", { domainName: "acme-es", version: "7.10", ...place, ...props }));
  });
}

describe("Elasticsearch domain", () => {
  it("is one encrypted, protected node by default", () => {
    const { resource } = domain();

    expect(resource.aws_elasticsearch_domain?.search).toMatchObject({
      domain_name: "acme-es",
      elasticsearch_version: "7.10",
      cluster_config: { instance_type: "t3.small.elasticsearch", instance_count: 1 },
      ebs_options: { volume_size: 10 },
      encrypt_at_rest: { enabled: true },
      node_to_node_encryption: { enabled: true },
      snapshot_options: { automated_snapshot_start_hour: 0 },
      lifecycle: { prevent_destroy: true },
    });
    expect(resource).not.toHaveProperty("aws_cloudwatch_log_group");
  });

  it("has the sizes that it is given", () => {
    const { resource } = domain({
      instanceType: "t2.small.elasticsearch",
      volumeGiB: 20,
      encrypted: false,
      snapshotHourUtc: 3,
      protected: false,
    });

    expect(resource.aws_elasticsearch_domain?.search).toMatchObject({
      cluster_config: { instance_type: "t2.small.elasticsearch" },
      ebs_options: { volume_size: 20 },
      snapshot_options: { automated_snapshot_start_hour: 3 },
      lifecycle: { prevent_destroy: false },
    });
    expect(resource.aws_elasticsearch_domain?.search).not.toHaveProperty("encrypt_at_rest");
  });

  it("is closed but for grants, which are one policy", () => {
    const granted = domain({}, (search) => {
      const role = (id: string) => new IamRole(search, id, { name: id, assumeRolePolicy: "{}" });
      search.grantFullAccess(role("api"));
      search.grantReadWrite(role("emr"));
    });
    const resources = ["arn:aws:es:eu-west-1:123456789012:domain/acme-es/*"];

    expect(domain().resource.aws_elasticsearch_domain?.search).not.toHaveProperty("access_policies");
    expect(granted.resource.aws_elasticsearch_domain?.search?.access_policies).toBe(
      "${data.aws_iam_policy_document.search_access.json}",
    );
    expect(granted.data.aws_iam_policy_document?.search_access?.statement).toEqual([
      {
        effect: "Allow",
        actions: ["es:*"],
        principals: [{ type: "AWS", identifiers: ["${aws_iam_role.search_api.arn}"] }],
        resources,
      },
      {
        effect: "Allow",
        actions: ["es:ESHttp*"],
        principals: [{ type: "AWS", identifiers: ["${aws_iam_role.search_emr.arn}"] }],
        resources,
      },
    ]);
  });

  it("has a user of its own on request, who may do everything", () => {
    const { resource, data } = domain({}, (search) => search.addUser({ userName: "api", pgpKey: "keybase:acme" }));

    expect(resource.aws_iam_user?.search).toMatchObject({ name: "api" });
    expect(resource.aws_iam_access_key?.search).toMatchObject({
      pgp_key: "keybase:acme",
      // A key of PGP that fails leaves the former access key in use.
      lifecycle: { create_before_destroy: true },
    });
    expect(data.aws_iam_policy_document?.search_access?.statement).toMatchObject([{ actions: ["es:*"] }]);
  });

  it("publishes application logs, with a policy for them where it is given a name", () => {
    const covered = domain({ applicationLogs: true });
    const withPolicy = domain({ applicationLogs: true, logPolicyName: "acme-logs" });

    expect(covered.resource.aws_elasticsearch_domain?.search?.log_publishing_options).toHaveLength(1);
    expect(covered.resource).not.toHaveProperty("aws_cloudwatch_log_resource_policy");
    expect(withPolicy.resource.aws_cloudwatch_log_resource_policy?.search_log_policy).toMatchObject({
      policy_name: "acme-logs",
    });
    expect(domain({ logPolicyName: "acme-logs" }).resource).not.toHaveProperty("aws_cloudwatch_log_resource_policy");
  });

  it("looks account and region up where it is not told them", () => {
    const { data } = domain({ region: undefined, accountId: undefined }, (search) =>
      search.grantReadWrite({ arn: "a" }),
    );

    expect(data.aws_iam_policy_document?.search_access?.statement[0].resources).toEqual([
      "arn:aws:es:${data.aws_region.search_region.id}:${data.aws_caller_identity.search_account.account_id}:domain/acme-es/*",
    ]);
  });
});

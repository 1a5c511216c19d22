import { synthesizeClient } from "../test/synth";

describe("EMR roles", () => {
  it("are those that EMR makes for itself, with AWS's managed policies", () => {
    const { resource } = synthesizeClient();

    expect(resource.aws_iam_role?.emr_roles_service).toMatchObject({
      name: "EMR_DefaultRole",
      assume_role_policy: "${data.aws_iam_policy_document.emr_roles_service_trust.json}",
    });
    expect(resource.aws_iam_role_policy_attachment?.emr_roles_service_managed).toMatchObject({
      role: "${aws_iam_role.emr_roles_service.name}",
      policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceRole",
    });
    expect(resource.aws_iam_role?.emr_roles_ec2).toMatchObject({
      name: "EMR_EC2_DefaultRole",
      assume_role_policy: "${data.aws_iam_policy_document.emr_roles_ec2_trust.json}",
    });
    expect(resource.aws_iam_role_policy_attachment?.emr_roles_ec2_managed).toMatchObject({
      role: "${aws_iam_role.emr_roles_ec2.name}",
      policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceforEC2Role",
    });
  });

  it("have EMR's names whatever the client's naming, as the edX playbook takes no other", () => {
    const { resource } = synthesizeClient({ naming: "prefixed" });

    expect(resource.aws_iam_role?.emr_roles_service).toMatchObject({ name: "EMR_DefaultRole" });
    expect(resource.aws_iam_role?.emr_roles_ec2).toMatchObject({ name: "EMR_EC2_DefaultRole" });
  });

  it("come with an instance profile of the EC2 role's name", () => {
    const { resource } = synthesizeClient();

    expect(resource.aws_iam_instance_profile?.emr_roles_ec2_profile).toMatchObject({
      name: "EMR_EC2_DefaultRole",
      role: "${aws_iam_role.emr_roles_ec2.name}",
    });
  });

  it("trust EMR for the account's own clusters alone", () => {
    const { data } = synthesizeClient();

    expect(data.aws_iam_policy_document?.emr_roles_service_trust?.statement).toEqual([
      {
        effect: "Allow",
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["elasticmapreduce.amazonaws.com"] }],
        condition: [
          { test: "StringEquals", variable: "aws:SourceAccount", values: ["123456789012"] },
          { test: "ArnLike", variable: "aws:SourceArn", values: ["arn:aws:elasticmapreduce:*:123456789012:*"] },
        ],
      },
    ]);
  });

  it("trust EC2 with the instances' role", () => {
    const { data } = synthesizeClient();

    expect(data.aws_iam_policy_document?.emr_roles_ec2_trust?.statement).toEqual([
      {
        effect: "Allow",
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["ec2.amazonaws.com"] }],
      },
    ]);
  });

  it("have the service policy v2 on request", () => {
    const { resource } = synthesizeClient({ emr: { servicePolicy: "v2" } });

    expect(resource.aws_iam_role_policy_attachment?.emr_roles_service_managed).toMatchObject({
      policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2",
    });
  });

  it("let the instances write the client's Elasticsearch by a managed policy", () => {
    const { resource, data } = synthesizeClient();

    const domain = "arn:aws:es:eu-west-1:123456789012:domain/example-analytics-es";
    expect(data.aws_iam_policy_document?.emr_roles_elasticsearch_all_statements?.statement).toEqual([
      {
        effect: "Allow",
        actions: ["es:ESHttp*", "es:Describe*", "es:List*"],
        resources: [domain, `${domain}/*`],
      },
    ]);
    expect(resource.aws_iam_policy?.emr_roles_elasticsearch_all).toMatchObject({
      name: "example-elasticsearch_all",
      policy: "${data.aws_iam_policy_document.emr_roles_elasticsearch_all_statements.json}",
    });
    expect(resource.aws_iam_role_policy_attachment?.emr_roles_elasticsearch_all_attachment).toMatchObject({
      role: "${aws_iam_role.emr_roles_ec2.name}",
      policy_arn: "${aws_iam_policy.emr_roles_elasticsearch_all.arn}",
    });
  });

  it("let the instances do all in Elasticsearch on request, as the runbook does", () => {
    const { data } = synthesizeClient({ emr: { elasticsearchAccess: "any" } });

    expect(data.aws_iam_policy_document?.emr_roles_elasticsearch_all_statements?.statement).toEqual([
      { effect: "Allow", actions: ["es:*"], resources: ["*"] },
    ]);
  });

  it("get nothing for Elasticsearch where the release has none", () => {
    const { resource } = synthesizeClient({ release: "olive" });

    expect(resource.aws_iam_policy).not.toHaveProperty("emr_roles_elasticsearch_all");
  });

  it("go with a client that has the account to itself", () => {
    const { resource } = synthesizeClient();

    expect(resource.aws_iam_role?.emr_roles_service).not.toHaveProperty("lifecycle");
  });
});

describe("EMR roles that the account has already", () => {
  it.each([
    ["emr.roles is existing", { emr: { roles: { existing: true } } }],
    ["the account is shared", { sharing: "shared-stack" }],
  ] as const)("are looked up where %s", (_, fields) => {
    const { resource, data } = synthesizeClient(fields);

    expect(data.aws_iam_role).toMatchObject({
      emr_roles_service: { name: "EMR_DefaultRole" },
      emr_roles_ec2: { name: "EMR_EC2_DefaultRole" },
    });
    expect(Object.keys(resource.aws_iam_role ?? {})).toEqual(["emr_provisioning"]);
    expect(Object.keys(resource.aws_iam_instance_profile ?? {})).toEqual(["emr_provisioning"]);
  });

  it("get the client's policy inline and named by client, as ten managed ones fit on a role", () => {
    const { resource } = synthesizeClient({ sharing: "shared-stack" });

    expect(resource.aws_iam_role_policy?.emr_roles_elasticsearch_all).toMatchObject({
      name: "example-elasticsearch_all",
      role: "${data.aws_iam_role.emr_roles_ec2.name}",
      policy: "${data.aws_iam_policy_document.emr_roles_elasticsearch_all_statements.json}",
    });
    expect(resource.aws_iam_policy).not.toHaveProperty("emr_roles_elasticsearch_all");
  });

  it("keep the client's name in that policy's, even with the runbook's names", () => {
    const { resource } = synthesizeClient({ sharing: "shared-stack", naming: "runbook" });

    expect(resource.aws_iam_role_policy?.emr_roles_elasticsearch_all).toMatchObject({
      name: "example-elasticsearch_all",
    });
  });

  it("may write the domain that the client makes", () => {
    const { data } = synthesizeClient({ sharing: "shared-stack" });

    const principals = data.aws_iam_policy_document?.elasticsearch_access?.statement.flatMap(
      (statement: { principals: { identifiers: string[] }[] }) => statement.principals[0]?.identifiers,
    );
    expect(principals).toContain("${data.aws_iam_role.emr_roles_ec2.arn}");
  });
});

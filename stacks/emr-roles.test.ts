import { synthesizeClient } from "../test/synth";

describe("EMR roles", () => {
  it("are those that EMR makes for itself, the service role with AWS's managed policy", () => {
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
  });

  it("give the instances AWS's managed policy on request, as the runbook does, and then none of the client's on S3", () => {
    const { resource } = synthesizeClient({ emr: { instancePolicy: "AmazonElasticMapReduceforEC2Role" } });

    expect(resource.aws_iam_role_policy_attachment?.emr_roles_ec2_managed).toMatchObject({
      role: "${aws_iam_role.emr_roles_ec2.name}",
      policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonElasticMapReduceforEC2Role",
    });
    expect(resource).not.toHaveProperty("aws_iam_role_policy");
  });

  it("give the instances no policy of AWS's, but one of the client's inline", () => {
    const { resource } = synthesizeClient();

    expect(resource.aws_iam_role_policy_attachment).not.toHaveProperty("emr_roles_ec2_managed");
    expect(resource.aws_iam_role_policy?.emr_roles_instances).toMatchObject({
      name: "example-emr_instances",
      role: "${aws_iam_role.emr_roles_ec2.name}",
      policy: "${data.aws_iam_policy_document.emr_roles_instances_statements.json}",
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

const existing = [
  ["emr.roles is existing", { emr: { roles: { existing: true } } }],
  ["the account is shared", { sharing: "shared-stack" }],
] as const;

describe("EMR roles that the account has already", () => {
  it.each(existing)(
    "are a service role that is looked up, and a role of the client's own for instances, where %s",
    (_, fields) => {
      const { resource, data, output } = synthesizeClient(fields);

      expect(Object.keys(data.aws_iam_role ?? {})).toEqual(["emr_roles_service"]);
      expect(data.aws_iam_role?.emr_roles_service).toMatchObject({ name: "EMR_DefaultRole" });
      expect(resource.aws_iam_role?.emr_roles_ec2).toMatchObject({
        name: "example-EMR_EC2_DefaultRole",
        assume_role_policy: "${data.aws_iam_policy_document.emr_roles_ec2_trust.json}",
      });
      expect(resource.aws_iam_instance_profile?.emr_roles_ec2_profile).toMatchObject({
        name: "example-EMR_EC2_DefaultRole",
        role: "${aws_iam_role.emr_roles_ec2.name}",
      });
      expect(output.emr_ec2_role?.value).toBe("example-EMR_EC2_DefaultRole");
    },
  );

  it.each(existing)("are both looked up with AWS's managed policy, where %s", (_, fields) => {
    const { resource, data, output } = synthesizeClient({
      ...fields,
      emr: { ...("emr" in fields && fields.emr), instancePolicy: "AmazonElasticMapReduceforEC2Role" },
    });

    expect(data.aws_iam_role).toMatchObject({
      emr_roles_service: { name: "EMR_DefaultRole" },
      emr_roles_ec2: { name: "EMR_EC2_DefaultRole" },
    });
    expect(Object.keys(resource.aws_iam_role ?? {})).toEqual(["emr_provisioning"]);
    expect(Object.keys(resource.aws_iam_instance_profile ?? {})).toEqual(["emr_provisioning"]);
    expect(output.emr_ec2_role?.value).toBe("EMR_EC2_DefaultRole");
  });

  it.each([
    ["the role of its own", {}, "${aws_iam_role.emr_roles_ec2.name}"],
    [
      "the existing one",
      { instancePolicy: "AmazonElasticMapReduceforEC2Role" },
      "${data.aws_iam_role.emr_roles_ec2.name}",
    ],
  ] as const)("get the client's policies inline and named by client on %s", (_, emr, role) => {
    const { resource } = synthesizeClient({ sharing: "shared-stack", naming: "runbook", emr });

    expect(resource.aws_iam_role_policy?.emr_roles_elasticsearch_all).toMatchObject({
      name: "example-elasticsearch_all",
      role,
      policy: "${data.aws_iam_policy_document.emr_roles_elasticsearch_all_statements.json}",
    });
    expect(resource.aws_iam_policy).not.toHaveProperty("emr_roles_elasticsearch_all");
  });

  it.each([
    [{}, "${aws_iam_role.emr_roles_ec2.arn}"],
    [{ instancePolicy: "AmazonElasticMapReduceforEC2Role" }, "${data.aws_iam_role.emr_roles_ec2.arn}"],
  ] as const)("may write the domain that the client makes, with %j", (emr, arn) => {
    const { data } = synthesizeClient({ sharing: "shared-stack", emr });

    const principals = data.aws_iam_policy_document?.elasticsearch_access?.statement.flatMap(
      (statement: { principals: { identifiers: string[] }[] }) => statement.principals[0]?.identifiers,
    );
    expect(principals).toContain(arn);
  });

  it("let EMR pass the role of the client's own with service policy v2, which names EMR_EC2_DefaultRole alone", () => {
    const { resource, data } = synthesizeClient({ sharing: "shared-stack", emr: { servicePolicy: "v2" } });

    expect(resource.aws_iam_role_policy?.emr_roles_service_pass_role).toMatchObject({
      name: "pass-example-EMR_EC2_DefaultRole",
      role: "${data.aws_iam_role.emr_roles_service.name}",
    });
    expect(data.aws_iam_policy_document?.emr_roles_service_pass_role_statements?.statement).toEqual([
      {
        effect: "Allow",
        actions: ["iam:PassRole"],
        resources: ["${aws_iam_role.emr_roles_ec2.arn}"],
        condition: [{ test: "StringEquals", variable: "iam:PassedToService", values: ["ec2.amazonaws.com"] }],
      },
    ]);
    expect(synthesizeClient({ sharing: "shared-stack" }).resource.aws_iam_role_policy).not.toHaveProperty(
      "emr_roles_service_pass_role",
    );
  });
});

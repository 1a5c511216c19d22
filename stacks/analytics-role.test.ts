import example from "../clients/example";
import { synthesizeClient } from "../test/synth";

const runbookActions = [
  "ec2:DescribeInstances",
  "elasticmapreduce:*",
  "iam:PassRole",
  "rds:DescribeDBInstances",
  "route53:Get*",
  "route53:List*",
];

const serviceLinkedRole = {
  effect: "Allow",
  actions: ["iam:CreateServiceLinkedRole"],
  resources: ["arn:aws:iam::*:role/aws-service-role/elasticmapreduce.amazonaws.com/AWSServiceRoleForEMRCleanup*"],
  condition: [{ test: "StringEquals", variable: "iam:AWSServiceName", values: ["elasticmapreduce.amazonaws.com"] }],
};

describe("EMR provisioning", () => {
  it("lets Jenkins do what the runbook lists, but hand the two EMR roles alone to their services", () => {
    const { data } = synthesizeClient();

    expect(data.aws_iam_policy_document?.emr_provisioning?.statement).toEqual([
      {
        effect: "Allow",
        actions: [
          "elasticmapreduce:*",
          "route53:Get*",
          "route53:List*",
          "ec2:DescribeInstances",
          "rds:DescribeDBInstances",
        ],
        resources: ["*"],
      },
      {
        effect: "Allow",
        actions: ["iam:PassRole"],
        resources: ["${aws_iam_role.emr_roles_service.arn}"],
        condition: [
          { test: "StringEquals", variable: "iam:PassedToService", values: ["elasticmapreduce.amazonaws.com"] },
        ],
      },
      {
        effect: "Allow",
        actions: ["iam:PassRole"],
        resources: ["${aws_iam_role.emr_roles_ec2.arn}"],
        condition: [{ test: "StringEquals", variable: "iam:PassedToService", values: ["ec2.amazonaws.com"] }],
      },
      serviceLinkedRole,
    ]);
  });

  it("lets Jenkins hand on any role on request, as the runbook does", () => {
    const { data } = synthesizeClient({ emr: { passRole: "any" } });

    const [runbook, ...others] = data.aws_iam_policy_document?.emr_provisioning?.statement ?? [];
    expect(runbook).toMatchObject({ effect: "Allow", resources: ["*"] });
    expect(runbook).not.toHaveProperty("condition");
    expect([...runbook.actions].sort()).toEqual(runbookActions);
    expect(others).toEqual([serviceLinkedRole]);
  });

  it.each([
    ["the client's own beside them", {}, "${aws_iam_role.emr_roles_ec2.arn}"],
    [
      "the existing one",
      { instancePolicy: "AmazonElasticMapReduceforEC2Role" },
      "${data.aws_iam_role.emr_roles_ec2.arn}",
    ],
  ] as const)("lets Jenkins hand on roles that the account has already, for instances %s", (_, emr, ec2Role) => {
    const { data } = synthesizeClient({ emr: { roles: { existing: true }, ...emr } });

    const passed = data.aws_iam_policy_document?.emr_provisioning?.statement.filter(
      ({ actions }: { actions: string[] }) => actions.includes("iam:PassRole"),
    );
    expect(passed.flatMap(({ resources }: { resources: string[] }) => resources)).toEqual([
      "${data.aws_iam_role.emr_roles_service.arn}",
      ec2Role,
    ]);
  });

  it("is a role that EC2 assumes, with the policy attached", () => {
    const { resource, data } = synthesizeClient();

    expect(data.aws_iam_policy_document?.emr_provisioning_trust?.statement).toEqual([
      {
        effect: "Allow",
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["ec2.amazonaws.com"] }],
      },
    ]);
    expect(resource.aws_iam_role?.emr_provisioning).toMatchObject({
      assume_role_policy: "${data.aws_iam_policy_document.emr_provisioning_trust.json}",
    });
    expect(resource.aws_iam_policy?.emr_provisioning).toMatchObject({
      policy: "${data.aws_iam_policy_document.emr_provisioning.json}",
    });
    expect(resource.aws_iam_role_policy_attachment?.emr_provisioning).toMatchObject({
      role: "${aws_iam_role.emr_provisioning.name}",
      policy_arn: "${aws_iam_policy.emr_provisioning.arn}",
    });
  });

  it("has policies that are not replaced for a description, which one that was made by hand may have", () => {
    const policies = Object.values(synthesizeClient({ release: "maple" }).resource.aws_iam_policy ?? {});

    expect(policies).toHaveLength(2);
    for (const { lifecycle } of policies) {
      expect(lifecycle).toEqual({ ignore_changes: ["description"] });
    }
  });

  it("has the client's name before the runbook's", () => {
    const { resource } = synthesizeClient();

    expect(resource.aws_iam_policy?.emr_provisioning).toMatchObject({ name: "example-provision_emr_clusters" });
    expect(resource.aws_iam_role?.emr_provisioning).toMatchObject({ name: "example-edxanalytics" });
  });

  it.each([
    ["the runbook's names", {}, "edxanalytics", "provision_emr_clusters"],
    ["the client file's names", { name: "jenkins", policyName: "clusters" }, "jenkins", "clusters"],
  ])("has %s on request, with an instance profile of the role's name", (_, names, role, policy) => {
    const { resource } = synthesizeClient({ naming: "runbook", hosts: { ...example.hosts, role: names } });

    expect(resource.aws_iam_role?.emr_provisioning).toMatchObject({ name: role });
    expect(resource.aws_iam_policy?.emr_provisioning).toMatchObject({ name: policy });
    expect(resource.aws_iam_instance_profile?.emr_provisioning).toMatchObject({
      name: role,
      role: "${aws_iam_role.emr_provisioning.name}",
    });
  });
});

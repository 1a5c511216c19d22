import { synthesize } from "../test/synth";
import { AnalyticsRole, type AnalyticsRoleProps } from "./analytics-role";
import { EmrRoles, type EmrRolesProps } from "./emr-roles";

const policy = { policyName: "acme-search", statements: [{ effect: "Allow", actions: ["es:*"], resources: ["*"] }] };

function roles(props: EmrRolesProps = { accountId: "123456789012" }) {
  return synthesize((stack) => new EmrRoles(stack, "emr-roles", props).addPolicy("search", policy));
}

describe("EMR roles", () => {
  it("have EMR's names, the service policy v1 and no protection by default", () => {
    const { resource } = roles();

    expect(resource.aws_iam_role).toMatchObject({
      emr_roles_service: { name: "EMR_DefaultRole" },
      emr_roles_ec2: { name: "EMR_EC2_DefaultRole" },
    });
    expect(resource.aws_iam_role?.emr_roles_ec2).not.toHaveProperty("lifecycle");
    expect(resource.aws_iam_role_policy_attachment).not.toHaveProperty("emr_roles_ec2_managed");
    expect(resource.aws_iam_role_policy_attachment?.emr_roles_service_managed?.policy_arn).toMatch(
      /AmazonElasticMapReduceRole$/,
    );
  });

  it("have the service policy v2 and protection on request", () => {
    const { resource } = roles({ accountId: "123456789012", servicePolicy: "v2", protected: true });

    expect(resource.aws_iam_role_policy_attachment?.emr_roles_service_managed).toMatchObject({
      policy_arn: expect.stringMatching(/AmazonEMRServicePolicy_v2$/),
      lifecycle: { prevent_destroy: true },
    });
    expect(resource.aws_iam_role?.emr_roles_service).toMatchObject({ lifecycle: { prevent_destroy: true } });
  });

  it("trust EMR for clusters of the given account, or of the one that is looked up", () => {
    const accountIn = ({ data }: ReturnType<typeof roles>) =>
      data.aws_iam_policy_document?.emr_roles_service_trust?.statement[0].condition[0].values;

    expect(accountIn(roles())).toEqual(["123456789012"]);
    expect(accountIn(roles({}))).toEqual(["${data.aws_caller_identity.emr_roles_account.account_id}"]);
  });

  it("have AWS's managed policy of the instances on request", () => {
    const { resource } = roles({ accountId: "123456789012", instancePolicy: "AmazonElasticMapReduceforEC2Role" });

    expect(resource.aws_iam_role_policy_attachment?.emr_roles_ec2_managed?.policy_arn).toMatch(
      /service-role\/AmazonElasticMapReduceforEC2Role$/,
    );
  });

  it("are an existing service role beside a role of one's own for the instances, on request", () => {
    const { resource, data } = synthesize((stack) => {
      const own = EmrRoles.fromExistingServiceRole(stack, "emr-roles", { ec2RoleName: "acme-emr-ec2" });
      own.addPolicy("search", policy);
      own.addInlinePolicy("buckets", policy);
    });

    expect(data.aws_iam_role).toMatchObject({ emr_roles_service: { name: "EMR_DefaultRole" } });
    expect(resource.aws_iam_instance_profile?.emr_roles_ec2_profile).toMatchObject({ name: "acme-emr-ec2" });
    expect(resource.aws_iam_role_policy).toMatchObject({
      emr_roles_search: { role: "${aws_iam_role.emr_roles_ec2.name}" },
      emr_roles_buckets: { role: "${aws_iam_role.emr_roles_ec2.name}" },
    });
  });

  it("get further policies as managed ones, or inline where they exist", () => {
    const made = roles().resource;
    const existing = synthesize((stack) => EmrRoles.fromExistingRoles(stack, "emr-roles").addPolicy("search", policy));

    expect(made.aws_iam_policy?.emr_roles_search).toMatchObject({ name: "acme-search" });
    expect(existing.data.aws_iam_role?.emr_roles_ec2).toMatchObject({ name: "EMR_EC2_DefaultRole" });
    expect(existing.resource).toEqual({
      aws_iam_role_policy: {
        emr_roles_search: expect.objectContaining({
          name: "acme-search",
          role: "${data.aws_iam_role.emr_roles_ec2.name}",
        }),
      },
    });
  });
});

describe("the role of the analytics host", () => {
  const emrRoles = {
    serviceRole: { arn: "arn:aws:iam::123456789012:role/emr", name: "emr" },
    ec2Role: { arn: "arn:aws:iam::123456789012:role/emr-ec2", name: "emr-ec2" },
  };
  const passed = (props: Partial<AnalyticsRoleProps> = {}) =>
    synthesize((stack) => {
      new AnalyticsRole(stack, "jenkins", { roleName: "jenkins", policyName: "clusters", emrRoles, ...props });
    })
      .data.aws_iam_policy_document?.jenkins?.statement.filter(({ actions }: { actions: string[] }) =>
        actions.includes("iam:PassRole"),
      )
      .flatMap(({ resources }: { resources: string[] }) => resources);

  it("hands EMR's roles alone to AWS services, or any role on request", () => {
    expect(passed()).toEqual([emrRoles.serviceRole.arn, emrRoles.ec2Role.arn]);
    expect(passed({ passRole: "any" })).toEqual(["*"]);
  });
});

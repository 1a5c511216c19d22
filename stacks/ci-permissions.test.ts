import { allowing, ci, github, statements } from "../test/ci-stacks";
import { clientOf } from "../test/synth";

describe("the plan role", () => {
  const all = statements(ci(), "plan_read");

  it("reads, and writes nothing but locks and plans", () => {
    const writes = all.flatMap(({ actions, resources }) =>
      actions.filter((action) => !/^\w+:(Describe|Get|List)/.test(action)).map((action) => [action, resources]),
    );

    expect(writes).toEqual([
      ["s3:DeleteObject", locks],
      ["s3:PutObject", locks],
      ["s3:PutObject", plans],
    ]);
  });

  it("reads the states of its own client, and no object of any other kind", () => {
    const read = allowing(all, "s3:GetObject").flatMap(({ resources }) => resources);

    expect(read.filter((arn) => !arn.endsWith("/enrollments-blacklist/"))).toEqual([
      "arn:aws:s3:::example-terraform-state/example/example.tfstate",
      ...locks,
    ]);
  });

  it.each([
    "secretsmanager:GetSecretValue",
    "ec2:GetPasswordData",
    "kms:Decrypt",
    "sts:AssumeRole",
    "ec2:RunInstances",
  ])("may not %s", (action) => {
    expect(allowing(all, action)).toEqual([]);
  });
});

describe("with the databases stack", () => {
  const all = statements(ci({ ci: { github: { ...github.github, databases: true } } }), "plan_read");

  it("the plan role reads its state and RDS's master passwords, as Terraform logs in to the servers", () => {
    expect(allowing(all, "s3:GetObject").flatMap(({ resources }) => resources)).toContain(
      "arn:aws:s3:::example-terraform-state/example/example-databases.tfstate",
    );
    expect(allowing(all, "secretsmanager:GetSecretValue").flatMap(({ resources }) => resources)).toEqual([
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!*",
    ]);
  });
});

describe("the apply role", () => {
  const all = [...statements(ci(), "apply_read"), ...statements(ci(), "apply_change")];

  it("may do what the plan role may", () => {
    expect(statements(ci(), "apply_read")).toEqual(statements(ci(), "plan_read"));
  });

  it("has no wildcard over a whole service", () => {
    expect(all.flatMap(({ actions }) => actions).filter((action) => /:\*$|^\*/.test(action))).toEqual([]);
  });

  it.each(["iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy"])(
    "may not %s on CI's own roles",
    (action) => {
      const resources = allowing(all, action).flatMap((statement) => statement.resources);

      expect(resources).not.toEqual([]);
      expect(resources.filter((arn) => /\*|-ci-/.test(arn))).toEqual([]);
    },
  );

  it.each([
    "iam:CreateOpenIDConnectProvider",
    "iam:DeleteOpenIDConnectProvider",
    "s3:DeleteBucket",
    "s3:DeleteObjectVersion",
    "s3:PutBucketPolicy on the state's bucket",
  ])("may not %s", (action) => {
    const [name = "", elsewhere] = action.split(" on ");
    const found = allowing(all, name).flatMap((statement) => statement.resources);

    expect(elsewhere === undefined ? found : found.filter((arn) => arn.includes("terraform-state"))).toEqual([]);
  });

  it("attaches the client's own policies and EMR's to roles, and no other", () => {
    const [attach] = allowing(all, "iam:AttachRolePolicy");

    expect(attach?.condition).toEqual([
      {
        test: "ArnLike",
        variable: "iam:PolicyARN",
        values: [
          "arn:aws:iam::123456789012:policy/example-provision_emr_clusters",
          "arn:aws:iam::123456789012:policy/example-elasticsearch_all",
          "arn:aws:iam::aws:policy/service-role/Amazon*MapReduce*",
          "arn:aws:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2",
        ],
      },
    ]);
  });

  it.each(["ec2:TerminateInstances", "ec2:StopInstances", "ec2:ReleaseAddress", "ec2:ModifyVpcAttribute"])(
    "may %s of the project's alone",
    (action) => {
      const found = allowing(all, action);

      expect(found).toHaveLength(1);
      expect(found[0]?.condition).toContainEqual(projectTag);
    },
  );

  it("changes the project's instances alone, and gives the project's tag to what it makes alone", () => {
    const onInstances = allowing(all, "ec2:ModifyInstanceAttribute").filter(({ resources }) =>
      resources.some((arn) => arn === "*" || arn.includes(":instance/")),
    );
    const tagging = allowing(all, "ec2:CreateTags").map(({ condition }) => condition);

    expect(onInstances.map(({ condition }) => condition)).toEqual([[projectTag]]);
    expect(tagging).toEqual([
      expect.arrayContaining([projectTag]),
      expect.arrayContaining([{ test: "StringLike", variable: "ec2:CreateAction", values: ["*"] }]),
      [
        {
          test: "ForAllValues:StringEquals",
          variable: "aws:TagKeys",
          values: ["for-use-with-amazon-emr-managed-policies"],
        },
      ],
    ]);
  });

  it.each(["rds:DeleteDBInstance", "rds:ModifyDBInstance", "rds:AddTagsToResource"])(
    "may %s by the client's names alone, so that the edxapp RDS is out of reach",
    (action) => {
      const reached = allowing(all, action)
        .flatMap(({ resources }) => resources)
        .filter((arn) => /:db:|:\*$|^\*$/.test(arn.replace("og:default:*", "")));

      expect(reached).toEqual([
        "arn:aws:rds:eu-west-1:123456789012:db:example-analytics",
        "arn:aws:rds:eu-west-1:123456789012:db:example-analytics-*",
      ]);
    },
  );

  it("lets RDS keep the master password, whose key it has to look up, and reads neither", () => {
    const change = statements(ci(), "apply_change");

    expect(allowing(change, "secretsmanager:CreateSecret")).toHaveLength(1);
    expect(allowing(change, "kms:DescribeKey")).toHaveLength(1);
    expect(["kms:Decrypt", "secretsmanager:GetSecretValue"].flatMap((action) => allowing(change, action))).toEqual([]);
  });

  it("makes RDS instances in an existing subnet group, which it cannot delete", () => {
    const template = ci({ database: { subnetGroup: { existing: "of-edxapp" } } });
    const of = (action: string) =>
      allowing(statements(template, "apply_change"), action)
        .flatMap(({ resources }) => resources)
        .filter((arn) => arn.includes(":subgrp:"));

    expect(of("rds:CreateDBInstance")).toEqual(["arn:aws:rds:eu-west-1:123456789012:subgrp:of-edxapp"]);
    expect(of("rds:DeleteDBSubnetGroup")).toEqual([]);
  });

  it("writes the edxapp bucket's policy where the client file says so, and nowhere else", () => {
    const written = (access: "merge-policy" | "print") => {
      const { edxapp } = clientOf();
      const template = ci({ edxapp: { ...edxapp, gradesBucket: { name: "example-edxapp", access } } });
      return allowing(statements(template, "apply_change"), "s3:PutBucketPolicy")
        .flatMap(({ resources }) => resources)
        .includes("arn:aws:s3:::example-edxapp");
    };

    expect(written("merge-policy")).toBe(true);
    expect(written("print")).toBe(false);
  });
});

const projectTag = { test: "StringEquals", variable: "aws:ResourceTag/Project", values: ["edx-analytics"] };
const locks = ["arn:aws:s3:::example-terraform-state/example/example.tfstate.tflock"];
const plans = ["arn:aws:s3:::example-terraform-state/plans/example/*"];

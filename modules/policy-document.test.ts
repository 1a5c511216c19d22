import { synthesize } from "../test/synth";
import { PolicyDocument, trustService } from "./policy-document";

describe("policy document", () => {
  it("is Terraform data in the current policy language, which is the provider's default", () => {
    const { data } = synthesize((stack) => {
      new PolicyDocument(stack, "reports", {
        statements: [{ effect: "Allow", actions: ["s3:Get*"], resources: ["arn:aws:s3:::acme"] }],
      });
    });

    expect(data.aws_iam_policy_document?.reports?.statement).toEqual([
      { effect: "Allow", actions: ["s3:Get*"], resources: ["arn:aws:s3:::acme"] },
    ]);
    expect(data.aws_iam_policy_document?.reports).not.toHaveProperty("version");
  });

  it("is in the older language on request", () => {
    const { data } = synthesize((stack) => {
      new PolicyDocument(stack, "grades", { version: "2008-10-17", statements: [] });
    });

    expect(data.aws_iam_policy_document?.grades).toMatchObject({ version: "2008-10-17" });
  });

  it("keeps its statements in order", () => {
    const { data } = synthesize((stack) => {
      new PolicyDocument(stack, "reports", { statements: [{ sid: "First" }, { sid: "Second" }] });
    });

    expect(data.aws_iam_policy_document?.reports?.statement).toEqual([{ sid: "First" }, { sid: "Second" }]);
  });
});

describe("trust", () => {
  it("lets one AWS service assume the role", () => {
    const statement = trustService("ec2.amazonaws.com");

    expect(statement).toEqual({
      effect: "Allow",
      actions: ["sts:AssumeRole"],
      principals: [{ type: "Service", identifiers: ["ec2.amazonaws.com"] }],
      condition: undefined,
    });
  });

  it("is narrowed by conditions", () => {
    const condition = [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["123456789012"] }];

    const statement = trustService("elasticmapreduce.amazonaws.com", condition);

    expect(statement).toMatchObject({ condition });
  });
});

import { synthesize } from "../test/synth";
import { ReportsUser } from "./reports-user";

describe("reports user", () => {
  it("reads the bucket that it is given, and nothing else", () => {
    const { resource, data } = synthesize((stack) => {
      const bucket = { bucketName: "acme-reports", arn: "arn:aws:s3:::acme-reports" };
      new ReportsUser(stack, "reports", { userName: "acme-reports", bucket });
    });

    expect(resource.aws_iam_user?.reports).toMatchObject({ name: "acme-reports" });
    expect(resource.aws_iam_access_key?.reports).not.toHaveProperty("pgp_key");
    expect(data.aws_iam_policy_document?.reports?.statement).toMatchObject([
      { actions: ["s3:Get*", "s3:List*"], resources: ["arn:aws:s3:::acme-reports", "arn:aws:s3:::acme-reports/*"] },
    ]);
  });
});

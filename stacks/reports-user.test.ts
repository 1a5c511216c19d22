import { synthesizeClient } from "../test/synth";

describe("reports user", () => {
  it("is not made by default", () => {
    const { resource } = synthesizeClient();

    expect(resource.aws_iam_user).not.toHaveProperty("reports_user");
  });

  it("reads the reports bucket and nothing else", () => {
    const { resource, data } = synthesizeClient({ buckets: { apiReports: {} } });

    expect(resource.aws_iam_user?.reports_user).toMatchObject({ name: "example-analytics_reports" });
    expect(resource.aws_iam_user_policy?.reports_user).toMatchObject({
      name: "s3-read-analytics-reports",
      user: "${aws_iam_user.reports_user.name}",
    });
    expect(data.aws_iam_policy_document?.reports_user?.statement).toEqual([
      {
        effect: "Allow",
        actions: ["s3:Get*", "s3:List*"],
        resources: ["arn:aws:s3:::example-analytics-api-reports", "arn:aws:s3:::example-analytics-api-reports/*"],
      },
    ]);
  });

  it("keeps its secret key out of logs", () => {
    const { output } = synthesizeClient({ buckets: { apiReports: {} } });

    expect(output.reports_secret_access_key).toMatchObject({ sensitive: true });
  });

  it("has its secret key encrypted with the client's PGP key", () => {
    const { resource, output } = synthesizeClient({ buckets: { apiReports: {} }, pgpKey: "keybase:operator" });

    expect(resource.aws_iam_access_key?.reports_user).toMatchObject({
      pgp_key: "keybase:operator",
      // A key of PGP that fails leaves the former access key in use.
      lifecycle: { create_before_destroy: true },
    });
    expect(output).not.toHaveProperty("reports_secret_access_key");
    expect(output.reports_encrypted_secret_access_key?.value).toBe(
      "${aws_iam_access_key.reports_user.encrypted_secret}",
    );
  });
});

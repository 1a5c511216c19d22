import example from "../clients/example";
import type { ClientInput } from "../config/schema/client";
import { synthesizeClient, type Template } from "../test/synth";

type Access = ClientInput["edxapp"]["gradesBucket"]["access"];

function withAccess(access: Access, userArn = example.edxapp.userArn): Template {
  return synthesizeClient({
    edxapp: { ...example.edxapp, userArn, gradesBucket: { name: "example-edxapp", access } },
  });
}

/** Bucket policies on the grades bucket, beside those of our own buckets. */
function gradesPolicies({ resource }: Template) {
  return Object.fromEntries(
    Object.entries(resource.aws_s3_bucket_policy ?? {}).filter(([, { bucket }]) => bucket === "example-edxapp"),
  );
}

const statement = {
  sid: "EdxAnalyticsGradesDownloadExample",
  effect: "Allow",
  actions: ["s3:GetObject"],
  resources: ["arn:aws:s3:::example-edxapp/grades-download/*"],
  principals: [{ type: "AWS", identifiers: ["arn:aws:iam::123456789012:user/edxapp"] }],
};

describe("grades-download", () => {
  it.each<Access>(["new-policy", "merge-policy", "print", "user-policy"])(
    "lets the edxapp user read it, in the runbook's words, whatever the way: %s",
    (access) => {
      const { data, output } = withAccess(access);

      expect(data.aws_iam_policy_document?.grades_download).toMatchObject({
        version: "2008-10-17",
        statement: [statement],
      });
      expect(output.grades_download_policy?.value).toBe("${data.aws_iam_policy_document.grades_download.json}");
    },
  );

  it("is the bucket's whole policy with new-policy", () => {
    expect(gradesPolicies(withAccess("new-policy"))).toEqual({
      grades_download: expect.objectContaining({ policy: "${data.aws_iam_policy_document.grades_download.json}" }),
    });
  });

  it("with merge-policy keeps what exists, and replaces its own former self", () => {
    const synthesised = withAccess("merge-policy");

    expect(synthesised.data.aws_s3_bucket_policy?.grades_download_existing).toMatchObject({ bucket: "example-edxapp" });
    expect(synthesised.locals).toMatchObject({
      grades_download_existing_policy: "${jsondecode(data.aws_s3_bucket_policy.grades_download_existing.policy)}",
      grades_download_foreign_statements:
        '${[for statement in flatten([local.grades_download_existing_policy.Statement]) : statement if try(statement.Sid, "") != "EdxAnalyticsGradesDownloadExample"]}',
    });
    expect(gradesPolicies(synthesised)).toEqual({
      grades_download_merged: expect.objectContaining({
        policy:
          "${jsonencode(merge(local.grades_download_existing_policy, {Statement = concat(local.grades_download_foreign_statements, jsondecode(data.aws_iam_policy_document.grades_download.json).Statement)}))}",
      }),
    });
  });

  it("never loses foreign statements with the resource, whatever is protected", () => {
    for (const access of ["merge-policy", "leave-policy"] as const) {
      const { resource } = synthesizeClient({
        edxapp: { ...example.edxapp, gradesBucket: { name: "example-edxapp", access } },
        protected: false,
      });
      expect(resource.aws_s3_bucket_policy?.grades_download_merged?.lifecycle).toMatchObject({ prevent_destroy: true });
    }
  });

  it("with leave-policy takes our statement out and keeps the others", () => {
    expect(gradesPolicies(withAccess("leave-policy"))).toEqual({
      grades_download_merged: expect.objectContaining({
        policy:
          "${jsonencode(merge(local.grades_download_existing_policy, {Statement = local.grades_download_foreign_statements}))}",
      }),
    });
  });

  it("does not leave a policy empty, which S3 refuses", () => {
    expect(gradesPolicies(withAccess("leave-policy")).grades_download_merged?.lifecycle.precondition).toEqual([
      {
        condition: "${length(local.grades_download_foreign_statements) > 0}",
        error_message: expect.stringContaining('Set `edxapp.gradesBucket.access` to "new-policy"'),
      },
    ]);
    expect(gradesPolicies(withAccess("merge-policy")).grades_download_merged?.lifecycle).not.toHaveProperty(
      "precondition",
    );
  });

  it.each<[Access, string, string]>([
    ["new-policy", "aws_s3_bucket_policy.grades_download_merged", "aws_s3_bucket_policy.grades_download"],
    ["merge-policy", "aws_s3_bucket_policy.grades_download", "aws_s3_bucket_policy.grades_download_merged"],
    ["leave-policy", "aws_s3_bucket_policy.grades_download", "aws_s3_bucket_policy.grades_download_merged"],
  ])("takes a policy of another way over with %s, as the bucket has one alone", (access, from, to) => {
    expect(withAccess(access).moved).toEqual([[{ from, to }]]);
  });

  it.each<Access>(["print", "user-policy"])(
    "does not touch the bucket with %s, and removes a merged policy from the state",
    (access) => {
      const synthesised = withAccess(access);

      expect(gradesPolicies(synthesised)).toEqual({});
      expect(synthesised.removed).toEqual([
        [{ from: "aws_s3_bucket_policy.grades_download_merged", lifecycle: { destroy: false } }],
      ]);
    },
  );

  it("is a policy of the edxapp user with user-policy", () => {
    const { resource, data } = withAccess("user-policy");

    expect(resource.aws_iam_user_policy?.grades_download).toMatchObject({
      name: "example-grades-download",
      user: "edxapp",
      policy: "${data.aws_iam_policy_document.grades_download_user_statements.json}",
    });
    expect(data.aws_iam_policy_document?.grades_download_user_statements?.statement).toEqual([
      { effect: "Allow", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::example-edxapp/grades-download/*"] },
    ]);
  });

  it("is a policy of the edxapp role where it is one", () => {
    const { resource } = withAccess("user-policy", "arn:aws:iam::123456789012:role/service/edxapp");

    expect(resource.aws_iam_role_policy?.grades_download).toMatchObject({ role: "edxapp" });
    expect(resource).not.toHaveProperty("aws_iam_user_policy");
  });
});

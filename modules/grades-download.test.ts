import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { Construct } from "constructs";
import { synthesize, synthesizePlain, type Template } from "../test/synth";
import { GradesDownload, type GradesDownloadProps } from "./grades-download";

const reader = { arn: "arn:aws:iam::123456789012:user/edxapp" };

/** Synthesises the construct, nested. */
function grades(props: Partial<GradesDownloadProps>, synthesizeIn: typeof synthesizePlain = synthesizePlain): Template {
  return synthesizeIn((stack) => {
    new GradesDownload(new Construct(stack, "Campus"), "grades-download", {
      bucketName: "acme-edxapp",
      access: "new-policy",
      reader,
      ...props,
    });
  });
}

/** Addresses of the bucket policies that are made. */
function policies({ resource }: Template): string[] {
  return Object.keys(resource?.aws_s3_bucket_policy ?? {}).map((name) => `aws_s3_bucket_policy.${name}`);
}

describe.each([
  ["a plain stack", synthesizePlain],
  ["a stack with readable addresses", (build: Parameters<typeof synthesizePlain>[0]) => synthesize(build)],
])("nested in %s, grades-download", (_, synthesizeIn) => {
  const [own = ""] = policies(grades({ access: "new-policy" }, synthesizeIn));
  const [merged = ""] = policies(grades({ access: "merge-policy" }, synthesizeIn));

  it("moves between a policy of its own and a merged one, by the addresses that both have", () => {
    expect(grades({ access: "new-policy" }, synthesizeIn).moved).toEqual([[{ from: merged, to: own }]]);
    expect(grades({ access: "merge-policy" }, synthesizeIn).moved).toEqual([[{ from: own, to: merged }]]);
    expect(grades({ access: "leave-policy" }, synthesizeIn).moved).toEqual([[{ from: own, to: merged }]]);
  });

  it.each(["print", "user-policy"] as const)("removes the merged policy from the state with %s", (access) => {
    const synthesised = grades({ access }, synthesizeIn);

    expect(policies(synthesised)).toEqual([]);
    expect(synthesised.removed).toEqual([[{ from: merged, lifecycle: { destroy: false } }]]);
  });
});

describe("grades-download", () => {
  it("lets the reader get objects below grades-download/, and nothing else", () => {
    const [document] = Object.values(grades({}).data.aws_iam_policy_document ?? {});

    expect(document).toMatchObject({
      version: "2008-10-17",
      statement: [
        {
          sid: "EdxAnalyticsGradesDownload",
          actions: ["s3:GetObject"],
          resources: ["arn:aws:s3:::acme-edxapp/grades-download/*"],
          principals: [{ type: "AWS", identifiers: [reader.arn] }],
        },
      ],
    });
  });

  it("has the statement's id, the policy's name and the setting's name that it is given", () => {
    const left = grades({ access: "leave-policy", statementId: "Acme", accessField: "grades.access" });
    const byUser = grades({ access: "user-policy", userPolicyName: "acme-grades" });

    expect(JSON.stringify(left)).toContain('!= \\"Acme\\"');
    expect(JSON.stringify(left)).toContain('Set `grades.access` to \\"new-policy\\"');
    expect(JSON.stringify(grades({ access: "leave-policy" }))).toContain('Set `access` to \\"new-policy\\"');
    expect(Object.values(byUser.resource.aws_iam_user_policy ?? {})).toMatchObject([
      { name: "acme-grades", user: "edxapp" },
    ]);
  });

  it("refuses a policy of a reader whose name is not known yet", () => {
    const unknown = () =>
      synthesizePlain((stack) => {
        new GradesDownload(stack, "Grades", {
          bucketName: "acme-edxapp",
          access: "user-policy",
          reader: new IamUser(stack, "Reader", { name: "edxapp" }),
        });
      });

    expect(unknown).toThrow(/plain\/Grades: the ARN of `reader` is known after apply only\. Give it as text/);
  });
});

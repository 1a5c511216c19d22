import {
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
} from "@aws-sdk/client-s3";
import { GetPublicAccessBlockCommand as GetAccountPublicAccessBlockCommand } from "@aws-sdk/client-s3-control";
import example from "../../clients/example";
import type { ClientInput } from "../../config/schema/client";
import { asked, failing, readyAccount, s3, s3Control } from "../../test/ready-account";

beforeEach(readyAccount);

describe("the policy of the grades bucket", () => {
  type Access = ClientInput["edxapp"]["gradesBucket"]["access"];
  const foreign = { Sid: "Theirs" };
  const own = { Sid: "EdxAnalyticsGradesDownloadExample" };

  it.each<[Access, object[] | undefined, string]>([
    ["new-policy", undefined, "ok policy of example-edxapp does not exist yet, as the client file says"],
    ["new-policy", [own], "ok policy of example-edxapp is this stack's alone"],
    [
      "new-policy",
      [own, foreign],
      'refused policy of example-edxapp has 1 statement besides this stack\'s, which "new-policy" would replace. Set `edxapp.gradesBucket.access` to "merge-policy".',
    ],
    ["merge-policy", [own, foreign], "ok policy of example-edxapp has 1 statement besides this stack's, kept"],
    [
      "leave-policy",
      [own],
      'refused policy of example-edxapp has no statement but this stack\'s, and S3 accepts no empty policy. Set `edxapp.gradesBucket.access` to "new-policy", deploy, then to the value that you need.',
    ],
    ["leave-policy", [own, foreign], "ok policy of example-edxapp has 1 statement besides this stack's, kept"],
    [
      "merge-policy",
      undefined,
      'refused policy of example-edxapp does not exist, and `edxapp.gradesBucket.access` is "merge-policy". Set "new-policy".',
    ],
  ])("is compared with %s: %j", async (access, statements, expected) => {
    if (statements) {
      s3.on(GetBucketPolicyCommand).resolves({ Policy: JSON.stringify({ Statement: statements }) });
    } else {
      s3.on(GetBucketPolicyCommand).rejects(failing("NoSuchBucketPolicy"));
    }

    const { rows } = await asked({
      edxapp: { ...example.edxapp, gradesBucket: { name: "example-edxapp", access } },
    });

    expect(rows).toContain(expected);
  });

  it("is refused where it has no room for the stack's statement", async () => {
    const long = { Sid: "Theirs", Resource: "x".repeat(20_000) };
    s3.on(GetBucketPolicyCommand, { Bucket: "example-edxapp" }).resolves({
      Policy: JSON.stringify({ Statement: [long] }),
    });

    expect((await asked()).notOk).toEqual([
      'refused policy of example-edxapp has 20032 of 20480 bytes, which S3 takes at most, and the stack\'s statement needs about 500 more. Have its owner shorten it, or set `edxapp.gradesBucket.access` to "user-policy".',
    ]);
  });

  it.each<[string, () => void, string]>([
    [
      "another region",
      () => s3.on(HeadBucketCommand, { Bucket: "example-edxapp" }).resolves({ BucketRegion: "us-east-1" }),
      "refused policy of example-edxapp the bucket is in us-east-1, and Terraform writes policies in eu-west-1 of this account.",
    ],
    [
      "another account",
      () => s3.on(HeadBucketCommand, { Bucket: "example-edxapp" }).rejects(failing("Forbidden", 403)),
      "refused policy of example-edxapp the bucket is another account's, and Terraform writes policies in eu-west-1 of this account.",
    ],
  ])("cannot be written in %s", async (_, given, expected) => {
    given();

    expect((await asked()).notOk).toContainEqual(expect.stringContaining(expected));
  });

  it("is refused where it names a caller that is deleted: S3 does not take such a statement back", async () => {
    const Principal = { AWS: ["arn:aws:iam::123456789012:user/lms", "AIDACKCEVSQ6C2EXAMPLE"] };
    s3.on(GetBucketPolicyCommand, { Bucket: "example-edxapp" }).resolves({
      Policy: JSON.stringify({
        Statement: [foreign, { Sid: "Old", Principal }, { Principal: { AWS: "AROAEXAMPLE" } }],
      }),
    });

    expect((await asked()).notOk).toEqual([
      "refused policy of example-edxapp has statements for users or roles that are deleted, so S3 refuses the whole policy: Old names AIDACKCEVSQ6C2EXAMPLE; number 3 names AROAEXAMPLE. Have its owner remove them first.",
    ]);
  });

  it("is refused where it lets everybody in, and the bucket takes no such policy any more", async () => {
    everybodyIsIn();
    s3.on(GetPublicAccessBlockCommand).resolves({ PublicAccessBlockConfiguration: { BlockPublicPolicy: true } });
    s3.on(GetBucketPolicyStatusCommand).resolves({ PolicyStatus: { IsPublic: true } });
    expect((await asked()).notOk).toEqual([
      expect.stringMatching(
        /^refused policy of example-edxapp lets everybody in, by an older statement, and the bucket's/,
      ),
    ]);

    s3.on(GetBucketPolicyStatusCommand).resolves({ PolicyStatus: { IsPublic: false } });
    expect((await asked()).notOk).toEqual([]);
  });

  it("is refused as well where the whole account takes no such policy any more", async () => {
    everybodyIsIn();
    const block = { PublicAccessBlockConfiguration: { BlockPublicPolicy: true } };
    s3Control.on(GetAccountPublicAccessBlockCommand, { AccountId: "123456789012" }).resolves(block);
    s3.on(GetBucketPolicyStatusCommand).resolves({ PolicyStatus: { IsPublic: true } });

    expect((await asked()).notOk).toEqual([
      expect.stringMatching(
        /^refused policy of example-edxapp lets everybody in, by an older statement, and the account's/,
      ),
    ]);
  });

  it("is not asked for where the bucket is not touched", async () => {
    await asked({ edxapp: { ...example.edxapp, gradesBucket: { name: "example-edxapp", access: "user-policy" } } });

    expect(s3.commandCalls(GetBucketPolicyCommand, { Bucket: "example-edxapp" })).toEqual([]);
  });
});

/** An older statement, besides another owner's. */
function everybodyIsIn() {
  s3.on(GetBucketPolicyCommand, { Bucket: "example-edxapp" }).resolves({
    Policy: JSON.stringify({ Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject" }] }),
  });
}

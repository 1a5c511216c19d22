import {
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Client } from "../config/client";
import { fakeTerminal } from "../test/fake-terminal";
import {
  allBlocked,
  asItShouldBe,
  bare,
  bucket,
  failing,
  freshBucket,
  oldVersions,
  plans,
  policy,
  s3,
  sts,
  writes,
  written,
} from "../test/state-bucket";
import { clientOf } from "../test/synth";
import { ensureState } from "./state";
import type { Terminal } from "./terminal";

const example = clientOf();

/** Arguments of `ensureState` where no other client has state in the bucket. */
function ensure(client: Client, check: boolean, terminal: Terminal = fakeTerminal()): Promise<void> {
  return ensureState(client, { check, owners: [client] }, terminal);
}

beforeEach(freshBucket);

describe("edx-analytics state", () => {
  it("makes the bucket in its region, with all settings", async () => {
    bare();
    s3.on(HeadBucketCommand).rejects(failing("NotFound"));
    const terminal = fakeTerminal();

    await ensure(example, false, terminal);

    expect(s3.commandCalls(CreateBucketCommand)[0]?.args[0].input).toEqual({
      Bucket: "example-terraform-state",
      ObjectOwnership: "BucketOwnerEnforced",
      CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
    });
    expect(written()).toEqual(writes);
    expect(s3.commandCalls(PutBucketVersioningCommand)[0]?.args[0].input).toEqual({
      ...bucket,
      VersioningConfiguration: { Status: "Enabled" },
    });
    expect(s3.commandCalls(PutPublicAccessBlockCommand)[0]?.args[0].input).toEqual({
      ...bucket,
      PublicAccessBlockConfiguration: allBlocked,
    });
    expect(JSON.parse(s3.commandCalls(PutBucketPolicyCommand)[0]?.args[0].input.Policy ?? "")).toEqual({
      Version: "2012-10-17",
      Statement: policy,
    });
    expect(s3.commandCalls(PutBucketLifecycleConfigurationCommand)[0]?.args[0].input).toMatchObject({
      LifecycleConfiguration: { Rules: [oldVersions, plans] },
    });
    expect(terminal.results[0]).toContain("s3://example-terraform-state/example/example.tfstate");
  });

  it("names no location for us-east-1, which S3 refuses", async () => {
    bare();
    s3.on(HeadBucketCommand).rejects(failing("NotFound"));

    await ensure(clientOf({ region: "us-east-1" }), false);

    expect(s3.commandCalls(CreateBucketCommand)[0]?.args[0].input.CreateBucketConfiguration).toBeUndefined();
  });

  it("changes nothing the second time", async () => {
    asItShouldBe();
    const terminal = fakeTerminal();

    await ensure(example, false, terminal);

    expect(written()).toEqual([]);
    expect(terminal.results.slice(1).every((line) => line.startsWith("  ok"))).toBe(true);
  });

  it("corrects what has been changed, and keeps other statements and rules", async () => {
    asItShouldBe();
    const foreign = { Sid: "Audit", Effect: "Allow", Principal: { AWS: "*" }, Action: "s3:GetObject", Resource: "*" };
    const rule = { ID: "logs", Status: "Enabled" as const, Prefix: "logs/", Expiration: { Days: 7 } };
    s3.on(GetBucketVersioningCommand).resolves({ Status: "Suspended" });
    s3.on(GetPublicAccessBlockCommand).resolves({
      PublicAccessBlockConfiguration: { ...allBlocked, BlockPublicAcls: false },
    });
    s3.on(GetBucketPolicyCommand).resolves({ Policy: JSON.stringify({ Version: "2008-10-17", Statement: foreign }) });
    s3.on(GetBucketLifecycleConfigurationCommand).resolves({ Rules: [rule] });
    const terminal = fakeTerminal();

    await ensure(example, false, terminal);

    expect(written()).toEqual([
      PutBucketVersioningCommand,
      PutPublicAccessBlockCommand,
      PutBucketPolicyCommand,
      PutBucketLifecycleConfigurationCommand,
    ]);
    expect(JSON.parse(s3.commandCalls(PutBucketPolicyCommand)[0]?.args[0].input.Policy ?? "")).toEqual({
      Version: "2008-10-17",
      Statement: [foreign, ...policy],
    });
    expect(
      s3.commandCalls(PutBucketLifecycleConfigurationCommand)[0]?.args[0].input.LifecycleConfiguration?.Rules,
    ).toEqual([
      { ID: "logs", Status: "Enabled", Filter: { Prefix: "logs/" }, Expiration: { Days: 7 } },
      oldVersions,
      plans,
    ]);
    expect(terminal.results.join("\n")).toContain("BlockPublicAcls off; now: blocked");
  });

  it("lets plans expire in a bucket that was made before CI had any", async () => {
    asItShouldBe();
    s3.on(GetBucketLifecycleConfigurationCommand).resolves({ Rules: [oldVersions] });

    await ensure(example, false);

    expect(
      s3.commandCalls(PutBucketLifecycleConfigurationCommand)[0]?.args[0].input.LifecycleConfiguration?.Rules,
    ).toEqual([oldVersions, plans]);
  });

  it("leaves encryption with a KMS key as it is", async () => {
    asItShouldBe();
    s3.on(GetBucketEncryptionCommand).resolves({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "key" } }],
      },
    });

    await ensure(example, false);

    expect(written()).toEqual([]);
  });

  it("with --check says what would change, changes nothing, and fails", async () => {
    asItShouldBe();
    s3.on(GetBucketVersioningCommand).resolves({});
    const terminal = fakeTerminal();

    await expect(ensure(example, true, terminal)).rejects.toThrow(
      "example: 1 setting would change. `npx edx-analytics state example` sets them.",
    );

    expect(terminal.results.join("\n")).toMatch(/differs +versioning +off; would be: on/);
    expect(written()).toEqual([]);
  });

  it("with --check makes no bucket", async () => {
    s3.on(HeadBucketCommand).rejects(failing("NotFound"));

    await expect(ensure(example, true)).rejects.toThrow(
      "example: there is no bucket. `npx edx-analytics state example` makes it.",
    );
    expect(written()).toEqual([]);
  });

  it("touches nothing with credentials of another account", async () => {
    sts.on(GetCallerIdentityCommand).resolves({ Account: "999999999999", Arn: "arn:aws:iam::999999999999:user/me" });

    await expect(ensure(example, false)).rejects.toThrow(
      "example: these credentials are of account 999999999999 (arn:aws:iam::999999999999:user/me), and 123456789012 is required. Set AWS_PROFILE to the right account's. Nothing was changed.",
    );
    expect(s3.calls()).toEqual([]);
  });

  it("uses no bucket of another account", async () => {
    s3.on(HeadBucketCommand).rejects(failing("Forbidden", 403));

    await expect(ensure(example, false)).rejects.toThrow(
      "example: bucket example-terraform-state exists, but is not account 123456789012's",
    );
    expect(written()).toEqual([]);
  });

  it("refuses a bucket that is in another region than the client file says", async () => {
    s3.on(HeadBucketCommand).resolves({ BucketRegion: "us-west-2" });

    await expect(ensure(example, false)).rejects.toThrow(
      'bucket example-terraform-state is in us-west-2, and clients/example.ts says eu-west-1. Set `state.region` to "us-west-2"',
    );
  });

  it("reaches a bucket in another account with the operator's own credentials, as Terraform's backend does", async () => {
    asItShouldBe();
    sts.on(GetCallerIdentityCommand).resolves({ Account: "444455556666", Arn: "arn:aws:iam::444455556666:user/me" });
    const client = clientOf({
      deployRoleArn: "arn:aws:iam::123456789012:role/deploy",
      state: { bucket: "central-state", accountId: "444455556666" },
    });

    await ensure(client, false);

    expect(s3.commandCalls(HeadBucketCommand)[0]?.args[0].input).toEqual({
      Bucket: "central-state",
      ExpectedBucketOwner: "444455556666",
    });
  });
});

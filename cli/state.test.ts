import {
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { mockClient } from "aws-sdk-client-mock";
import { fakeTerminal } from "../test/fake-terminal";
import { clientOf } from "../test/synth";
import { ensureState } from "./state";

const s3 = mockClient(S3Client);
const sts = mockClient(STSClient);
const example = clientOf();
const bucket = { Bucket: "example-terraform-state", ExpectedBucketOwner: "123456789012" };
const allBlocked = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};
const oldVersions = {
  ID: "edx-analytics-old-versions",
  Status: "Enabled" as const,
  Filter: { Prefix: "" },
  NoncurrentVersionExpiration: { NoncurrentDays: 365 },
};
const plans = {
  ID: "edx-analytics-plans",
  Status: "Enabled" as const,
  Filter: { Prefix: "plans/" },
  Expiration: { Days: 3 },
  NoncurrentVersionExpiration: { NoncurrentDays: 1 },
};
const tlsOnly = {
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::example-terraform-state", "arn:aws:s3:::example-terraform-state/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const writes = [
  CreateBucketCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutBucketEncryptionCommand,
  PutPublicAccessBlockCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketLifecycleConfigurationCommand,
];

function failing(name: string, status = 404) {
  return Object.assign(new Error(`the ${name}`), { name, $metadata: { httpStatusCode: status } });
}

/** A bucket that is as it should be. */
function asItShouldBe() {
  s3.on(HeadBucketCommand).resolves({ BucketRegion: "eu-west-1" });
  s3.on(GetBucketVersioningCommand).resolves({ Status: "Enabled" });
  s3.on(GetBucketEncryptionCommand).resolves({
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }] },
  });
  s3.on(GetPublicAccessBlockCommand).resolves({ PublicAccessBlockConfiguration: allBlocked });
  s3.on(GetBucketOwnershipControlsCommand).resolves({
    OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
  });
  s3.on(GetBucketPolicyCommand).resolves({ Policy: JSON.stringify({ Statement: [tlsOnly] }) });
  s3.on(GetBucketLifecycleConfigurationCommand).resolves({ Rules: [oldVersions, plans] });
}

/** A bucket as S3 makes it, without any of the settings. */
function bare() {
  s3.on(GetBucketVersioningCommand).resolves({});
  s3.on(GetBucketEncryptionCommand).rejects(failing("ServerSideEncryptionConfigurationNotFoundError"));
  s3.on(GetPublicAccessBlockCommand).rejects(failing("NoSuchPublicAccessBlockConfiguration"));
  s3.on(GetBucketOwnershipControlsCommand).rejects(failing("OwnershipControlsNotFoundError"));
  s3.on(GetBucketPolicyCommand).rejects(failing("NoSuchBucketPolicy"));
  s3.on(GetBucketLifecycleConfigurationCommand).rejects(failing("NoSuchLifecycleConfiguration"));
}

function written() {
  return writes.filter((command) => s3.commandCalls(command as typeof CreateBucketCommand).length > 0);
}

beforeEach(() => {
  s3.reset();
  sts.reset();
  sts
    .on(GetCallerIdentityCommand)
    .resolves({ Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/operator" });
  s3.onAnyCommand().resolves({});
});

describe("edx-analytics state", () => {
  it("makes the bucket in its region, with all settings", async () => {
    bare();
    s3.on(HeadBucketCommand).rejects(failing("NotFound"));
    const terminal = fakeTerminal();

    await ensureState(example, { check: false }, terminal);

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
      Statement: [tlsOnly],
    });
    expect(s3.commandCalls(PutBucketLifecycleConfigurationCommand)[0]?.args[0].input).toMatchObject({
      LifecycleConfiguration: { Rules: [oldVersions, plans] },
    });
    expect(terminal.results[0]).toContain("s3://example-terraform-state/example/example.tfstate");
  });

  it("names no location for us-east-1, which S3 refuses", async () => {
    bare();
    s3.on(HeadBucketCommand).rejects(failing("NotFound"));

    await ensureState(clientOf({ region: "us-east-1" }), { check: false }, fakeTerminal());

    expect(s3.commandCalls(CreateBucketCommand)[0]?.args[0].input.CreateBucketConfiguration).toBeUndefined();
  });

  it("changes nothing the second time", async () => {
    asItShouldBe();
    const terminal = fakeTerminal();

    await ensureState(example, { check: false }, terminal);

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

    await ensureState(example, { check: false }, terminal);

    expect(written()).toEqual([
      PutBucketVersioningCommand,
      PutPublicAccessBlockCommand,
      PutBucketPolicyCommand,
      PutBucketLifecycleConfigurationCommand,
    ]);
    expect(JSON.parse(s3.commandCalls(PutBucketPolicyCommand)[0]?.args[0].input.Policy ?? "")).toEqual({
      Version: "2008-10-17",
      Statement: [foreign, tlsOnly],
    });
    expect(
      s3.commandCalls(PutBucketLifecycleConfigurationCommand)[0]?.args[0].input.LifecycleConfiguration?.Rules,
    ).toEqual([
      { ID: "logs", Status: "Enabled", Filter: { Prefix: "logs/" }, Expiration: { Days: 7 } },
      oldVersions,
      plans,
    ]);
    expect(terminal.results.join("\n")).toContain("was BlockPublicAcls is off; now blocked");
  });

  it("lets plans expire in a bucket that was made before CI had any", async () => {
    asItShouldBe();
    s3.on(GetBucketLifecycleConfigurationCommand).resolves({ Rules: [oldVersions] });

    await ensureState(example, { check: false }, fakeTerminal());

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

    await ensureState(example, { check: false }, fakeTerminal());

    expect(written()).toEqual([]);
  });

  it("with --check says what would change, changes nothing, and fails", async () => {
    asItShouldBe();
    s3.on(GetBucketVersioningCommand).resolves({});
    const terminal = fakeTerminal();

    await expect(ensureState(example, { check: true }, terminal)).rejects.toThrow(
      "example: 1 setting would change. `npx edx-analytics state example` sets them.",
    );

    expect(terminal.results.join("\n")).toMatch(/differs +versioning +off; would be kept/);
    expect(written()).toEqual([]);
  });

  it("with --check makes no bucket", async () => {
    s3.on(HeadBucketCommand).rejects(failing("NotFound"));

    await expect(ensureState(example, { check: true }, fakeTerminal())).rejects.toThrow(
      "example: there is no bucket. `npx edx-analytics state example` makes it.",
    );
    expect(written()).toEqual([]);
  });

  it("touches nothing with credentials of another account", async () => {
    sts.on(GetCallerIdentityCommand).resolves({ Account: "999999999999", Arn: "arn:aws:iam::999999999999:user/me" });

    await expect(ensureState(example, { check: false }, fakeTerminal())).rejects.toThrow(
      "example: these credentials are of account 999999999999 (arn:aws:iam::999999999999:user/me), and 123456789012 is wanted. Set AWS_PROFILE to the right account's. Nothing was changed.",
    );
    expect(s3.calls()).toEqual([]);
  });

  it("uses no bucket of another account", async () => {
    s3.on(HeadBucketCommand).rejects(failing("Forbidden", 403));

    await expect(ensureState(example, { check: false }, fakeTerminal())).rejects.toThrow(
      "example: bucket example-terraform-state exists, but is not account 123456789012's",
    );
    expect(written()).toEqual([]);
  });

  it("refuses a bucket that is in another region than the client file says", async () => {
    s3.on(HeadBucketCommand).resolves({ BucketRegion: "us-west-2" });

    await expect(ensureState(example, { check: false }, fakeTerminal())).rejects.toThrow(
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

    await ensureState(client, { check: false }, fakeTerminal());

    expect(s3.commandCalls(HeadBucketCommand)[0]?.args[0].input).toEqual({
      Bucket: "central-state",
      ExpectedBucketOwner: "444455556666",
    });
  });
});

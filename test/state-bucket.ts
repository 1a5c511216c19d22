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
import { mockClient } from "./mock-client";

export const s3 = mockClient(S3Client);
export const sts = mockClient(STSClient);
export const bucket = { Bucket: "example-terraform-state", ExpectedBucketOwner: "123456789012" };
export const allBlocked = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};
export const oldVersions = {
  ID: "edx-analytics-old-versions",
  Status: "Enabled" as const,
  Filter: { Prefix: "" },
  NoncurrentVersionExpiration: { NoncurrentDays: 365 },
};
export const plans = {
  ID: "edx-analytics-plans",
  Status: "Enabled" as const,
  Filter: { Prefix: "plans/" },
  Expiration: { Days: 3 },
  NoncurrentVersionExpiration: { NoncurrentDays: 1 },
};
const refused = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::example-terraform-state", "arn:aws:s3:::example-terraform-state/*"],
};
export const tlsOnly = { Sid: "TlsOnly", ...refused, Condition: { Bool: { "aws:SecureTransport": "false" } } };
const clientRoles = ["*EMR_DefaultRole", "*EMR_EC2_DefaultRole", "example-edxanalytics"].map(
  (role) => `arn:aws:iam::123456789012:role/${role}`,
);
export const policy = [
  tlsOnly,
  { Sid: "NoInstances", ...refused, Condition: { Null: { "aws:Ec2InstanceSourceVpc": "false" } } },
  { Sid: "NoClientRoles", ...refused, Condition: { ArnLike: { "aws:PrincipalArn": clientRoles } } },
];
/** What the command may change. */
export const writes = [
  CreateBucketCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutBucketEncryptionCommand,
  PutPublicAccessBlockCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketLifecycleConfigurationCommand,
];

/** An error of S3's. */
export function failing(name: string, status = 404) {
  return Object.assign(new Error(`the ${name}`), { name, $metadata: { httpStatusCode: status } });
}

/** A bucket that is as it should be. */
export function asItShouldBe() {
  s3.on(HeadBucketCommand).resolves({ BucketRegion: "eu-west-1" });
  s3.on(GetBucketVersioningCommand).resolves({ Status: "Enabled" });
  s3.on(GetBucketEncryptionCommand).resolves({
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }] },
  });
  s3.on(GetPublicAccessBlockCommand).resolves({ PublicAccessBlockConfiguration: allBlocked });
  s3.on(GetBucketOwnershipControlsCommand).resolves({
    OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
  });
  s3.on(GetBucketPolicyCommand).resolves({ Policy: JSON.stringify({ Statement: policy }) });
  s3.on(GetBucketLifecycleConfigurationCommand).resolves({ Rules: [oldVersions, plans] });
}

/** A bucket as S3 makes it, without any of the settings. */
export function bare() {
  s3.on(GetBucketVersioningCommand).resolves({});
  s3.on(GetBucketEncryptionCommand).rejects(failing("ServerSideEncryptionConfigurationNotFoundError"));
  s3.on(GetPublicAccessBlockCommand).rejects(failing("NoSuchPublicAccessBlockConfiguration"));
  s3.on(GetBucketOwnershipControlsCommand).rejects(failing("OwnershipControlsNotFoundError"));
  s3.on(GetBucketPolicyCommand).rejects(failing("NoSuchBucketPolicy"));
  s3.on(GetBucketLifecycleConfigurationCommand).rejects(failing("NoSuchLifecycleConfiguration"));
}

/** The commands that have changed something. */
export function written() {
  return writes.filter((command) => s3.commandCalls(command as typeof CreateBucketCommand).length > 0);
}

/** No calls yet, by an operator of the example's account. */
export function freshBucket(): void {
  s3.reset();
  sts.reset();
  sts
    .on(GetCallerIdentityCommand)
    .resolves({ Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/operator" });
  s3.onAnyCommand().resolves({});
}

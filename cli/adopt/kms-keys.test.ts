import { GetBucketAclCommand, GetBucketEncryptionCommand, HeadBucketCommand } from "@aws-sdk/client-s3";
import { adopted, databaseIs, domainIs, emptyAccount } from "../../test/hand-made-account";
import { keys, kmsKeyId } from "../../test/kms-client";
import { s3 } from "../../test/ready-account";

beforeEach(emptyAccount);

describe("an adoption of what is encrypted with a KMS key", () => {
  it("names the key of a database where the file has another one, and asks for none where it has none", async () => {
    databaseIs({ StorageEncrypted: true, KmsKeyId: kmsKeyId });
    const drafted = async (changes: object) => (await adopted(changes)).fields["database.iterations.1.kmsKeyId"];
    const withKey = (key: string) => ({ database: { iterations: { "1": { kmsKeyId: key } } } });

    expect(await drafted(withKey(keys.database))).toBe(kmsKeyId);
    expect(await drafted(withKey(kmsKeyId))).toBeUndefined();
    expect(await drafted({})).toBeUndefined();
  });

  it("is stopped by a domain with another key than the file's", async () => {
    const encrypted = (key: string) => {
      domainIs({
        ElasticsearchVersion: "7.10",
        EncryptionAtRestOptions: { Enabled: true, KmsKeyId: key },
        NodeToNodeEncryptionOptions: { Enabled: true },
      });
      return adopted({ elasticsearch: { kmsKeyId: keys.domain } });
    };
    const said = expect.stringContaining("and keeps that key. Remove `elasticsearch.kmsKeyId`");

    expect((await encrypted(kmsKeyId)).conflicts).toContainEqual(said);
    expect((await encrypted(keys.domain.split("/")[1] ?? "")).conflicts).not.toContainEqual(said);
  });

  it("imports a bucket with the file's own key, and leaves one with another", async () => {
    s3.on(HeadBucketCommand, { Bucket: "example-edxanalytics" }).resolves({ BucketRegion: "eu-west-1" });
    s3.on(GetBucketAclCommand).resolves({ Owner: { ID: "me" }, Grants: [] });
    const encrypted = async (KMSMasterKeyID?: string) => {
      s3.on(GetBucketEncryptionCommand).resolves({
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID } }],
        },
      });
      return (await adopted({ buckets: { kmsKeyId: keys.buckets } })).fields["buckets.edxanalytics"];
    };

    expect(await encrypted(keys.buckets)).toBeUndefined();
    expect(await encrypted(kmsKeyId)).toEqual({ existing: "example-edxanalytics" });
    expect(await encrypted()).toEqual({ existing: "example-edxanalytics" });
  });
});

import {
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
} from "@aws-sdk/client-ec2";
import { DescribeElasticsearchDomainCommand } from "@aws-sdk/client-elasticsearch-service";
import type { KeyMetadata } from "@aws-sdk/client-kms";
import { DescribeKeyCommand, GetKeyPolicyCommand } from "@aws-sdk/client-kms";
import { DescribeDBInstancesCommand, DescribeDBSnapshotsCommand } from "@aws-sdk/client-rds";
import { type Changes, changed, type Overrides } from "../../test/client-files";
import { keys, kmsKeyId, withKeys } from "../../test/kms-client";
import { asked, ec2, elasticsearch, enabledKey, failing, kms, rds, readyAccount } from "../../test/ready-account";

beforeEach(readyAccount);

const buckets = { "buckets.kmsKeyId": kmsKeyId };

const about = async (changes: Changes) =>
  (await asked(changed(changes) as Overrides)).rows.filter((row) => / KMS key /.test(row));

const id = (arn: string) => arn.split("/")[1];

function key(metadata: Partial<KeyMetadata>): void {
  kms.on(DescribeKeyCommand).resolves({ KeyMetadata: { ...enabledKey, KeyId: kmsKeyId, ...metadata } });
}

const snapshots = {
  DBSnapshots: [
    {
      Status: "available",
      Engine: "mysql",
      EngineVersion: "8.0.42",
      MasterUsername: "root",
      Encrypted: true,
      KmsKeyId: kmsKeyId,
    },
  ],
};

const restored = (key?: string) =>
  asked(changed({ "database.iterations.1": { restoreFrom: { snapshot: "one" }, kmsKeyId: key } }) as Overrides);

describe("preflight, of a KMS key", () => {
  it("asks nothing where the client has none", async () => {
    expect(await about({})).toEqual([]);
    expect(kms.calls()).toEqual([]);
  });

  it("finds each of them enabled, and its policy left to IAM", async () => {
    const rows = await about(withKeys);

    expect(rows.filter((row) => !row.startsWith("ok "))).toEqual([]);
    expect(rows).toEqual(
      expect.arrayContaining([
        `ok KMS key ${id(keys.hosts)} is enabled, and encrypts for \`hosts.iterations.1.kmsKeyId\``,
        `ok policy of KMS key ${id(keys.hosts)} lets IAM policies of the account allow its use`,
      ]),
    );
    expect(rows).toHaveLength(2 * 5 + 2);
  });

  it("asks once of a key of several parts", async () => {
    const [row = "", ...others] = await about({ ...buckets, "director.kmsKeyId": kmsKeyId });

    expect(row).toContain("encrypts for `director.kmsKeyId` and `buckets.kmsKeyId`");
    expect(others).toHaveLength(1);
  });

  it.each<[Partial<KeyMetadata>, string]>([
    [
      { KeyState: "Disabled" },
      `refused KMS key ${id(kmsKeyId)} is disabled: nothing can be encrypted or read with it.`,
    ],
    [{ KeyState: "PendingDeletion" }, "is about to be deleted, and all that is encrypted with it is lost then."],
    [{ KeyState: "Unavailable" }, "is Unavailable. Wait, or name another. `buckets.kmsKeyId` names it."],
    [{ KeyUsage: "SIGN_VERIFY", KeySpec: "RSA_2048" }, "is for SIGN_VERIFY, RSA_2048, and AWS encrypts with symmetric"],
    [{ KeySpec: "RSA_2048" }, "is for ENCRYPT_DECRYPT, RSA_2048"],
    [{ KeyManager: "AWS", Description: "Default key for S3" }, "warning KMS key"],
  ])("finds that nothing can be encrypted with it: %j", async (metadata, said) => {
    key(metadata);

    expect((await about(buckets))[0]).toContain(said);
  });

  it("finds that there is none", async () => {
    kms.on(DescribeKeyCommand).rejects(failing("NotFoundException", 400));

    expect((await about(buckets))[0]).toBe(
      `refused KMS key ${id(kmsKeyId)} does not exist in eu-west-1. Correct \`buckets.kmsKeyId\`: \`aws kms list-keys\` lists what there is.`,
    );
  });

  it("warns of one of another account, whose policy it does not ask for", async () => {
    const other = kmsKeyId.replace("123456789012", "999999999999");
    const rows = await about({ "buckets.kmsKeyId": other });

    expect(rows).toEqual([
      expect.stringContaining("and of account 999999999999, whose policies only that account reads: the key's policy"),
    ]);
    expect(kms.commandCalls(GetKeyPolicyCommand)).toEqual([]);
  });

  it.each<[string, object]>([
    ["names one role", { Principal: { AWS: "arn:aws:iam::123456789012:role/hosts" }, Action: "kms:*" }],
    [
      "lets the account administer it alone",
      { Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:Describe*" },
    ],
    [
      "lets it on a condition",
      {
        Principal: { AWS: "arn:aws:iam::123456789012:root" },
        Action: "kms:*",
        Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
      },
    ],
  ])("warns where its policy %s", async (_, statement) => {
    kms.on(GetKeyPolicyCommand).resolves({
      Policy: JSON.stringify({ Statement: [{ Effect: "Allow", Resource: "*", ...statement }] }),
    });

    expect((await about(buckets))[1]).toContain(
      `warning policy of KMS key ${id(kmsKeyId)} does not let IAM policies of account 123456789012 allow its use`,
    );
  });

  it("goes on where these credentials may not ask", async () => {
    kms.on(GetKeyPolicyCommand).rejects(failing("AccessDeniedException", 403));

    expect((await about(buckets))[1]).toContain("could not be asked: these credentials lack kms:GetKeyPolicy");
  });
});

describe("preflight, of what exists with another key", () => {
  it("refuses the field of a database and a domain", async () => {
    rds
      .on(DescribeDBInstancesCommand, { DBInstanceIdentifier: "example-analytics" })
      .resolves({ DBInstances: [{ KmsKeyId: kmsKeyId }] });
    elasticsearch.on(DescribeElasticsearchDomainCommand).resolves({
      DomainStatus: {
        DomainId: "x",
        DomainName: "x",
        ARN: "x",
        ElasticsearchClusterConfig: {},
        EncryptionAtRestOptions: { KmsKeyId: id(keys.domain) },
      },
    });
    const rows = await about(withKeys);

    expect(rows).toContain(
      `refused KMS key of example-analytics is ${kmsKeyId}, with which it was made, and what exists keeps its key. Remove \`database.iterations.1.kmsKeyId\`: docs/encryption.md.`,
    );
    expect(rows).toContain("ok KMS key of example-analytics-es is the file's");
  });

  it("refuses a snapshot, which RDS restores with its own", async () => {
    rds.on(DescribeDBSnapshotsCommand, { DBSnapshotIdentifier: "one" }).resolves(snapshots);

    expect((await restored(keys.database)).rows.join()).toContain(
      `snapshot one is encrypted with ${kmsKeyId}, which RDS restores it with, and \`kmsKeyId\` is ${keys.database}`,
    );
    expect((await restored(kmsKeyId)).rows).toContain("ok snapshot one can be restored");
  });
});

describe("preflight, of a snapshot whose key no field names", () => {
  beforeEach(() => {
    rds.on(DescribeDBSnapshotsCommand, { DBSnapshotIdentifier: "one" }).resolves(snapshots);
  });
  const ofOne = async () => (await restored()).rows.filter((row) => row.includes(" snapshot one "));

  it("warns that the instance keeps it, and that CI does not know it", async () => {
    expect(await ofOne()).toEqual([
      `warning snapshot one is encrypted with ${kmsKeyId}, which what is made of it keeps. No field names that key, so CI's roles cannot use it, and no plan compares it. Set \`database.iterations.1.kmsKeyId\` to it.`,
    ]);
  });

  it("says nothing of AWS's own", async () => {
    key({ KeyManager: "AWS" });

    expect(await ofOne()).toEqual(["ok snapshot one can be restored"]);
  });

  it("refuses one that cannot be read any more", async () => {
    key({ KeyState: "Disabled" });
    expect((await ofOne())[0]).toMatch(/^refused snapshot one is encrypted with arn:\S+, which is disabled: /);

    kms.on(DescribeKeyCommand).rejects(failing("NotFoundException", 400));
    expect((await ofOne())[0]).toMatch(
      /^refused snapshot one is encrypted with arn:\S+, which does not exist any more/,
    );
  });
});

describe("preflight, of root volumes", () => {
  const volume = (KmsKeyId?: string) => {
    ec2.on(DescribeInstancesCommand).callsFake(({ Filters = [], InstanceIds }) => {
      const isHost = InstanceIds !== undefined || JSON.stringify(Filters).includes('"example-analytics-1"');
      const mapped = { DeviceName: "/dev/sda1", Ebs: { VolumeId: "vol-1" } };
      const Instances = [{ InstanceId: "i-1", RootDeviceName: "/dev/sda1", BlockDeviceMappings: [mapped] }];
      return { Reservations: isHost ? [{ Instances }] : [] };
    });
    ec2.on(DescribeVolumesCommand, { VolumeIds: ["vol-1"] }).resolves({ Volumes: [{ KmsKeyId }] });
  };
  const ofVolume = async () =>
    (await about({ "hosts.iterations.1.kmsKeyId": kmsKeyId })).filter((row) => row.includes("root volume"));

  it("of hosts that are yet to be made have the file's key", async () => {
    expect(await ofVolume()).toEqual([]);
  });

  it("have the file's key", async () => {
    volume(kmsKeyId);

    expect(await ofVolume()).toEqual(["ok KMS key of the root volume of i-1 is the file's"]);
  });

  it("keep the key that they were made with", async () => {
    volume(keys.hosts);

    expect(await ofVolume()).toEqual([
      `refused KMS key of the root volume of i-1 is ${keys.hosts}, with which it was made, and what exists keeps its key. Remove \`hosts.iterations.1.kmsKeyId\`: docs/encryption.md.`,
    ]);
  });

  it("stay without one", async () => {
    volume();

    expect(await ofVolume()).toEqual([
      "refused KMS key of the root volume of i-1 is none: it is not encrypted, and what exists stays as it was made. Remove `hosts.iterations.1.kmsKeyId`, and set `hosts.iterations.1.diskEncrypted` to false: docs/encryption.md.",
    ]);
  });
});

describe("preflight, of an image's key", () => {
  const ami = "ami-0a1b2c3d4e5f60718";
  const image = (KmsKeyId?: string) => {
    ec2.on(DescribeImagesCommand, { ImageIds: [ami] }).resolves({
      Images: [
        {
          Architecture: "x86_64",
          RootDeviceName: "/dev/sda1",
          BlockDeviceMappings: [
            { DeviceName: "/dev/sda1", Ebs: { SnapshotId: "snap-1", Encrypted: KmsKeyId !== undefined } },
          ],
        },
      ],
    });
    ec2.on(DescribeSnapshotsCommand, { SnapshotIds: ["snap-1"] }).resolves({ Snapshots: [{ KmsKeyId }] });
  };
  const ofImage = async (named?: string) =>
    (await asked(changed({ "hosts.iterations.1": { ami, kmsKeyId: named } }) as Overrides)).rows.filter((row) =>
      row.includes(` image ${ami} `),
    );

  it("finds none, and the file's", async () => {
    image();
    expect(await ofImage()).toEqual([`ok image ${ami} is not encrypted`]);

    image(kmsKeyId);
    expect(await ofImage(kmsKeyId)).toEqual([`ok image ${ami} is encrypted with the file's key`]);
  });

  it("warns of one that CI does not know", async () => {
    image(kmsKeyId);

    expect(await ofImage()).toEqual([
      `warning image ${ami} is encrypted with ${kmsKeyId}, which what is made of it keeps. No field names that key, so CI's roles cannot use it, and no plan compares it. Set \`hosts.iterations.1.kmsKeyId\` to it.`,
    ]);
    expect((await ofImage(keys.hosts))[0]).toMatch(
      /^warning image ami-\w+ is encrypted with arn:\S+, and `hosts.iterations.1.kmsKeyId` is another: whoever deploys needs both/,
    );
  });

  it("refuses one that cannot be read any more, and leaves AWS's own alone", async () => {
    image(kmsKeyId);
    key({ KeyState: "Disabled" });
    expect((await ofImage())[0]).toMatch(/^refused image ami-\w+ is encrypted with arn:\S+, which is disabled/);

    key({ KeyManager: "AWS" });
    expect(await ofImage()).toEqual([`ok image ${ami} is encrypted with AWS's own key`]);
  });
});

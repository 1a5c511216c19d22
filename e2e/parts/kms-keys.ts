import { DescribeVolumesCommand } from "@aws-sdk/client-ec2";
import { DescribeElasticsearchDomainCommand } from "@aws-sdk/client-elasticsearch-service";
import { CreateKeyCommand } from "@aws-sdk/client-kms";
import { DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import { GetBucketEncryptionCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import type { ClientInput } from "../../config/schema/client";
import { equal } from "../expectations/equal";
import { edxappSide, makeBucket } from "../harness/before";
import { changed, type Described } from "../harness/described";
import type { Steps } from "../harness/steps";
import { Workspace } from "../harness/workspace";
import type { World } from "../harness/world";

/** A client that holds its own keys: a new one is encrypted with them, and what exists is never replaced for another. */
export async function kmsKeys(steps: Steps, world: World, example: Described): Promise<void> {
  const workspace = new Workspace(world, example.name);
  const described = await edxappSide(world, example);
  const { name, input } = described;
  const keys = { hosts: "", director: "", database: "", domain: "", buckets: "", other: "" };
  for (const part of Object.keys(keys) as (keyof typeof keys)[]) {
    const { KeyMetadata } = await world.kms.send(new CreateKeyCommand({ Description: part }));
    keys[part] = KeyMetadata?.Arn ?? "";
  }
  const withKeys = (fields: Partial<typeof keys>, buckets: ClientInput["buckets"]): Described =>
    changed(described, {
      hosts: { ...input.hosts, iterations: { "1": { kmsKeyId: fields.hosts } }, backups: {} },
      director: { ...input.director, kmsKeyId: fields.director } as ClientInput["director"],
      database: { iterations: { "1": { kmsKeyId: fields.database } } },
      elasticsearch: { kmsKeyId: fields.domain },
      buckets: { ...input.buckets, apiReports: {}, ...buckets },
    });
  const bucket = `${name}-edxanalytics`;
  const planned = ["plan", "-input=false", "-no-color"];

  await steps.step("a new client is encrypted with a key for each part", async () => {
    await makeBucket(world, example.client.state.bucket);
    await workspace.client(withKeys(keys, { kmsKeyId: keys.buckets }));
    await workspace.plan();
    await workspace.apply();
    await workspace.unchanged();

    const { Volumes = [] } = await world.ec2.send(new DescribeVolumesCommand({}));
    equal("keys of volumes", Volumes.map(({ KmsKeyId }) => KmsKeyId).sort(), [keys.director, keys.hosts].sort());
    const { DBInstances = [] } = await world.rds.send(
      new DescribeDBInstancesCommand({ DBInstanceIdentifier: `${name}-analytics` }),
    );
    equal("the key of RDS", DBInstances[0]?.KmsKeyId, keys.database);
    const { DomainStatus } = await world.es.send(
      new DescribeElasticsearchDomainCommand({ DomainName: `${name}-analytics-es` }),
    );
    equal("the key of the domain", DomainStatus?.EncryptionAtRestOptions?.KmsKeyId, keys.domain);
    const { ServerSideEncryptionConfiguration: encryption } = await world.s3.send(
      new GetBucketEncryptionCommand({ Bucket: bucket }),
    );
    equal("the bucket's rules", encryption?.Rules, [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: keys.buckets },
        BucketKeyEnabled: true,
      },
    ]);
    const object = await world.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: "enrollments-blacklist/" }));
    equal("the key of an object", object.SSEKMSKeyId, keys.buckets);
  });

  await steps.step("another key of what exists stops the plan in words", async () => {
    for (const [part, words] of [
      ["hosts", `The root volume of ${name}-analytics-1 is encrypted with`],
      ["director", `The root volume of ${name}-director is encrypted with`],
      ["database", `${name}-analytics is encrypted with`],
      ["domain", `The domain ${name}-analytics-es is encrypted with`],
    ] as const) {
      await workspace.client(withKeys({ ...keys, [part]: keys.other }, { kmsKeyId: keys.buckets }));
      await workspace.refused(planned, new RegExp(`${words} ${keys[part]}, and kmsKeyId is ${keys.other}`));
    }
  });

  await steps.step("the fields are removed, and what exists keeps its keys", async () => {
    // The role of backups alone names the hosts' key.
    await workspace.client(withKeys({ hosts: keys.hosts }, { kmsKeyId: keys.buckets }));
    await workspace.unchanged();
  });

  await steps.step("new objects get another key, and the former one is read with", async () => {
    await workspace.client(withKeys(keys, { kmsKeyId: keys.other, formerKmsKeyIds: [keys.buckets] }));
    const { updated, ...others } = await workspace.plan();
    equal("what else changes", Object.values(others).flat(), []);
    equal("what is updated", [...updated].sort(), [
      "aws_iam_role_policy.emr_roles_instances",
      "aws_iam_user_policy.reports_user",
      ...["api_reports", "edxanalytics", "emr"].map(
        (which) => `aws_s3_bucket_server_side_encryption_configuration.buckets_${which}`,
      ),
    ]);
    await workspace.apply();
    await workspace.unchanged();
  });

  await steps.step(
    "a director and a domain that are no longer protected are replaced, and have the key then",
    async () => {
      const { director } = input;
      const open = (fields: Partial<typeof keys>, domainName?: string) => {
        const { input: other } = withKeys(fields, { kmsKeyId: keys.other, formerKmsKeyIds: [keys.buckets] });
        return changed(described, {
          ...other,
          director: { ...director, kmsKeyId: fields.director, protected: false } as ClientInput["director"],
          elasticsearch: { kmsKeyId: fields.domain, domainName, protected: false },
        });
      };
      await workspace.client(open(keys));
      await workspace.succeed(["apply", "-input=false", "-no-color", "-auto-approve"]);
      await workspace.client(open({ ...keys, director: keys.other, domain: keys.other }, `${name}-es-2`));
      await workspace.succeed([...planned, "-replace=aws_instance.director", "-out=plan"]);
      await workspace.apply();
      await workspace.unchanged();
    },
  );
}

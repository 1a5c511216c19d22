import { type Changes, changed, type Overrides } from "../test/client-files";
import { keys, kmsKeyId, withKeys } from "../test/kms-client";
import { synthesizeClient, type Template } from "../test/synth";

function synthesised(changes: Changes): Template {
  return synthesizeClient(changed(changes) as Overrides);
}

/** What a policy document says of keys. */
function ofKeys({ data }: Template, document: string) {
  const all: { readonly actions: string[] }[] = data.aws_iam_policy_document?.[document]?.statement ?? [];
  return all.filter(({ actions }) => actions.some((action) => action.startsWith("kms:")));
}

const viaS3 = [{ test: "StringEquals", variable: "kms:ViaService", values: ["s3.eu-west-1.amazonaws.com"] }];

describe("without KMS keys of the client", () => {
  it("nothing names one", () => {
    expect(JSON.stringify(synthesizeClient())).not.toMatch(/kms/i);
  });
});

describe("with a KMS key for each part", () => {
  const template = synthesised(withKeys);
  const { resource } = template;

  it("RDS, the hosts' and the director's root volumes and the domain are encrypted with theirs", () => {
    expect(resource.aws_db_instance?.database_1).toMatchObject({ storage_encrypted: true, kms_key_id: keys.database });
    expect(resource.aws_instance?.analytics_1?.root_block_device).toMatchObject({
      encrypted: true,
      kms_key_id: keys.hosts,
    });
    expect(resource.aws_instance?.director?.root_block_device.kms_key_id).toBe(keys.director);
    expect(resource.aws_elasticsearch_domain?.elasticsearch?.encrypt_at_rest).toEqual({
      enabled: true,
      kms_key_id: keys.domain,
    });
  });

  it("a difference of the key replaces nothing, and stops the plan in words", () => {
    const kept = {
      aws_db_instance: ["database_1", "kms_key_id", keys.database, "example-analytics"],
      aws_instance: [
        "analytics_1",
        "root_block_device[0].kms_key_id",
        keys.hosts,
        "The root volume of example-analytics-1",
      ],
      aws_elasticsearch_domain: [
        "elasticsearch",
        "encrypt_at_rest[0].kms_key_id",
        keys.domain,
        "The domain example-analytics-es",
      ],
    } as const;
    for (const [type, [name, attribute, key, what]] of Object.entries(kept)) {
      const { ignore_changes: ignored, postcondition } = resource[type]?.[name]?.lifecycle ?? {};

      expect(ignored).toContain(attribute);
      expect(postcondition.at(-1).condition).toBe(`\${endswith("${key}", coalesce(self.${attribute}, "no key"))}`);
      expect(postcondition.at(-1).error_message).toContain(
        `${what} is encrypted with \${coalesce(self.${attribute}, "no key")}, and kmsKeyId is ${key}. What exists keeps the key that it was made with. Remove`,
      );
    }
  });

  it("new objects of managed buckets are encrypted with the buckets', which S3 asks KMS for once for many", () => {
    const all = Object.values(resource.aws_s3_bucket_server_side_encryption_configuration ?? {});

    expect(all).toHaveLength(3);
    expect(all.map(({ rule }) => rule)).toEqual(
      all.map(() => [
        {
          apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: keys.buckets },
          bucket_key_enabled: true,
        },
      ]),
    );
  });

  it("the one object of the stack's is written once its bucket has the key", () => {
    expect(resource.aws_s3_object?.buckets_enrollments_blacklist?.depends_on).toEqual([
      "aws_s3_bucket_server_side_encryption_configuration.buckets_edxanalytics",
    ]);
  });

  it("EMR's instances and the reports' user may use that key in S3, to write and to read", () => {
    expect(ofKeys(template, "emr_roles_instances_statements")).toEqual([
      {
        effect: "Allow",
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: [keys.buckets],
        condition: viaS3,
      },
    ]);
    expect(ofKeys(template, "reports_user")).toEqual([
      { effect: "Allow", actions: ["kms:Decrypt"], resources: [keys.buckets], condition: viaS3 },
    ]);
  });

  it("Jenkins' role, which reads nothing of S3, may not", () => {
    expect(ofKeys(template, "emr_provisioning")).toEqual([]);
  });
});

describe("a KMS key of buckets", () => {
  it("is EMR's by a policy of the client's, where AWS's managed policy has all the rest", () => {
    const template = synthesised({
      "buckets.kmsKeyId": kmsKeyId,
      "emr.instancePolicy": "AmazonElasticMapReduceforEC2Role",
    });

    expect(ofKeys(template, "emr_roles_instances_statements")).toHaveLength(1);
    expect(template.data.aws_iam_policy_document?.emr_roles_instances_statements?.statement).toHaveLength(1);
  });

  it("is read with after it was changed or removed, and nothing is written with it", () => {
    const former = (changes: Changes) =>
      ofKeys(synthesised({ "buckets.formerKmsKeyIds": [keys.hosts], ...changes }), "emr_roles_instances_statements");
    const decrypts = { actions: ["kms:Decrypt"], resources: [keys.hosts] };

    expect(former({})).toMatchObject([decrypts]);
    expect(former({ "buckets.kmsKeyId": kmsKeyId })).toMatchObject([{ resources: [kmsKeyId] }, decrypts]);
  });

  it("is of no bucket that exists", () => {
    const { resource } = synthesised({ "buckets.kmsKeyId": kmsKeyId, "buckets.emr": { existing: "one" } });

    expect(Object.keys(resource.aws_s3_bucket_server_side_encryption_configuration ?? {})).toEqual([
      "buckets_edxanalytics",
    ]);
  });
});

describe("a KMS key of hosts with backups", () => {
  it("is Data Lifecycle Manager's, by EC2 alone, before the first snapshot", () => {
    const template = synthesised({
      "hosts.backups": {},
      "hosts.iterations": { "1": { kmsKeyId: keys.hosts }, "2": { kmsKeyId: keys.hosts } },
    });
    const via = { test: "StringEquals", variable: "kms:ViaService", values: ["ec2.eu-west-1.amazonaws.com"] };

    expect(ofKeys(template, "backups_keys")).toEqual([
      {
        effect: "Allow",
        actions: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncrypt*"],
        resources: [keys.hosts],
        condition: [via],
      },
      {
        effect: "Allow",
        actions: ["kms:CreateGrant"],
        resources: [keys.hosts],
        condition: [via, { test: "Bool", variable: "kms:GrantIsForAWSResource", values: ["true"] }],
      },
    ]);
    expect(template.resource.aws_dlm_lifecycle_policy?.backups?.depends_on).toContain("aws_iam_role_policy.backups");
  });

  it("is nobody's without", () => {
    const template = synthesised({ "hosts.backups": {} });

    expect(Object.keys(template.resource.aws_iam_role_policy ?? {})).not.toContain("backups");
  });
});

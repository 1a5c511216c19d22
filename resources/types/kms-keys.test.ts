import { taken } from "../../test/alarms-of-changes";
import { keys, kmsKeyId } from "../../test/kms-client";
import { planOf } from "../../test/plan-of";
import { kms, ofAccounts } from "../../test/plan-verdicts";
import { textOf } from "../phrase";
import { alarmsOfPlan } from "../plan/alarms";
import { readPlan } from "../plan/plan";

const disk = (kms_key_id: string) => ({ root_block_device: [{ kms_key_id }] });
const atRest = (kms_key_id: string) => ({ encrypt_at_rest: [{ enabled: true, kms_key_id }] });

describe("another key of KMS of what is encrypted", () => {
  it.each<[string, object, object]>([
    ["aws_db_instance.database_1", { kms_key_id: keys.database }, { kms_key_id: kmsKeyId }],
    ["aws_instance.analytics_1", disk(keys.hosts), disk(kmsKeyId)],
    ["aws_elasticsearch_domain.elasticsearch", atRest(keys.domain), atRest(kmsKeyId)],
  ])("has an alarm: %s", (address, before, after) => {
    const alarms = taken({ [address]: { actions: ["update"], before, after } });

    expect(alarms.filter((alarm) => alarm.includes("key of KMS"))).toEqual([
      expect.stringMatching(`^${address} is encrypted with another key of KMS: ${kmsKeyId} in the place of arn:`),
    ]);
    expect(taken({ [address]: { actions: ["update"], before, after: before } }).join()).not.toContain("KMS");
  });

  it.each(["aws_db_instance.database_1", "aws_instance.analytics_1", "aws_elasticsearch_domain.elasticsearch"])(
    "by a replacement loses what it holds: %s",
    (address) => {
      const alarms = taken({
        [address]: { actions: ["delete", "create"], before: { kms_key_id: kmsKeyId }, after: { kms_key_id: "other" } },
      });

      expect(alarms.join("\n")).toMatch(new RegExp(`^${address} is (destroyed|replaced).*, and with it its `, "m"));
    },
  );
});

describe("a key of KMS of another account", () => {
  it.each<[string, object]>([
    ["aws_db_instance", { kms_key_id: kmsKeyId }],
    ["aws_instance", disk(kmsKeyId)],
    ["aws_elasticsearch_domain", atRest(kmsKeyId)],
    ["aws_s3_bucket_server_side_encryption_configuration", { bucket: "acme", ...kms(kmsKeyId) }],
  ])("has an alarm on what is new: %s", (type, after) => {
    const said = (account: string) => {
      const plan = readPlan(JSON.stringify(ofAccounts(planOf(type, ["create"], null, after), account)), "plan.json");
      return alarmsOfPlan(plan)
        .map((alarm) => textOf(alarm))
        .join("\n");
    };

    expect(said("999999999999")).toContain(`names ${kmsKeyId}, which is not of this account`);
    expect(said("123456789012")).not.toContain("which is not of this account");
  });
});

describe("a bucket's first encryption with a key of KMS", () => {
  const after = { bucket: "acme", ...kms(kmsKeyId) };
  const encryption = { "aws_s3_bucket_server_side_encryption_configuration.one": { actions: ["create"], after } };
  const said = "encrypts new objects with a key of KMS, which those who read them have to be allowed";

  it("has an alarm where the bucket exists, and none where it is new", () => {
    const bucket = { "aws_s3_bucket.one": { actions: ["create"], after: { bucket: "acme" } } };

    expect(taken(encryption).join()).toContain(`${said}: ${kmsKeyId}`);
    expect(taken({ ...bucket, ...encryption }).join()).not.toContain(said);
  });
});

describe("a policy that loses a key of KMS", () => {
  const policy = (...Resource: string[]) => ({
    role: "emr",
    policy: JSON.stringify({
      Statement: Resource.map((key) => ({
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: key,
        Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
      })),
    }),
  });
  const said = (before: object, after: object) =>
    taken({ "aws_iam_role_policy.emr_roles_instances": { actions: ["update"], before, after } });

  it("has an alarm: what is encrypted with it can no longer be read", () => {
    expect(said(policy(keys.buckets), policy(kmsKeyId)).join()).toContain(
      `loses this statement: allow kms:Decrypt, kms:GenerateDataKey on ${keys.buckets}`,
    );
    expect(said(policy(keys.buckets), policy(keys.buckets))).toEqual([]);
  });
});

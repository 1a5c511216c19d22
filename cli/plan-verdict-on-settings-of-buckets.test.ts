import { planOf } from "../test/plan-of";
import { bothHave, encryption, kms, ofBucket, together, update, verdicts, versioning } from "../test/plan-verdicts";

type Rule = Readonly<Record<string, unknown>>;

const ofAll = (id: string, rule: Rule) => ({ id, status: "Enabled", filter: [{ prefix: "" }], ...rule });
const old = (noncurrent_days: number, more: Rule = {}) =>
  ofAll("old-versions", { noncurrent_version_expiration: [{ noncurrent_days, ...more }] });
const logs = (days: number) => ofAll("emr-logs", { filter: [{ prefix: "logs/" }], expiration: [{ days }] });
const uploads = (days_after_initiation: number) =>
  ofAll("unfinished-uploads", { abort_incomplete_multipart_upload: [{ days_after_initiation }] });
const moved = (days: number, storage_class: string) => ofAll("cold", { transition: [{ days, storage_class }] });

const configuration = (...rule: Rule[]) => ({ bucket: "acme-emr", rule });
const changed = (before: Rule[], after: Rule[]) =>
  update("aws_s3_bucket_lifecycle_configuration", configuration(...before), configuration(...after));
const first = (...rules: Rule[]) =>
  ofBucket("acme-emr", planOf("aws_s3_bucket_lifecycle_configuration", ["create"], null, configuration(...rules)));

it("both have an alarm of a key of KMS that new objects are encrypted with", async () => {
  await bothHave(
    update("aws_s3_bucket_server_side_encryption_configuration", encryption("AES256"), kms("one")),
    "encrypts new objects with a key of KMS, which those who read them have to be allowed: one",
  );
});

describe("plan-summary and adopt --plan, on lifecycle rules", () => {
  it.each<[string, object, string]>([
    [
      "a new rule that deletes old versions",
      changed([logs(90)], [logs(90), old(1)]),
      "deletes old versions by the rule old-versions after 1 days, those of before as well",
    ],
    [
      "a first rule that deletes old versions, of a bucket that exists",
      first(old(1)),
      "deletes old versions by the rule old-versions after 1 days, those of before as well",
    ],
    [
      "a new rule that moves objects",
      changed([old(90)], [old(90), moved(0, "DEEP_ARCHIVE")]),
      "moves objects to DEEP_ARCHIVE by the rule cold after 0 days: who reads them may have to restore them first",
    ],
    [
      "old versions that are kept for less time",
      changed([old(90)], [old(1)]),
      "deletes old versions by the rule old-versions after 1 days, and no longer after 90 days",
    ],
    [
      "objects that are kept for less time",
      changed([logs(90)], [logs(30)]),
      "deletes objects by the rule emr-logs after 30 days, and no longer after 90 days",
    ],
    [
      "objects that are moved earlier",
      changed([moved(60, "GLACIER")], [moved(1, "GLACIER")]),
      "moves objects to GLACIER by the rule cold after 1 days, and no longer after 60 days",
    ],
    [
      "a rule that deletes more than it did",
      changed([old(90)], [{ ...old(90), expiration: [{ days: 1 }] }]),
      "deletes objects by the rule old-versions after 1 days, those of before as well",
    ],
    [
      "a rule that deletes less than it did",
      changed([{ ...old(90), expiration: [{ days: 1 }] }], [old(90)]),
      "no longer deletes objects by the rule old-versions",
    ],
    [
      "a rule that is switched off",
      changed([old(90)], [{ ...old(90), status: "Disabled" }]),
      "loses the rule old-versions",
    ],
    [
      "a date",
      changed([], [ofAll("all", { expiration: [{ date: "2030-01-01T00:00:00Z", days: 0 }] })]),
      "deletes objects by the rule all on a date, those of before as well",
    ],
  ])("both have an alarm of %s", async (_, plan, alarm) => {
    await bothHave(plan, alarm);
  });

  it.each<[string, object]>([
    ["old versions that are kept longer", changed([old(90), uploads(7)], [old(180), uploads(7)])],
    ["objects that are kept longer", changed([logs(90)], [logs(365)])],
    ["a rule that is off", changed([old(90)], [old(90), { ...logs(1), status: "Disabled" }])],
    [
      "old versions of a bucket that keeps none before",
      together(
        first(old(90)),
        planOf("aws_s3_bucket_versioning", ["create"], null, { bucket: "acme-emr", ...versioning("Enabled") }),
      ),
    ],
    ["a rule that ends unfinished uploads", first(uploads(7))],
    [
      "markers of what is deleted",
      first(ofAll("markers", { expiration: [{ days: 0, expired_object_delete_marker: true }] })),
    ],
  ])("%s have none", async (_, plan) => {
    const { summary } = await verdicts(plan);

    expect(summary).toEqual({ status: 0, text: "" });
  });
});

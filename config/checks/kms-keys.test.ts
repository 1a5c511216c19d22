import { type Changes, changed, clientOf, inShared, mistakes, type Overrides } from "../../test/client-files";
import { keys, kmsKeyId, withKeys } from "../../test/kms-client";

const own = { url: "https://git.example.org/pipeline.git", version: "acme" };
const form = "`arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab`";

function warnings(changes: Changes): string {
  return clientOf(changed(changes) as Overrides).warnings.join("\n");
}

describe("a KMS key", () => {
  it("is taken for each part", () => {
    expect(mistakes(withKeys)).toEqual([]);
    expect(
      mistakes({ "buckets.kmsKeyId": "arn:aws:kms:eu-west-1:999999999999:key/mrk-1234abcd12ab34cd56ef1234567890ab" }),
    ).toEqual([]);
  });

  it.each([
    [
      "alias/acme",
      `the ARN of the key itself is required, as in ${form}: an alias may come to mean another key, and policies name none. See \`aws kms describe-key --key-id alias/acme\`.`,
    ],
    [
      "1234abcd-12ab-34cd-56ef-1234567890ab",
      `the ARN of a KMS key is required, as in ${form}. See \`aws kms describe-key --key-id 1234abcd-12ab-34cd-56ef-1234567890ab\`.`,
    ],
    [
      "arn:aws-cn:kms:cn-north-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      "the ARN of a KMS key is required",
    ],
    ["arn:aws:kms:eu-west-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab", "the ARN of a KMS key is required"],
    ["arn:aws:kms:eu-west-1:123456789012:key/1234; rm -rf", "--key-id …`"],
  ])("is named by its ARN, not as %s", (found, message) => {
    expect(mistakes({ "buckets.kmsKeyId": found })).toEqual([expect.stringContaining(message)]);
  });

  it("is of the client's region, each of them", () => {
    const elsewhere = kmsKeyId.replace("eu-west-1", "us-east-1");
    const fields = Object.keys(withKeys).filter((field) => field.endsWith("kmsKeyId"));

    expect(
      mistakes(Object.fromEntries([...fields.map((field) => [field, elsewhere]), formerOf(elsewhere, "ff")])),
    ).toEqual(
      expect.arrayContaining(
        [...fields, "buckets.formerKmsKeyIds.0"].map((field) =>
          expect.stringMatching(
            `^\`${field}\` is "arn:aws:kms:us-east-1:[^"]*"; AWS encrypts with a key of the same region, eu-west-1, alone. Name a key there`,
          ),
        ),
      ),
    );
  });

  it.each<[string, Changes]>([
    ["database.iterations.1", { "database.iterations.1": { encrypted: false, kmsKeyId } }],
    ["hosts.iterations.1", { "hosts.iterations.1": { diskEncrypted: false, kmsKeyId } }],
    ["director", { "director.diskEncrypted": false, "director.kmsKeyId": kmsKeyId }],
  ])("is not of what is not encrypted: %s", (path, changes) => {
    expect(mistakes(changes)).toEqual([
      expect.stringMatching(`^\`${path}.kmsKeyId\` .*; nothing is encrypted with it`),
    ]);
  });

  it("is not of a domain that cannot be encrypted", () => {
    expect(mistakes({ release: "juniper", "elasticsearch.kmsKeyId": kmsKeyId })).toEqual([
      expect.stringContaining("the domain is not encrypted: Elasticsearch 1.5 on t2.small.elasticsearch"),
    ]);
    expect(mistakes({ "elasticsearch.kmsKeyId": kmsKeyId, "elasticsearch.encrypted": false })).toHaveLength(1);
  });

  it("is of no bucket where all exist", () => {
    expect(
      mistakes({
        "buckets.kmsKeyId": kmsKeyId,
        "buckets.emr": { existing: "one" },
        "buckets.edxanalytics": { existing: "two" },
      }),
    ).toEqual([expect.stringContaining("it has no effect where every bucket exists, whose encryption is its owner's")]);
  });

  it("is not in use and former at once", () => {
    expect(mistakes({ "buckets.kmsKeyId": kmsKeyId, "buckets.formerKmsKeyIds": [kmsKeyId] })).toEqual([
      expect.stringContaining("it is the key in use"),
    ]);
    expect(mistakes({ "buckets.kmsKeyId": kmsKeyId, "buckets.formerKmsKeyIds": [keys.hosts] })).toEqual([]);
  });
});

describe("a KMS key of buckets", () => {
  it("is refused where the release's pipeline signs with V2, unless a fork is named", () => {
    const ginkgo = { release: "ginkgo", "buckets.kmsKeyId": kmsKeyId };

    expect(mistakes(ginkgo)).toEqual([
      expect.stringContaining("and the boto 2.22 of ginkgo's pipeline signs with V2. Remove the field, or name a fork"),
    ]);
    expect(mistakes({ ...ginkgo, "configurationFiles.pipelineRepository": own })).toEqual([]);
    expect(mistakes({ release: "hawthorn", "buckets.kmsKeyId": kmsKeyId })).toEqual([]);
  });

  it("is refused where the release's Analytics API signs links to reports with V2", () => {
    const ginkgo = { release: "ginkgo", "buckets.kmsKeyId": kmsKeyId, "configurationFiles.pipelineRepository": own };

    expect(mistakes({ ...ginkgo, "buckets.apiReports": {} })).toEqual([
      expect.stringContaining(
        "the boto 2 of ginkgo's Analytics API signs links to reports in example-analytics-api-reports",
      ),
    ]);
    expect(mistakes({ ...ginkgo, "buckets.apiReports": { existing: "reports" } })).toEqual([]);
  });

  it("is refused where EMR signs with V2, with `allowDiscontinued` too", () => {
    const emr = { "emr.releaseLabel": "emr-4.7.2", "buckets.kmsKeyId": kmsKeyId, allowDiscontinued: true };

    expect(mistakes(emr)).toEqual([expect.stringContaining("and emr-4.7.2 signs with V2. Remove the field, or set")]);
    expect(mistakes({ ...emr, "emr.releaseLabel": "emr-5.9.0" })).toHaveLength(1);
    expect(mistakes({ ...emr, "emr.releaseLabel": "emr-5.36.0" })).toEqual([]);
  });

  it("is refused where all clients' clusters have one role", () => {
    const shared = { ...inShared, "buckets.kmsKeyId": kmsKeyId.replace("eu-west-1", inShared.region) };
    const wide = { "emr.instancePolicy": "AmazonElasticMapReduceforEC2Role" };

    expect(mistakes({ ...shared, ...wide })).toEqual([expect.stringContaining("would get this client's key")]);
    const former = { ...inShared, "buckets.formerKmsKeyIds": [shared["buckets.kmsKeyId"]] };
    expect(mistakes({ ...former, ...wide })).toEqual([expect.stringMatching(/^`buckets\.formerKmsKeyIds`/)]);
    expect(mistakes(shared)).toEqual([]);
  });

  it("is warned of where the LMS writes into a managed bucket", () => {
    const changes = { "buckets.kmsKeyId": kmsKeyId };

    expect(warnings({ ...changes, "buckets.trackingLogs": {} })).toContain(
      `buckets.kmsKeyId encrypts example-tracking-logs as well: whoever writes the LMS's tracking logs there needs kms:GenerateDataKey and kms:Decrypt on ${kmsKeyId}`,
    );
    expect(warnings(changes)).not.toContain("kmsKeyId");
    expect(warnings({ "buckets.trackingLogs": {} })).not.toContain("kmsKeyId");
  });
});

describe("a KMS key of buckets, and CI", () => {
  it("is warned of where CI may not write EMR's policy", () => {
    const changes = {
      ci: { github: { repository: "acme/infrastructure" } },
      "buckets.kmsKeyId": kmsKeyId,
      "emr.roles": { existing: true },
    };
    const wide = { "emr.instancePolicy": "AmazonElasticMapReduceforEC2Role" };

    expect(warnings({ ...changes, ...wide })).toContain(
      "CI writes the policy of buckets.kmsKeyId on EMR_EC2_DefaultRole only",
    );
    expect(warnings(changes)).not.toContain("policy of buckets.kmsKeyId");
  });
});

/** A former key beside one of the same region. */
function formerOf(arn: string, ending: string): [string, string[]] {
  return ["buckets.formerKmsKeyIds", [arn.replace(/..$/, ending)]];
}

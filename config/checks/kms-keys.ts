import { isExisting } from "../existing";
import { kmsKeyFields, kmsKeysOf, regionOfKey } from "../kms-keys";
import { bucketList, elasticsearchNode } from "../load/defaults";
import { type Problem, problem } from "../load/problem";
import { since } from "../tables/versions-by-release";
import { type Check, check } from "./check";
import { signsWithSigV4 } from "./discontinued";

const source = "https://repost.aws/knowledge-center/s3-kms-signature-version-error";

/** Whether AWS encrypts with the keys that a client file names, and whether those who read can. */
export const kmsKeyChecks: readonly Check[] = [
  check(
    ["region", "release", "database", "hosts", "director", "elasticsearch", "buckets", ...kmsKeyFields],
    ({ region, ...fields }) =>
      kmsKeysOf(fields).flatMap(({ field, arn }) =>
        regionOfKey(arn) === region
          ? []
          : [
              problem(
                field,
                arn,
                `AWS encrypts with a key of the same region, ${region}, alone`,
                "Name a key there, or the replica there of a multi-Region key",
              ),
            ],
      ),
  ),

  check(["database.iterations.*.kmsKeyId", "database.iterations.*.encrypted"], ({ database }) =>
    Object.entries(database.iterations).flatMap(([key, { kmsKeyId, encrypted }]) =>
      unencrypted(`database.iterations.${key}`, "encrypted", kmsKeyId, encrypted),
    ),
  ),

  check(["hosts.iterations.*.kmsKeyId", "hosts.iterations.*.diskEncrypted"], ({ hosts }) =>
    Object.entries(hosts.iterations).flatMap(([key, { kmsKeyId, diskEncrypted }]) =>
      unencrypted(`hosts.iterations.${key}`, "diskEncrypted", kmsKeyId, diskEncrypted),
    ),
  ),

  check(["director.kmsKeyId", "director.diskEncrypted"], ({ director }) =>
    isExisting(director) ? [] : unencrypted("director", "diskEncrypted", director.kmsKeyId, director.diskEncrypted),
  ),

  check(["release", "elasticsearch"], (client, name) => {
    const node = elasticsearchNode(name, client);
    return node === undefined || node.encrypted || node.kmsKeyId === undefined
      ? []
      : [
          problem(
            "elasticsearch.kmsKeyId",
            node.kmsKeyId,
            `the domain is not encrypted: Elasticsearch ${node.version} on ${node.instanceType}, \`encrypted\` false`,
            "Remove the field, or take version 6.0 or later on an instance type other than t2",
          ),
        ];
  }),

  check(
    ["release", "buckets", "configurationFiles.pipelineRepository"],
    ({ release, buckets, configurationFiles }, name) => {
      const { kmsKeyId } = buckets;
      if (kmsKeyId === undefined || since("hawthorn", release)) {
        return [];
      }
      const managed = bucketList(name, buckets).filter(({ exists }) => !exists);
      const reports = managed.find(({ key }) => key === "apiReports");
      const refuses = `S3 decrypts with a key of KMS for requests with Signature Version 4 alone (${source})`;
      return [
        ...(configurationFiles.pipelineRepository === undefined
          ? [
              problem(
                "buckets.kmsKeyId",
                kmsKeyId,
                `${refuses}, and the boto 2.22 of ${release}'s pipeline signs with V2`,
                "Remove the field, or name a fork with boto 2.48 that sets S3_USE_SIGV4 in `configurationFiles.pipelineRepository`",
              ),
            ]
          : []),
        ...(reports === undefined
          ? []
          : [
              problem(
                "buckets.kmsKeyId",
                kmsKeyId,
                `${refuses}, and the boto 2 of ${release}'s Analytics API signs links to reports in ${reports.name} with V2`,
                "Remove the field, or make `buckets.apiReports` an existing bucket without a key",
              ),
            ]),
      ];
    },
  ),

  // Whether or not `allowDiscontinued` has it a warning that buckets refuse such clusters: these could read nothing of before either.
  check(["emr.releaseLabel", "buckets"], ({ emr: { releaseLabel }, buckets: { kmsKeyId } }) =>
    kmsKeyId === undefined || signsWithSigV4(releaseLabel)
      ? []
      : [
          problem(
            "buckets.kmsKeyId",
            kmsKeyId,
            `S3 decrypts with a key of KMS for requests with Signature Version 4 alone (${source}), and ${releaseLabel} signs with V2`,
            'Remove the field, or set `emr.releaseLabel` to "emr-4.9.6"',
          ),
        ],
  ),

  check(["sharing", "emr.instancePolicy", "buckets"], ({ sharing, emr: { instancePolicy }, buckets }) => {
    const { kmsKeyId, formerKmsKeyIds } = buckets;
    const key = kmsKeyId ?? formerKmsKeyIds[0];
    return key === undefined || sharing === "none" || instancePolicy === "least-privilege"
      ? []
      : [
          problem(
            kmsKeyId === undefined ? "buckets.formerKmsKeyIds" : "buckets.kmsKeyId",
            key,
            "all clients' clusters have the shared stack's role, which would get this client's key",
            'Remove the field, or `emr.instancePolicy`: with "least-privilege" the clusters have a role of the client\'s own',
          ),
        ];
  }),

  check(["buckets.kmsKeyId", "buckets.formerKmsKeyIds"], ({ buckets: { kmsKeyId, formerKmsKeyIds } }) =>
    formerKmsKeyIds.flatMap((arn, index) =>
      arn === kmsKeyId
        ? [
            problem(
              `buckets.formerKmsKeyIds.${index}`,
              arn,
              "it is the key in use, `buckets.kmsKeyId`",
              "Remove it, or change that field",
            ),
          ]
        : [],
    ),
  ),
];

function unencrypted(path: string, field: string, kmsKeyId: string | undefined, encrypted: boolean): Problem[] {
  return kmsKeyId === undefined || encrypted
    ? []
    : [
        problem(
          `${path}.kmsKeyId`,
          kmsKeyId,
          `nothing is encrypted with it: \`${field}\` is false`,
          "Remove one of both",
        ),
      ];
}

import { bucketsOf } from "../buckets";
import type { Client } from "../client";
import { atLeast, majorMinor } from "../compare-versions";
import type { ClientFields } from "../schema/client";
import { s3BucketName } from "../schema/fields";
import { checkedOn, type EndOfLife, endOfLifeDates } from "../tables/end-of-life";
import { domainSupportCost, extendedSupportCost, usdPerNormalizedHour } from "../tables/extended-support";
import { run } from "./check";
import { discontinuedChecks } from "./discontinued";
import { effectWarnings } from "./effect-warnings";
import { readerWarnings } from "./reader-warnings";

type Versions = Pick<
  Client,
  | "name"
  | "release"
  | "versions"
  | "database"
  | "elasticsearch"
  | "emr"
  | "hosts"
  | "director"
  | "network"
  | "ci"
  | "edxapp"
  | "buckets"
  | "sharedStack"
  | "configurationFiles"
  | "alarms"
  | "jenkinsJobs"
>;

const endOfInsights =
  "Insights: Open edX deprecated it with its API and pipeline in 2024 (https://github.com/openedx/public-engineering/issues/221). Quince is the last release that has branches of them, and they are not maintained upstream. The successor is Aspects: https://docs.openedx.org/projects/openedx-aspects/ (looked up on 2026-11-27).";

/** A year after the end-of-life dates were checked: what ends by then needs a plan. */
const aYearOn = checkedOn.replace(/^\d{4}/, (year) => String(Number(year) + 1));

/** What an operator should know of a client that can be deployed nonetheless: discontinued values, end-of-life dates, missing routes. */
export function warningsOf(client: Versions, fields: ClientFields): string[] {
  return [
    endOfInsights,
    ...(fields.allowDiscontinued
      ? run(discontinuedChecks, client.name, fields, []).map(({ path, message }) => `${path} ${message}`)
      : []),
    ...endOfLifeDatesOf(client)
      .filter(({ standardSupport }) => standardSupport < aYearOn)
      .map(endOfLifeWarning),
    ...versionsOf(client)
      .filter((version) => !endOfLifeDates.some((row) => named(row) === version))
      .map((version) => `${version}: the project's table does not know when its standard support ends. Look it up.`),
    ...(client.elasticsearch !== undefined && client.versions.elasticsearch === undefined
      ? [
          `elasticsearch keeps the domain for hosts of an earlier release; ${client.release} does not use it. Once they are retired, set \`protected: false\` in it, deploy, and remove the field.`,
        ]
      : []),
    ...(client.elasticsearch?.vpc
      ? [
          "elasticsearch.vpc: AWS moves no domain between a public endpoint and a VPC. Set or removed on a deployed client, it replaces the domain, and its index is lost until the pipeline has written it again: docs/operations.md.",
        ]
      : []),
    ...costWarnings(client),
    ...connectorWarnings(client),
    ...passwordWarnings(client),
    ...ciWarnings(client),
    ...effectWarnings(client),
    ...bucketWarnings(client),
    ...keyWarnings(client),
    ...readerWarnings(client),
    ...(client.network.vpc === "new" && client.network.peering === undefined
      ? ["network.peering is not named, so the EMR clusters cannot reach the edxapp RDS from this VPC."]
      : []),
  ];
}

/** The end-of-life dates of what a client runs on, past or to come. */
export function endOfLifeDatesOf(client: Versions): EndOfLife[] {
  const versions = versionsOf(client);
  return endOfLifeDates.filter((row) => versions.includes(named(row)));
}

function versionsOf({ versions, database, elasticsearch, emr }: Versions): string[] {
  return [
    ...new Set([
      `Ubuntu ${versions.ubuntu}`,
      ...database.iterations.map(({ engineVersion }) => `MySQL ${majorMinor(engineVersion)}`),
      ...(elasticsearch ? [`Elasticsearch ${elasticsearch.version}`] : []),
      `EMR ${emr.releaseLabel}`,
    ]),
  ];
}

function named({ product, version }: EndOfLife): string {
  return `${product} ${version}`;
}

/** One row as a sentence. */
export function endOfLifeWarning({ product, version, standardSupport, afterwards }: EndOfLife): string {
  const verb = standardSupport < checkedOn ? "ended" : "ends";
  return `${product} ${version}: standard support ${verb} on ${standardSupport}; ${afterwards} (checked on ${checkedOn}).`;
}

/** What AWS adds to the bill for a MySQL or an Elasticsearch that is out of standard support. */
function costWarnings({ database, elasticsearch }: Versions): string[] {
  const ofDomain = elasticsearch && domainSupportCost(elasticsearch.version, { ...elasticsearch, instances: 1 });
  const ofDatabases = database.iterations.flatMap(({ key, engineVersion, lifecycleSupport, ...instance }) => {
    const version = majorMinor(engineVersion);
    const cost = lifecycleSupport === "extended" ? extendedSupportCost(version, instance) : undefined;
    return cost === undefined
      ? []
      : `MySQL ${version}: RDS Extended Support of \`database.iterations.${key}\` costs about USD ${cost.month} a month beside the instance: ${cost.vcpus} vCPUs at ${cost.rate.toFixed(2)} an hour in us-east-1, which is 0.10 in the first two years and 0.20 in the third (https://aws.amazon.com/rds/mysql/pricing/, looked up on 2026-11-27).`;
  });
  return [
    ...ofDatabases,
    ...(elasticsearch === undefined || ofDomain === undefined
      ? []
      : [
          `Elasticsearch ${elasticsearch.version}: extended support of \`elasticsearch.instanceType\` (${elasticsearch.instanceType}) costs about USD ${ofDomain} a month beside the instance: ${usdPerNormalizedHour} a normalized instance hour in us-east-1 (https://docs.aws.amazon.com/opensearch-service/latest/developerguide/what-is.html, looked up on 2026-11-28).`,
        ]),
  ];
}

/** Connector/J 5.1.35, which the pipeline's documentation names, fails at MySQL 8.0's character sets. */
function connectorWarnings({ database, versions, release }: Versions): string[] {
  return database.iterations
    .filter(({ engineVersion }) => versions.mysql === "5.7" && engineVersion.startsWith("8."))
    .map(
      ({ key, engineVersion }) =>
        `database.iterations.${key}.engineVersion is "${engineVersion}"; ${release}'s connector 5.1.35 does not speak to it. Upload mysql-connector-java 5.1.47 or later.`,
    );
}

/** MySQL 8.4 has turned off the way to log in that connectors from before 2018 know alone. */
function passwordWarnings({ database }: Versions): string[] {
  return database.iterations
    .filter(({ engineVersion }) => atLeast(engineVersion, "8.4"))
    .map(
      ({ key, engineVersion }) =>
        `database.iterations.${key}.engineVersion is "${engineVersion}", where mysql_native_password is off: connector 5.1.35 and other clients that know no caching_sha2_password cannot log in. Try them first, or take "8.0".`,
    );
}

/** S3 gives such names no more, but keeps the buckets. */
function bucketWarnings({ buckets, edxapp }: Versions): string[] {
  const existing = bucketsOf(buckets).flatMap(([key, { exists, name }]) => (exists ? [[`buckets.${key}`, name]] : []));
  return [...existing, ["edxapp.gradesBucket", edxapp.gradesBucket.name]]
    .filter(([, name]) => !s3BucketName.safeParse(name).success)
    .map(
      ([field, name]) =>
        `${field} is "${name}", a name from before March 2018: it is used as it is, but EMR asks for names of a-z, 0-9, . and -, so tasks that read or write it may fail. If they do, copy its objects to a new bucket.`,
    );
}

/** Of the writers of buckets, the LMS alone is none of the stack's. */
function keyWarnings({ buckets }: Versions): string[] {
  const { kmsKeyId, trackingLogs } = buckets;
  return kmsKeyId === undefined || trackingLogs.exists
    ? []
    : [
        `buckets.kmsKeyId encrypts ${trackingLogs.name} as well: whoever writes the LMS's tracking logs there needs kms:GenerateDataKey and kms:Decrypt on ${kmsKeyId}, and a program that signs with Signature Version 4 (docs/encryption.md).`,
      ];
}

/** What CI's apply role may not write, as nothing would limit what it writes there: decision 0022. */
function ciWarnings({ ci, edxapp, emr, elasticsearch, buckets, sharedStack }: Versions): string[] {
  if (ci === undefined) {
    return [];
  }
  return [
    ...(edxapp.gradesBucket.access === "user-policy"
      ? [
          'edxapp.gradesBucket.access is "user-policy", and CI may write no policy on a user that is not the client\'s: deploy a change of it by hand.',
        ]
      : []),
    ...(emr.roles === "existing" && elasticsearch !== undefined && sharedStack === undefined
      ? [
          "emr.roles exist, and CI writes the Elasticsearch policy on EMR_EC2_DefaultRole only where that role has CI's permissions boundary: put it on, or deploy a change of the policy by hand.",
        ]
      : []),
    ...(emr.roles === "existing" && emr.ec2RoleName === undefined && buckets.kmsKeyId !== undefined
      ? [
          "emr.roles exist, and CI writes the policy of buckets.kmsKeyId on EMR_EC2_DefaultRole only where that role has CI's permissions boundary: put it on, or deploy a change of the key by hand.",
        ]
      : []),
  ];
}

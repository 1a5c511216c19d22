import { type Problem, problem } from "../load/problem";
import { type BucketKey, bucketEndings, hasElasticsearch, managesEmrRoles } from "../names";
import { valueAt } from "../value-at";
import { type Check, check } from "./check";

/** Settings that have no effect beside another one: an operator who wrote them would believe in them. */
const ignored: readonly {
  /** Path of the setting that decides. */
  readonly beside: string;
  /**
   * The value that it has to have.
   * @default - any
   */
  readonly is?: string;
  /** Paths of those that have no effect then. */
  readonly fields: readonly string[];
}[] = [
  {
    beside: "edxapp.database.identifier",
    fields: ["edxapp.database.address", "edxapp.database.port", "edxapp.database.securityGroupIds"],
  },
  { beside: "edxapp.database.access", is: "print", fields: ["edxapp.database.ruleSecurityGroupId"] },
];

/** @param input a client's file as it was written: a default is not what its author believes */
export function ignoredSettings(input: object): Problem[] {
  return [...besides(input), ...settingsOfNoBucket(input), ...settingsOfNoServiceGroup(input)];
}

/** Settings of the groups that the Analytics API's and Jenkins' hosts have of their own. */
function settingsOfNoServiceGroup(input: object): Problem[] {
  const iterations = Object.values((valueAt(input, "hosts.iterations") ?? {}) as object);
  const isSeparate = iterations.some((iteration: { layout?: unknown } | undefined) => iteration?.layout === "separate");
  const isCommon = valueAt(input, "hosts.serviceGroups") === "common";
  const ofGroups = ["apiSecurityGroup", "jenkinsSecurityGroup"].flatMap((group) => [
    `hosts.${group}.name`,
    `hosts.${group}.description`,
  ]);
  const without = "without an iteration of the layout `separate`";
  return [
    ...(isSeparate && !isCommon
      ? []
      : ofGroups.map((field) => [field, `${without}, or beside \`hosts.serviceGroups: "common"\``] as const)),
    ...(isCommon && !isSeparate ? ([["hosts.serviceGroups", without]] as const) : []),
  ].flatMap(([field, beside]) => {
    const found = valueAt(input, field);
    return found === undefined ? [] : [problem(field, found, `it has no effect ${beside}`, "Remove it")];
  });
}

/** Settings that no bucket has: those that exist are left as they are. */
function settingsOfNoBucket(input: object): Problem[] {
  const byDefault: readonly BucketKey[] = ["emr", "edxanalytics"];
  const isManaged = (Object.keys(bucketEndings) as BucketKey[]).some(
    (key) =>
      (byDefault.includes(key) || valueAt(input, `buckets.${key}`) !== undefined) &&
      valueAt(input, `buckets.${key}.existing`) === undefined,
  );
  return [
    ["buckets.expireAfterDays", "rules are"],
    ["buckets.kmsKeyId", "encryption is"],
    ["buckets.formerKmsKeyIds", "encryption is"],
  ].flatMap(([field = "", theirs]) => {
    const found = valueAt(input, field);
    return found === undefined || isManaged
      ? []
      : [problem(field, found, `it has no effect where every bucket exists, whose ${theirs} its owner's`, "Remove it")];
  });
}

function besides(input: object): Problem[] {
  return ignored.flatMap(({ beside, is, fields }) => {
    const decides = valueAt(input, beside);
    return decides === undefined || (is !== undefined && decides !== is)
      ? []
      : fields.flatMap((field) => {
          const found = valueAt(input, field);
          const other = is === undefined ? `\`${beside}\`` : `\`${beside}: "${is}"\``;
          return found === undefined
            ? []
            : [problem(field, found, `it has no effect beside ${other}`, "Remove the one that is not meant")];
        });
  });
}

/** Names of what the client does not manage. */
export const ignoredNameChecks: readonly Check[] = [
  check(["sharing", "emr.roles", "elasticsearch"], (client) => {
    const { policyName = undefined } = client.elasticsearch || {};
    return policyName === undefined || managesEmrRoles(client)
      ? []
      : [
          problem(
            "elasticsearch.policyName",
            policyName,
            "it has no effect beside existing EMR roles, which get an inline policy",
            "Remove it",
          ),
        ];
  }),

  check(["release", "elasticsearch", "emr.elasticsearchAccess"], (client) => {
    const { elasticsearchAccess } = client.emr;
    return elasticsearchAccess === "domain" || hasElasticsearch(client)
      ? []
      : [
          problem(
            "emr.elasticsearchAccess",
            elasticsearchAccess,
            "it has no effect without a domain of Elasticsearch",
            "Remove it",
          ),
        ];
  }),

  check(["release", "elasticsearch", "buckets.apiReports", "pgpKey"], (client) =>
    client.pgpKey === undefined || hasElasticsearch(client) || client.buckets.apiReports !== undefined
      ? []
      : [
          problem(
            "pgpKey",
            client.pgpKey,
            "it has no effect without Elasticsearch and `buckets.apiReports`, whose users have the only access keys",
            "Remove it",
          ),
        ],
  ),

  check(["database.identifier", "database.iterations.*.identifier"], ({ database }) =>
    database.identifier !== undefined &&
    Object.values(database.iterations).every(({ identifier }) => identifier !== undefined)
      ? [
          problem(
            "database.identifier",
            database.identifier,
            "it has no effect beside an `identifier` of every iteration",
            "Remove it",
          ),
        ]
      : [],
  ),
];

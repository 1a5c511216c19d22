import type { ClientConfig } from "./client";
import { elasticsearchVolume } from "./data";
import { endOfStandardSupport } from "./end-of-life";
import { bucketName } from "./fields";
import { type NameKey, nameRules, namesOf } from "./names";
import { didYouMean, type Problem, problem } from "./problem";
import { releases } from "./releases";
import { atLeast, bucketsOf, databaseIterationsOf, elasticsearchOf, stateKey } from "./resolve";

/**
 * What no single field of a client file can know. Each check names the fields that it needs, and runs when these were
 * read without a mistake, so that one mistake does not hide another.
 */
interface Check {
  readonly needs: readonly (keyof ClientConfig)[];
  readonly find: (client: ClientConfig) => readonly Problem[];
}

function check<K extends keyof ClientConfig>(
  needs: readonly K[],
  find: (client: Pick<ClientConfig, K>) => readonly Problem[],
): Check {
  return { needs, find };
}

/** All problems of a client, of those fields that could be read. */
export function checkClient(client: Partial<ClientConfig>): Problem[] {
  return checks
    .filter(({ needs }) => needs.every((field) => field in client))
    .flatMap(({ find }) => find(client as ClientConfig));
}

const checks: readonly Check[] = [
  check(["name"], ({ name }) =>
    name.startsWith("shared-") || name.endsWith("-databases")
      ? [
          problem(
            "name",
            name,
            "`shared-…` and `…-databases` are names of stacks",
            "Choose another name for client and file",
          ),
        ]
      : [],
  ),

  check(["name", "naming", "names"], (client) =>
    Object.entries(namesOf(client)).flatMap(([key, value]) => {
      const { kind, most } = nameRules[key as NameKey];
      return value.length > most ? [tooLong(client, key as NameKey, value, kind, most)] : [];
    }),
  ),

  check(["name", "buckets", "protected"], (client) =>
    Object.entries(bucketsOf(client)).flatMap(([key, bucket]) =>
      bucketName.safeParse(bucket.name).success
        ? []
        : [
            problem(
              `buckets.${key}.name`,
              bucket.name,
              `a bucket name has at most 63 characters, this one, made of the client's name, has ${bucket.name.length}`,
              `Shorten \`name\`, or set \`buckets.${key}.name\``,
            ),
          ],
    ),
  ),

  check(["region", "network"], ({ region, network }) =>
    ("zones" in network ? network.zones : []).flatMap((zone, index) =>
      zone.slice(0, -1) === region
        ? []
        : [
            problem(
              `network.zones.${index}`,
              zone,
              `a zone of ${region} is required`,
              `Name one, as in \`${region}a\``,
            ),
          ],
    ),
  ),

  check(["network"], ({ network }) =>
    repeated("network.databaseSubnetIds", "databaseSubnetIds" in network ? network.databaseSubnetIds : []),
  ),

  check(["hosts"], ({ hosts }) => repeated("hosts.webFrom", hosts.webFrom)),

  check(["director"], ({ director }) => repeated("director.sshFrom", director.sshFrom ?? [])),

  check(["hosts"], ({ hosts }) => iterationProblems("hosts", hosts)),

  check(["database"], ({ database }) => iterationProblems("database", database)),

  check(["accountId", "edxapp"], ({ accountId, edxapp }) =>
    edxapp.gradesBucket.access === "user-policy" && accountOf(edxapp.userArn) !== accountId
      ? [
          problem(
            "edxapp.userArn",
            edxapp.userArn,
            `with \`gradesBucket.access\` "user-policy" the user is in account ${accountId}`,
            'Choose "print" or a bucket policy, or correct the ARN',
          ),
        ]
      : [],
  ),

  check(["accountId", "deployRoleArn"], ({ accountId, deployRoleArn }) =>
    deployRoleArn !== undefined && accountOf(deployRoleArn) !== accountId
      ? [problem("deployRoleArn", deployRoleArn, `the role is in account ${accountId}`, "Name a role of that account")]
      : [],
  ),

  check(["network", "edxapp"], ({ network, edxapp }) => {
    const { access } = edxapp.database;
    if (network.vpc !== "new" || access === "print") {
      return [];
    }
    if (access === "group-rules") {
      return [
        problem(
          "edxapp.database.access",
          access,
          "in a VPC of the client's own the edxapp RDS knows its groups by range only",
          'Choose "cidr-rules" or "print"',
        ),
      ];
    }
    return network.peering === undefined
      ? [
          problem(
            "network.peering",
            undefined,
            'with `edxapp.database.access` "cidr-rules" it is required',
            'Name the edxapp RDS\'s VPC, or choose "print"',
          ),
        ]
      : [];
  }),

  check(["edxapp"], ({ edxapp }) => {
    const { ruleSecurityGroupId, securityGroupIds, access } = edxapp.database;
    if (securityGroupIds === undefined || access === "print") {
      return [];
    }
    if (ruleSecurityGroupId === undefined) {
      return securityGroupIds.length === 1
        ? []
        : [
            problem(
              "edxapp.database.ruleSecurityGroupId",
              undefined,
              "with several groups it is required",
              `Name one of ${securityGroupIds.join(", ")}`,
            ),
          ];
    }
    return securityGroupIds.includes(ruleSecurityGroupId)
      ? []
      : [
          problem(
            "edxapp.database.ruleSecurityGroupId",
            ruleSecurityGroupId,
            "one of the server's groups is allowed",
            didYouMean(ruleSecurityGroupId, securityGroupIds),
          ),
        ];
  }),

  check(["name", "naming", "names", "release", "database", "protected"], (client) => {
    const iterations = databaseIterationsOf(client);
    return iterations.flatMap((iteration) => {
      const path = `database.iterations.${iteration.key}`;
      const twin = iterations.find(
        ({ key, identifier }) => Number(key) < Number(iteration.key) && identifier === iteration.identifier,
      );
      return [
        ...(iteration.identifier.length > 63
          ? [
              problem(
                `${path}.identifier`,
                iteration.identifier,
                `an RDS identifier has at most 63 characters, this one ${iteration.identifier.length}`,
                `Shorten it, or \`name\``,
              ),
            ]
          : []),
        ...(twin
          ? [
              problem(
                `${path}.identifier`,
                iteration.identifier,
                `iteration ${twin.key} has it already`,
                "Give each iteration its own",
              ),
            ]
          : []),
        ...(iteration.lifecycleSupport === "upgrade" && endOfStandardSupport("MySQL", iteration.engineVersion)
          ? [
              problem(
                `${path}.lifecycleSupport`,
                "upgrade",
                `RDS's standard support of MySQL ${iteration.engineVersion} has ended, so only "extended" is allowed`,
                "Remove the field, or choose a newer engine",
              ),
            ]
          : []),
      ];
    });
  }),

  check(["name", "release", "elasticsearch", "sharing", "protected"], (client) => {
    const found = client.elasticsearch;
    const wanted = releases[client.release].elasticsearch;
    if (wanted === undefined) {
      return found
        ? [
            problem(
              "elasticsearch",
              found,
              `the Data API of ${client.release} has dropped Elasticsearch`,
              "Remove the field",
            ),
          ]
        : [];
    }
    if (found === false) {
      return [
        problem(
          "elasticsearch",
          false,
          `${client.release} reads its learner data from Elasticsearch ${wanted}`,
          "Remove the field",
        ),
      ];
    }
    const version = found?.version ?? wanted;
    return version === wanted || version.split(".")[0] === wanted.split(".")[0]
      ? []
      : [
          problem(
            "elasticsearch.version",
            version,
            `${client.release} speaks Elasticsearch ${wanted}`,
            "Remove the field, or take a version of the same major number",
          ),
        ];
  }),

  check(["name", "release", "elasticsearch", "sharing", "protected"], (client) => {
    const domain = elasticsearchOf(client);
    return domain === undefined ? [] : elasticsearchProblems(domain);
  }),

  check(["sharing", "emr"], ({ sharing, emr }) =>
    (["roles", "securityGroups"] as const).flatMap((field) =>
      sharing === "shared-stack" && emr[field] === "create"
        ? [
            problem(
              `emr.${field}`,
              "create",
              'with `sharing` "shared-stack" the shared stack makes them',
              "Remove the field",
            ),
          ]
        : [],
    ),
  ),

  check(["name", "state"], ({ name, state }) => {
    const longest = stateKey(state, name, `${name}-databases`);
    return longest.length > 1024
      ? [problem("state.keyPrefix", state.keyPrefix, "an S3 key has at most 1024 characters", "Shorten it")]
      : [];
  }),
];

function elasticsearchProblems(domain: NonNullable<ReturnType<typeof elasticsearchOf>>): Problem[] {
  const { domainName, version, instanceType, volumeGiB, encrypted, applicationLogs } = domain;
  const volume = elasticsearchVolume[instanceType];
  return [
    ...(domainName.length > 28
      ? [
          problem(
            "name",
            domainName.slice(0, -"-analytics-es".length),
            `the domain \`${domainName}\` has ${domainName.length} characters, AWS takes 28`,
            "Choose a name of 15 characters or fewer",
          ),
        ]
      : []),
    ...(volume && (volumeGiB < volume.least || volumeGiB > volume.most)
      ? [
          problem(
            "elasticsearch.volumeGiB",
            volumeGiB,
            `${instanceType} takes ${volume.least} to ${volume.most} GiB`,
            "Change the size or the instance type",
          ),
        ]
      : []),
    ...(!atLeast(version, "5.1") && !/^(t2|m3|m4|c4|r3|r4|i2)\./.test(instanceType)
      ? [
          problem(
            "elasticsearch.instanceType",
            instanceType,
            `Elasticsearch ${version} runs on t2, m3, m4, c4, r3, r4 and i2 only`,
            'Choose "t2.small.elasticsearch"',
          ),
        ]
      : []),
    ...(encrypted && !atLeast(version, "6.0")
      ? [
          problem(
            "elasticsearch.encrypted",
            true,
            `encryption at rest needs version 5.1, between nodes 6.0; this is ${version}`,
            "Remove the field, or take a newer version",
          ),
        ]
      : []),
    ...(encrypted && /^(t2|m3|r3)\./.test(instanceType)
      ? [
          problem(
            "elasticsearch.encrypted",
            true,
            `${instanceType} has no encryption at rest`,
            'Remove the field, or choose "t3.small.elasticsearch"',
          ),
        ]
      : []),
    ...(applicationLogs && !atLeast(version, "5.1")
      ? [
          problem(
            "elasticsearch.applicationLogs",
            true,
            `application logs need version 5.1; this is ${version}`,
            "Remove the field, or take a newer version",
          ),
        ]
      : []),
  ];
}

function tooLong(
  client: Pick<ClientConfig, "name" | "names">,
  key: NameKey,
  value: string,
  kind: string,
  most: number,
): Problem {
  return key in client.names
    ? problem(
        `names.${key}`,
        value,
        `the name of an ${kind} has at most ${most} characters, this one ${value.length}`,
        "Shorten it",
      )
    : problem(
        "name",
        client.name,
        `it makes the ${kind} \`${value}\` of ${value.length} characters, AWS takes ${most}`,
        `Shorten it, or set \`names.${key}\``,
      );
}

interface Iterations {
  readonly active: string;
  readonly iterations: Readonly<Record<string, unknown>>;
  readonly retired: readonly string[];
}

function iterationProblems(path: string, { active, iterations, retired }: Iterations): Problem[] {
  const keys = Object.keys(iterations);
  const highest = Math.max(0, ...[...keys, ...retired].map(Number));
  const lost = Array.from({ length: highest }, (_, index) => String(index + 1)).filter(
    (key) => !(key in iterations) && !retired.includes(key),
  );
  return [
    ...(active in iterations
      ? []
      : [
          problem(
            `${path}.active`,
            active,
            `an iteration of \`${path}.iterations\` is required: ${keys.join(", ") || "there is none"}`,
            `Name one of them, or add "${active}"`,
          ),
        ]),
    ...lost.map((key) => ({
      path: `${path}.iterations.${key}`,
      message: `is missing; it would be destroyed if it was deployed. Put it back, or, once it was deployed with \`protected: false\`, add "${key}" to \`${path}.retired\`.`,
    })),
    ...retired
      .filter((key) => key in iterations)
      .map((key) =>
        problem(
          `${path}.retired`,
          key,
          "an iteration is retired or in use, and a key is not used twice",
          `Number the new one ${highest + 1}`,
        ),
      ),
    ...repeated(`${path}.retired`, retired),
  ];
}

function repeated(path: string, values: readonly string[]): Problem[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index
      ? [problem(`${path}.${index}`, value, "it stands in the list already", "Remove the repetition")]
      : [],
  );
}

function accountOf(arn: string): string | undefined {
  return arn.split(":")[4];
}

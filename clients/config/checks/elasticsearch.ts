import { elasticsearchVolume } from "../data";
import { type Problem, problem } from "../problem";
import { releases } from "../releases";
import { atLeast, domainNameOf, elasticsearchNodeOf, encryptsAtRest } from "../resolve";
import { type Check, check } from "./check";

/** Whether the release has Elasticsearch, and what its version and instance type take. */
export const elasticsearchChecks: readonly Check[] = [
  check(["release", "elasticsearch"], (client) => {
    const found = client.elasticsearch;
    const wanted = releases[client.release].elasticsearch;
    if (wanted === undefined) {
      return found
        ? [
            {
              path: "elasticsearch",
              message: `has settings; the Data API of ${client.release} has dropped Elasticsearch. Remove the field.`,
            },
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
    return version.split(".")[0] === wanted.split(".")[0]
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

  check(["elasticsearch"], ({ elasticsearch: settings }) =>
    settings && settings.logResourcePolicy !== undefined && !settings.applicationLogs
      ? [
          problem(
            "elasticsearch.logResourcePolicy",
            settings.logResourcePolicy,
            "it has no effect without `applicationLogs: true`",
            "Add that, or remove the field",
          ),
        ]
      : [],
  ),

  check(["release", "elasticsearch"], (client) => {
    const node = elasticsearchNodeOf(client);
    return node === undefined ? [] : nodeProblems(node);
  }),

  check(["name", "release", "elasticsearch"], (client) => {
    const domainName = domainNameOf(client);
    return domainName.length > 28 && elasticsearchNodeOf(client)
      ? [
          problem(
            "name",
            client.name,
            `the domain \`${domainName}\` has ${domainName.length} characters, AWS takes 28`,
            "Choose a name of 15 characters or fewer, or set `elasticsearch.domainName`",
          ),
        ]
      : [];
  }),
];

function nodeProblems(node: NonNullable<ReturnType<typeof elasticsearchNodeOf>>): Problem[] {
  const { version, instanceType, volumeGiB, encrypted, applicationLogs } = node;
  const volume = elasticsearchVolume[instanceType];
  return [
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
    ...(atLeast(version, "5.1") && instanceType.startsWith("t2.micro.")
      ? [
          problem(
            "elasticsearch.instanceType",
            instanceType,
            `t2.micro runs Elasticsearch 1.5 and 2.3 only; this is ${version}`,
            'Choose "t3.small.elasticsearch"',
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
    ...(encrypted && !encryptsAtRest(instanceType)
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

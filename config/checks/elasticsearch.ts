import { atLeast } from "../compare-versions";
import { elasticsearchNode, encryptsAtRest } from "../load/defaults";
import { type Problem, problem } from "../load/problem";
import { elasticsearchVolumeGiB, limits } from "../schema/limits";
import { releases } from "../tables/versions-by-release";
import { type Check, check } from "./check";

/** Whether the release has Elasticsearch, and what its version and instance type take. */
export const elasticsearchChecks: readonly Check[] = [
  check(["release", "elasticsearch"], (client) => {
    const found = client.elasticsearch;
    const wanted = releases[client.release].elasticsearch;
    if (wanted === undefined) {
      return found && found.version === undefined
        ? [
            {
              path: "elasticsearch",
              message: `has settings; the Data API of ${client.release} has dropped Elasticsearch. Remove the field, or, while hosts of an earlier release use the domain, set \`elasticsearch.version\` to its version.`,
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

  check(["release", "elasticsearch"], (client, name) => {
    const node = elasticsearchNode(name, client);
    const applicationLogs = client.elasticsearch ? client.elasticsearch.applicationLogs : undefined;
    return node === undefined ? [] : nodeProblems(node, applicationLogs);
  }),

  check(["network.vpc", "elasticsearch"], ({ network, elasticsearch }) => {
    const subnetId = elasticsearch ? elasticsearch.vpc?.subnetId : undefined;
    return network.vpc === "new" && subnetId !== undefined
      ? [
          problem(
            "elasticsearch.vpc.subnetId",
            subnetId,
            "a new VPC has no subnet before it is created",
            "Remove the field: the domain is in the network's own",
          ),
        ]
      : [];
  }),

  check(["release", "elasticsearch"], (client, name) => {
    const { domainName = "" } = elasticsearchNode(name, client) ?? {};
    const max = limits.domainNameLength;
    return domainName.length > max
      ? [
          {
            path: "",
            message: `makes the domain \`${domainName}\` of ${domainName.length} characters, AWS takes ${max}. Set \`elasticsearch.domainName\`, or rename the file to 15 characters or fewer.`,
          },
        ]
      : [];
  }),
];

function nodeProblems(node: NonNullable<ReturnType<typeof elasticsearchNode>>, applicationLogs?: object): Problem[] {
  const { version, instanceType, volumeGiB, encrypted } = node;
  const volume = elasticsearchVolumeGiB[instanceType];
  return [
    ...(volume && (volumeGiB < volume.min || volumeGiB > volume.max)
      ? [
          problem(
            "elasticsearch.volumeGiB",
            volumeGiB,
            `${instanceType} takes ${volume.min} to ${volume.max} GiB`,
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
    ...(atLeast(version, "5.1") && !atLeast(version, "7.9") && /^[mcr]6g\./.test(instanceType)
      ? [
          problem(
            "elasticsearch.instanceType",
            instanceType,
            `Graviton runs Elasticsearch 7.9 and 7.10 only; this is ${version}`,
            'Choose "m5.large.elasticsearch", or a newer version',
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
            applicationLogs,
            `application logs need version 5.1; this is ${version}`,
            "Remove the field, or take a newer version",
          ),
        ]
      : []),
  ];
}

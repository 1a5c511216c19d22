import type { Client } from "../client";
import { atLeast } from "../compare-versions";
import { isExisting } from "../existing";
import { lacksTls } from "../https-names";
import { since } from "../tables/versions-by-release";

type Read = Pick<Client, "release" | "edxapp" | "emr" | "hosts" | "sharedStack" | "configurationFiles" | "tls">;

/** What the readers of the configuration files, Ansible's roles and the pipeline of the release, make of the client. */
export function readerWarnings(client: Read): string[] {
  return [
    ...branchWarnings(client),
    ...tagWarnings(client),
    ...pipelineWarnings(client),
    ...portWarnings(client),
    ...jenkinsWarnings(client),
    ...keyWarnings(client),
    ...tlsWarnings(client),
  ];
}

function branchWarnings({ release, configurationFiles }: Read): string[] {
  const fields = ["openedxRelease", "configurationRepository", "pipelineRepository"] as const;
  const missing = fields.filter((field) => configurationFiles[field] === undefined);
  return since("redwood", release) && missing.length > 0
    ? [
        `release is "${release}", of which Analytics' repositories have no branch. Name branches of yours: ${missing.map((field) => `configurationFiles.${field}`).join(", ")}.`,
      ]
    : [];
}

/** No branch of batch/provision.yml gives `tags` to its module. */
function tagWarnings({ release, emr, sharedStack }: Read): string[] {
  const ends = since("juniper", release)
    ? ""
    : `, and the Ansible of ${release}'s ends at them: they are left out of emr-vars.yml`;
  const fork = `edx-analytics-configuration passes no \`tags\` of emr-vars.yml on${ends}. Name a fork that does in configurationFiles.configurationRepository`;
  if (emr.servicePolicy === "v2") {
    return [`emr.servicePolicy is "v2", by which EMR starts no cluster without a tag; ${fork}.`];
  }
  return sharedStack === undefined
    ? []
    : [`clusters in a shared account are told apart by tags in costs alone; ${fork}, or do without.`];
}

function pipelineWarnings({ release, emr, sharedStack }: Read): string[] {
  return [
    ...(since("hawthorn", release)
      ? []
      : [
          `the boto 2.22 of ${release}'s pipeline signs requests to S3 with V2 alone, which buckets made since June 2020 refuse. Name a fork with boto 2.48 in configurationFiles.pipelineRepository.`,
        ]),
    ...(release === "ficus" && emr.subnetId !== undefined
      ? [
          "ficus' edx-analytics-configuration passes no `additional_slave_security_groups` on, so the databases refuse clusters in `emr.subnetId`. Name a fork that does in configurationFiles.configurationRepository.",
        ]
      : []),
    ...(release === "ficus" && sharedStack !== undefined
      ? [
          "ficus' edx-analytics-configuration passes no `additional_slave_security_groups` on, so the databases refuse clusters in a shared account. Name a fork that does in configurationFiles.configurationRepository.",
        ]
      : []),
  ];
}

function portWarnings({ edxapp }: Read): string[] {
  const problem = sqoopPortProblem(edxapp.database.port ?? 3306);
  return problem === undefined ? [] : [`edxapp.database.port is ${problem}`];
}

/**
 * What the pipeline makes of a port of the edxapp server, which AWS alone may know; undefined for MySQL's own.
 * @returns the end of a sentence that begins with the port's place and "is"
 */
export function sqoopPortProblem(port: number | string): string | undefined {
  return Number(port) === 3306
    ? undefined
    : `${port}; the pipeline's import from there, by Sqoop, has no port in its URL and calls 3306. Move the server to 3306, or name a fork that has it in configurationFiles.pipelineRepository.`;
}

function jenkinsWarnings({ configurationFiles }: Read): string[] {
  const { version } = configurationFiles.jenkins;
  return version !== undefined && atLeast(version, "2.177")
    ? [
        `configurationFiles.jenkins.version is "${version}"; edx/configuration's role sets up Jenkins up to 2.176. Take that, or a fork of the role.`,
      ]
    : [];
}

/** No mistake, so that deployed clients go on: their Jenkins may be another than the role's. */
function keyWarnings({ hosts: { keyPair } }: Read): string[] {
  return !isExisting(keyPair) && keyPair.publicKey.startsWith("ssh-ed25519 ")
    ? [
        "hosts.keyPair.publicKey is an ed25519 key. Jenkins logs in to EMR clusters with this key pair, and its SSH agent (1.5, in all releases) reads RSA keys alone of those that EC2 takes: no job can run. Make one with `ssh-keygen -t rsa -b 4096 -m PEM -N ''`; docs/upgrading.md has the way for hosts that are deployed.",
      ]
    : [];
}

/** No mistake: an owner may have put something before the host that this project is not told of. */
function tlsWarnings({ tls, configurationFiles: { insightsUrl } }: Read): string[] {
  return lacksTls({ tls, insightsUrl })
    ? [
        `configurationFiles.insightsUrl is "${insightsUrl}", and nothing answers https there: there is no \`tls\`. Set it, see docs/https.md, or begin the URL with http://.`,
      ]
    : [];
}

import { limits } from "../../config/schema/limits";
import { type Attributes, attributesOf, block, blocks } from "../attributes";
import { found } from "../outcome";
import { type Alarm, access, availability, data, exposure, unknownType } from "./alarm";
import { between, casesBetween, matches } from "./conditions";
import { anotherKey, keyIn, whatExists } from "./kms-keys";
import { loseOwnCallers } from "./policies";
import { type Compared, resourceType } from "./resource-type";
import { loses } from "./rules";
import { otherGroups } from "./security-groups";

const encryptions = ["encrypt_at_rest", "node_to_node_encryption"];
const volumeGiB = limits.elasticsearchVolumeGiB;

export const elasticsearchDomain = resourceType("aws_elasticsearch_domain", {
  holds: "its indices",
  uniqueName: { word: "domain", argument: "domain_name" },
  find: async ({ arguments: { domain_name } }, { aws: { elasticsearch } }) => {
    const existing = await elasticsearch.domain(String(domain_name));
    return found(existing && String(domain_name), () => elasticsearch.tags(existing?.ARN ?? ""));
  },
  alarms: {
    mayLose: loseOwnCallers,
    // What is not written is AWS's default: no enforcement, TLS 1.0 and no encryption.
    create: ({ after }, plan) => {
      const { enforce_https, tls_security_policy: policy } = block(after.domain_endpoint_options);
      return [
        enforce_https !== true && exposure`answers HTTP, beside HTTPS`,
        strength(policy) === 0 && exposure`accepts TLS older than 1.2: ${policy ?? "AWS's default"}`,
        ...encryptions.map((name) => block(after[name]).enabled !== true && exposure`is not encrypted: ${name} is off`),
        ...otherOptions({ before: {}, after }),
        ...otherGroups(inVpc({ after }), plan, "security_group_ids"),
      ];
    },
    update: ({ before, after }, plan) => {
      const [had, gets] = [block(before.domain_endpoint_options), block(after.domain_endpoint_options)];
      const [volume, newVolume] = [before, after].map(({ ebs_options }) => Number(block(ebs_options).volume_size ?? 0));
      const [nodes, newNodes] = [before, after].map(({ cluster_config }) =>
        Number(block(cluster_config).instance_count ?? 1),
      );
      return [
        ...otherOptions({ before, after }),
        ...noLongerLogs({ before, after }),
        loses(
          { before, after },
          "elasticsearch_version",
          (version) =>
            data`is upgraded in place from ${version} to ${after.elasticsearch_version}, and only a snapshot of before leads back`,
        ),
        block(before.ebs_options).ebs_enabled === true &&
          block(after.ebs_options).ebs_enabled === false &&
          availability`has no EBS volume any more: ebs_enabled is off`,
        gets.custom_endpoint_enabled === true &&
          gets.custom_endpoint !== had.custom_endpoint &&
          exposure`answers by the name ${gets.custom_endpoint}, which no stack gives it`,
        had.custom_endpoint_enabled === true &&
          gets.custom_endpoint_enabled !== true &&
          access`loses its endpoint ${had.custom_endpoint}`,
        had.enforce_https === true && gets.enforce_https !== true && exposure`answers HTTP again, beside HTTPS`,
        strength(gets.tls_security_policy) < strength(had.tls_security_policy) &&
          exposure`accepts older TLS again: ${gets.tls_security_policy ?? "AWS's default"} in the place of ${had.tls_security_policy}`,
        block(before.advanced_security_options).enabled === true &&
          block(after.advanced_security_options).enabled !== true &&
          exposure`no longer asks its callers who they are: fine-grained access control is off`,
        anotherKey({ before, after }, keyIn("encrypt_at_rest")),
        ...encryptions.map(
          (name) =>
            block(before[name]).enabled === true &&
            block(after[name]).enabled !== true &&
            exposure`is no longer encrypted: ${name} is off`,
        ),
        Number(newVolume) < Number(volume) &&
          availability`has less room for its indices: ${String(newVolume)} GiB in the place of ${String(volume)}`,
        Number(newNodes) < Number(nodes) &&
          availability`has ${String(newNodes)} nodes in the place of ${String(nodes)}`,
        ...otherGroups(inVpc({ before, after }), plan, "security_group_ids"),
      ];
    },
  },
  adoption: {
    create: "the deployment has no such domain",
    update: {
      cluster_config: "instance type as in the client file; AWS moves the data",
      snapshot_options: "as in the client file",
      access_policies: "EMR's role may write the index, by name; the user keeps what it had",
      advanced_options: "`rest.action.multi.allow_explicit_index`, as the runbook has it",
      domain_endpoint_options: (after) =>
        block(after).enforce_https === true ? "HTTPS only, TLS 1.2: clients that speak HTTP are refused" : undefined,
      ebs_options: "volume as in the client file; AWS moves the data",
      log_publishing_options: "logs as in the client file",
    },
  },
  notes: {
    "encrypt_at_rest.kms_key_id": whatExists,
    access_policies: "Inside the domain: the provider waits for a principal that is too new on create only.",
  },
  variables: [
    {
      name: () => "elasticsearch_version",
      description: () =>
        "Elasticsearch version, the one that the Open edX release needs. It can rise within its major number; any other change would replace the domain.",
      validation: (variable, value) => {
        const [major, minor] = String(value).split(".");
        return [
          `try(tonumber(one(regex("^${major}\\\\.(\\\\d+)$", ${variable}))) >= ${minor}, false)`,
          `${value} is required, or a later ${major}: any other change would replace the domain, and lose its index.`,
        ];
      },
      cases: (value) => {
        const [major, minor] = String(value).split(".").map(Number) as [number, number];
        return {
          // The last that AWS has.
          accepts: [major === 7 ? "7.10" : value],
          refuses: [`${major + 1}.0`, ...(minor > 0 ? [`${major}.${minor - 1}`] : []), `${major}`],
        };
      },
      field: () => "elasticsearch.version",
      places: [{ path: "elasticsearch_version" }],
    },
    {
      name: () => "elasticsearch_instance_type",
      description: () => "Instance type of the Elasticsearch node. Those of t2 take no encryption.",
      validation: (variable) => [
        matches(variable, "^[a-z0-9]+\\.[a-z0-9]+\\.elasticsearch$"),
        "An Elasticsearch instance type is required, as in t3.small.elasticsearch.",
      ],
      cases: () => ({ accepts: ["m5.large.elasticsearch"], refuses: ["m5.large", "m5.large.search"] }),
      field: () => "elasticsearch.instanceType",
      places: [{ path: "cluster_config.instance_type" }],
    },
    {
      name: () => "elasticsearch_volume_size",
      description: () => "EBS volume of the Elasticsearch node, GiB; the instance type limits it, t3.small to 100.",
      validation: (variable) => [
        between(variable, volumeGiB),
        `A volume has ${volumeGiB.min} to ${volumeGiB.max} whole GiB.`,
      ],
      cases: () => casesBetween(volumeGiB),
      field: () => "elasticsearch.volumeGiB",
      places: [{ path: "ebs_options.volume_size" }],
    },
  ],
});

/** The place in a VPC that a domain has, and gets; none of a public one. */
function inVpc({ before = {}, after }: { readonly before?: Attributes; readonly after: Attributes }): Compared {
  return { before: block(before.vpc_options), after: block(after.vpc_options) };
}

const explicitIndex = "rest.action.multi.allow_explicit_index";

/** Advanced options that no stack sets, or without which the pipeline cannot write: its bulk calls name their indices. */
function otherOptions({ before, after }: Compared): Alarm[] {
  const [had, gets] = [attributesOf(before.advanced_options), attributesOf(after.advanced_options)];
  return Object.entries(gets)
    .filter(([name, value]) => value != null && String(value) !== String(had[name] ?? ""))
    .filter(([name, value]) => !(name === explicitIndex && String(value) === "true"))
    .map(([name, value]) =>
      name === explicitIndex
        ? availability`refuses calls that name their index, as the pipeline's do: ${name} is ${value}`
        : unknownType`sets ${name} to ${value}, which no stack of this version sets`,
    );
}

function noLongerLogs({ before, after }: Compared): Alarm[] {
  const published = ({ log_publishing_options: options }: Attributes) =>
    blocks(options)
      .filter(({ enabled }) => enabled !== false)
      .map(({ log_type: type }) => type);
  const left = published(after);
  return published(before)
    .filter((type) => !left.includes(type))
    .map((type) => availability`no longer writes ${type} to CloudWatch Logs`);
}

/** How strong a TLS policy is, by the names that AWS gives them; its default takes TLS 1.0. */
function strength(policy: unknown): number {
  return ["TLS-1-2", "TLS-1-2-PFS", "TLS-1-3"].filter((part) => String(policy).includes(part)).length;
}

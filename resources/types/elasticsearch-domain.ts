import { limits } from "../../config/schema/limits";
import { block } from "../attributes";
import { found } from "../outcome";
import { access, exposure } from "./alarm";
import { between, matches } from "./conditions";
import { openPolicy } from "./openings";
import { lostCallers } from "./policies";
import { resourceType } from "./resource-type";

const volumeGiB = limits.elasticsearchVolumeGiB;

export const elasticsearchDomain = resourceType("aws_elasticsearch_domain", {
  holds: "its indices",
  uniqueName: { word: "domain", argument: "domain_name" },
  find: async ({ arguments: { domain_name } }, { aws: { elasticsearch } }) => {
    const existing = await elasticsearch.domain(String(domain_name));
    return found(existing && String(domain_name), () => elasticsearch.tags(existing?.ARN ?? ""));
  },
  alarms: {
    opens: ({ access_policies: policy }) => openPolicy(policy),
    openedBy: ["access_policies"],
    update: ({ before, after }, plan) => {
      const [had, gets] = [block(before.domain_endpoint_options), block(after.domain_endpoint_options)];
      return [
        ...lostCallers(before.access_policies, after.access_policies, plan),
        had.custom_endpoint_enabled === true &&
          gets.custom_endpoint_enabled !== true &&
          access`loses its endpoint ${had.custom_endpoint}`,
        had.enforce_https === true && gets.enforce_https !== true && exposure`answers HTTP again, beside HTTPS`,
        /TLS-1-2/.test(String(had.tls_security_policy)) &&
          /TLS-1-0/.test(String(gets.tls_security_policy)) &&
          exposure`accepts TLS 1.0 again`,
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
      places: [{ path: "elasticsearch_version" }],
    },
    {
      name: () => "elasticsearch_instance_type",
      description: () => "Instance type of the Elasticsearch node. Those of t2 take no encryption.",
      validation: (variable) => [
        matches(variable, "^[a-z0-9]+\\.[a-z0-9]+\\.elasticsearch$"),
        "An Elasticsearch instance type is required, as in t3.small.elasticsearch.",
      ],
      places: [{ path: "cluster_config.instance_type" }],
    },
    {
      name: () => "elasticsearch_volume_size",
      description: () => "EBS volume of the Elasticsearch node, GiB; the instance type limits it, t3.small to 100.",
      validation: (variable) => [
        between(variable, volumeGiB),
        `A volume has ${volumeGiB.min} to ${volumeGiB.max} GiB.`,
      ],
      places: [{ path: "ebs_options.volume_size" }],
    },
  ],
});

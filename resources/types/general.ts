import { backupTagKey } from "../../modules/backup-tag";
import { clusterTag } from "../../modules/emr-tag";
import { attributesOf, isAttributes } from "../attributes";
import { Configuration } from "../plan/configuration";
import type { Plan } from "../plan/plan";
import { type Alarm, permission } from "./alarm";
import { matches } from "./conditions";
import type { Notes, Use, Variable } from "./hcl";
import type { Compared, Reason } from "./resource-type";
import { onlyTo, readResources } from "./rules";

/** The tags that tell what belongs to which deployment. */
export const projectTags = "tags of the project: Project, Client, ManagedBy and Name";

/** A tag that is not in the client file is removed. */
export const lostTags = "tags that the client file does not have are removed; what should stay belongs into its `tags`";

const description = "descriptions say what a thing is for";
const laterDestroy = "settings of Terraform's own, which say what a later destroy does; nothing changes in AWS";
const laterChanges = "settings of Terraform's own, which say how later changes are made; nothing changes in AWS";

/** Why an adoption updates attributes that resources of many types have. */
export const generalUpdates: Readonly<Record<string, Reason>> = {
  description,
  force_destroy: laterDestroy,
  revoke_rules_on_delete: laterDestroy,
  skip_final_snapshot: laterDestroy,
  final_snapshot_identifier: laterDestroy,
  apply_immediately: laterChanges,
  user_data_replace_on_change: onlyTo(false, laterChanges),
  tags: projectTags,
  tags_all: projectTags,
};

/** CI's roles, EMR and policies know by the tag whose a resource is, and a stack reads what others own. */
export function otherClient({ before, after }: Compared, plan: Plan): Alarm[] {
  const [had, gets] = [before, after].map(
    ({ tags, tags_all: all }) => attributesOf(all).Client ?? attributesOf(tags).Client,
  );
  if (had !== undefined && had !== "" && had !== gets) {
    return [permission`is of the client ${had} by its tag, and is marked as of ${gets ?? "none"}`];
  }
  const former = clientsIn(before);
  const others = clientsIn(after).filter((one) => !former.includes(one));
  const { client, providers } = Configuration.of(plan);
  const foreign = providers.aws === undefined ? [] : others.filter((one) => one !== client);
  if (foreign.length > 0) {
    return [permission`is marked as of the client ${foreign.join(", ")}, and the plan is of ${client ?? "none"}`];
  }
  const own = [before.arn, before.id].filter((id) => typeof id === "string");
  const isRead = () =>
    readResources(plan).some(
      ({ mode, values }) =>
        mode === "data" && own.some((id) => [values.arn, values.db_instance_arn, values.id].includes(id)),
    );
  return gets !== undefined && had !== gets && isRead()
    ? [permission`is marked as of the client ${gets}, and the plan reads it as what another owner manages`]
    : [];
}

/** The clients that tags name, of a resource and of what it makes; `tags_all` has the provider's too, and by `target_tags` it finds what it acts on. */
function clientsIn(values: unknown): string[] {
  const found = Object.entries(isAttributes(values) ? values : Array.isArray(values) ? values : {}).flatMap(
    ([name, inner]) =>
      isAttributes(inner) && /(^|_)tags(_|$)/.test(name) && !["tags_all", "target_tags"].includes(name)
        ? inner.Client
        : typeof inner === "object"
          ? clientsIn(inner)
          : undefined,
  );
  return [...new Set(found.filter((one) => one !== undefined).map(String))];
}

/** Tags by which services know what they may act on, with the addresses that stacks give them to. */
const tagsOfServices: Readonly<Record<string, RegExp>> = {
  [backupTagKey]: /^aws_instance\./,
  ...Object.fromEntries(
    Object.keys(clusterTag).map((key) => [key, /^aws_(security_group\.(\w+_)?emr_(master|slave)\b|subnet\.)/]),
  ),
};

/** Tags by which a service may act on a resource that no stack has it act on; others say nothing but what somebody notes. */
export function otherTags(address: string, { before, after }: Compared): Alarm[] {
  const [had, gets] = [attributesOf(before.tags), attributesOf(after.tags)];
  const local = address.replace(/^(module\.[^.]+\.)*/, "");
  return Object.entries(tagsOfServices)
    .filter(([key, addresses]) => gets[key] != null && gets[key] !== had[key] && !addresses.test(local))
    .map(
      ([key]) =>
        permission`is given the tag ${key}, ${gets[key]}, by which a service may act on it, and which no stack gives it`,
    );
}

/** Reasons that hold for resources of many types, which are read after those of one. */
export const generalReasons: readonly string[] = [lostTags, description, laterDestroy, laterChanges, projectTags];

/** Tags that every stack has: CI's roles, among others, know by them what is theirs. */
const stackTags = ["Client", "ManagedBy", "Project"];

/** Variables of what is no resource. */
export const generalVariables: readonly Variable[] = [
  {
    name: () => "tags",
    description: () => "Tags on everything taggable, besides Client, ManagedBy and Project.",
    validation: (variable) => [
      // IAM compares tag keys without regard to case.
      `alltrue([for key in keys(${variable}) : !can(regex("^(aws:|(${stackTags.join("|").toLowerCase()})$)", lower(key)))])`,
      "Client, ManagedBy and Project are set in providers.tf, and AWS keeps tags that start with aws: to itself.",
    ],
    cases: () => ({
      accepts: [{ CostCentre: "7" }],
      refuses: [{ Project: "another" }, { "aws:name": "x" }, { client: "x" }],
    }),
    field: () => "tags",
    places: [
      { of: "provider.aws", path: "default_tags.tags", made: withStackTags },
      { of: "aws_instance", path: "root_block_device.tags", made: withStackTags, follows: true },
    ],
  },
  {
    name: () => "emr_release_label",
    description: () => "EMR release of the clusters that the pipeline starts, release_label of emr-vars.yml.",
    validation: (variable) => [
      matches(variable, "^emr-\\d+\\.\\d+\\.\\d+$"),
      "An EMR release is required, as in emr-4.9.6.",
    ],
    cases: () => ({ accepts: ["emr-5.36.2"], refuses: ["5.36.2", "emr-5"] }),
    field: () => "emr.releaseLabel",
    places: [{ of: "output", called: /^(emr_release_label)$/, path: "value" }],
  },
];

function withStackTags(tags: unknown, use: Use): string {
  const all = Object.entries((tags ?? {}) as Record<string, unknown>);
  const others = Object.fromEntries(all.filter(([key]) => !stackTags.includes(key)));
  const own = all.filter(([key]) => stackTags.includes(key)).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  return `\${merge(${use("", others)}, { ${own.join(", ")} })}`;
}

/** Notes on data sources and ephemeral resources, by type: nothing else is to be known of them. */
export const notesOnSources: Readonly<Record<string, Notes>> = {
  aws_ami: {
    include_deprecated:
      "Images past their support are deprecated, and hidden from a look-up that does not ask for them.",
  },
  aws_secretsmanager_random_password: {
    exclude_punctuation: "Letters and digits alone need no quoting in YAML, INI, JSON, SQL or bash.",
  },
  mysql_databases: {
    pattern:
      "The first to connect: a server out of reach is one error after seconds, not one for each resource in turn.",
  },
};

import { isObject, type Value } from "./hcl/value";

/**
 * What messages of conditions say of the client file, and what of the exported files in its place. A message that still names
 * the client file fails a test.
 */
const inHcl: readonly (readonly [RegExp, string])[] = [
  [
    /(This state is of .*), and clients\/\S+\.ts says (.*)Correct the file; docs\/operations\.md says how a client moves\.$/,
    "$1, and state.tf says $2Undo the change of the region or account in backend.tf, providers.tf and state.tf.",
  ],
  [
    /A deploy would create all of it again\. Correct `state` in clients\/\S+\.ts, or bring the state back: docs\/operations\.md\.$/,
    "An apply would create all of it again. Correct bucket and key in backend.tf, or bring the state back from the versions that the bucket keeps.",
  ],
  [
    /^(Subnet .*) of the client file\. Correct `network\.subnetIds?` or `network\.vpcId`\.$/,
    "$1 of network.tf. Correct the id of the subnet or of the VPC there.",
  ],
  [
    /^(Subnet .*) of the client file\. Correct `emr\.subnetId` or `network`\.$/,
    "$1 of network.tf. Correct the id of the subnet there.",
  ],
  [
    /^(Subnet .*) of the client file\. Correct `elasticsearch\.vpc\.subnetId` or `network`\.$/,
    "$1 of network.tf. Correct the id of the subnet in elasticsearch-domain.tf.",
  ],
  [
    /^(Subnet group .*) of the client file\. Correct `database\.subnetGroup` or `network`\.$/,
    "$1 of network.tf. Correct the name of the group or the id of the VPC there.",
  ],
  [
    /Name the one that gets the rules in `edxapp\.database\.ruleSecurityGroupId`\.$/,
    "Give the rules in edxapp-database.tf the id of one as `security_group_id`, and write this condition as contains(self.vpc_security_groups, id).",
  ],
  [/^`edxapp\.database\.ruleSecurityGroupId` is not/, "The group that the rules in edxapp-database.tf are of is not"],
  [/Name a bucket there, or leave the field out for a managed one\.$/, "Name a bucket there."],
  [
    /Set `edxapp\.gradesBucket\.access` to "new-policy", deploy, then to the value that you need\.$/,
    "Give the bucket a statement of its owner's first.",
  ],
  [
    /An iteration keeps the version that it was made with: set engineVersion of the database's iteration (\d+) to (.*) Another version is a new iteration\.$/,
    "An instance keeps the version that it was made with: set database_$1_engine_version, and its validation, to $2 Another version is a new instance beside it.",
  ],
  [/Set engineVersion of the database's iteration (\d+) to (.*)\.$/, "Set database_$1_engine_version to $2."],
];

/** A block's arguments, with messages that speak of the exported files. */
export function speakingOfHcl(value: Value): Value {
  if (Array.isArray(value)) {
    return value.map(speakingOfHcl);
  }
  return isObject(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [
          key,
          key === "error_message" && typeof inner === "string" ? messageInHcl(inner) : speakingOfHcl(inner),
        ]),
      )
    : value;
}

function messageInHcl(message: string): string {
  return inHcl.reduce((text, [ofClientFile, ofHcl]) => text.replace(ofClientFile, ofHcl), message);
}

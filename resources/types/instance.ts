import { createHash } from "node:crypto";
import { openedxBranch, playbooksUrl } from "../../config/playbooks";
import { openedxGitPath } from "../../config/schema/configuration-files";
import { limits } from "../../config/schema/limits";
import { releaseNames, releases } from "../../config/tables/versions-by-release";
import { backupTagKey } from "../../modules/backup-tag";
import { canonical } from "../../modules/canonical";
import { installAtFirstBoot, upgradeAtFirstBoot } from "../../modules/first-boot";

import { attributesOf, block } from "../attributes";
import { found } from "../outcome";
import { knownAfter } from "../plan/marks";
import type { Plan } from "../plan/plan";
import { type Alarm, access, availability, data, exposure, permission } from "./alarm";
import { atLeastToday, casesAtLeastToday, matches } from "./conditions";
import { anotherKey, keyIn, whatExists } from "./kms-keys";
import { type Compared, resourceType } from "./resource-type";
import { isLeft, loses, onlyTo, readResources, turnsOff, unprotected } from "./rules";
import { otherGroups } from "./security-groups";

/** The first boots of directors that install from Open edX's own playbooks of a release. */
const installing = releaseNames.flatMap((release) => {
  const version = openedxBranch({ release, configurationFiles: {} });
  const url = playbooksUrl(openedxGitPath);
  return version === undefined ? [] : installAtFirstBoot(releases[release].ubuntu, { url, version });
});

/** The user data of stacks' hosts: as it is written, and as AWS's provider 5 plans it. */
const firstBoots = [upgradeAtFirstBoot, ...installing].flatMap((text) => [
  text,
  createHash("sha1").update(text).digest("hex"),
]);

export const instance = resourceType("aws_instance", {
  holds: "its disks",
  find: async ({ arguments: { tags } }, { aws: { ec2 } }) => {
    const name = (tags as { readonly Name: string }).Name;
    const instances = await ec2.instances(name);
    return instances.length > 1
      ? {
          kind: "unknown",
          why: `${instances.map(({ InstanceId }) => InstanceId).join(", ")} are all called ${name}; add the line of the right one to the file of imports`,
        }
      : found(instances[0]?.InstanceId);
  },
  alarms: {
    create: (change, plan) => [
      gainsProfile(change, plan),
      otherImage(change, plan),
      acceptsImdsV1(change, plan),
      hops(change.after) > 1 &&
        exposure`answers requests for instance metadata from further away than itself: a hop limit of ${hops(change.after)}`,
      ...otherGroups(change, plan),
      typeof change.after.user_data === "string" &&
        !firstBoots.includes(change.after.user_data) &&
        permission`is given user data that no stack has but one whose director installs from a fork of edx/configuration, which it runs as root when it starts`,
    ],
    openedBy: ["user_data"],
    update: (change, plan) => [
      ["user_data", "user_data_base64"].some((name) => (change.after[name] ?? "") !== (change.before[name] ?? "")) &&
        permission`gets other user data, which it runs as root when it starts`,
      ...otherGroups(change, plan),
      loses(change, "iam_instance_profile", (name) => access`loses the instance profile ${name}, and what that allows`),
      gainsProfile(change, plan),
      tokens(change.before) === "required" &&
        tokens(change.after) === "optional" &&
        exposure`accepts IMDSv1 again, which was switched off`,
      hops(change.before) < hops(change.after) &&
        exposure`answers requests for instance metadata from further away: a hop limit of ${hops(change.after)} in the place of ${hops(change.before)}`,
      block(change.before.root_block_device).delete_on_termination === false &&
        block(change.after.root_block_device).delete_on_termination === true &&
        data`has its disk deleted when it is terminated`,
      anotherKey(change, keyIn("root_block_device")),
      turnsOff(change, "disable_api_termination") && unprotected,
      leavesBackups(change, plan),
    ],
  },
  adoption: {
    create: "the deployment has no such host",
    update: {
      instance_type: "the type in the client file; the host is stopped and started for it",
      disable_api_termination: onlyTo(true, "`protected`: nobody terminates the host by mistake"),
      metadata_options: (after) =>
        tokens({ metadata_options: after }) === "required"
          ? "instance metadata by IMDSv2"
          : "instance metadata by IMDSv1 too: boto 2, which the pipeline uses on the director, knows no other",
      vpc_security_group_ids: "the groups that the client file gives it",
      iam_instance_profile: "the host's role; Jenkins' starts EMR clusters, as the runbook has it",
      root_block_device: "size and type as in the client file",
    },
  },
  notes: {
    "lifecycle.ignore_changes":
      "Once made, a host follows neither newer images nor a new first boot; and a stopped host reads as\none without a public address, which would replace it.",
    "root_block_device.kms_key_id": whatExists,
    "root_block_device.tags":
      "The provider gives a volume its default tags when it creates it, and does not change them later.",
    "metadata_options.http_tokens": { value: "optional", text: "boto 2, which the pipeline uses, knows IMDSv1 alone." },
  },
  variables: [
    {
      name: (owner) => `${owner}_instance_type`,
      description: (owner) => `EC2 instance type of aws_instance.${owner}. A change stops and starts the host.`,
      validation: (variable) => [
        // Another architecture would replace the host.
        `${matches(variable, "^[a-z][a-z0-9-]*\\.[a-z0-9-]+$")} && !${matches(variable, "^(a1|[a-z]+\\d+g[a-z]*)\\.")}`,
        "An EC2 instance type is required, as in t3.medium. Graviton's, such as t4g.medium, do not run the image.",
      ],
      cases: () => ({ accepts: ["t3.large", "m5.xlarge"], refuses: ["t4g.medium", "huge", "a1.large"] }),
      field: () => ".instanceType",
      places: [{ path: "instance_type" }],
    },
    {
      name: (owner) => `${owner}_root_volume_size`,
      description: (owner) => `Root volume of aws_instance.${owner}, GiB. It can grow, and not shrink.`,
      validation: (variable, value) => atLeastToday(variable, "A root volume", value, limits.rootVolumeGiB),
      cases: (value) => casesAtLeastToday(value, limits.rootVolumeGiB),
      field: () => ".diskGiB",
      places: [{ path: "root_block_device.volume_size" }],
    },
  ],
});

/** An image that the plan did not look up among Canonical's: whoever made it has root on the host. */
function otherImage({ after: { ami } }: Compared, plan: Plan): Alarm | false {
  const isCanonical = readResources(plan).some(
    ({ type, values }) => type === "aws_ami" && values.id === ami && values.owner_id === canonical,
  );
  return (
    typeof ami === "string" &&
    ami.startsWith("ami-") &&
    !isCanonical &&
    permission`is made of the image ${ami}, which was not looked up as Canonical's: whoever made it has root there`
  );
}

/** A profile is the stack's own where the stack has it, whose role and policies the plan shows as well. */
function gainsProfile({ before, after }: Compared, plan: Plan): Alarm | false {
  const name = after.iam_instance_profile;
  return (
    Boolean(name) &&
    name !== before.iam_instance_profile &&
    !isLeft(plan, "aws_iam_instance_profile", (profile) => profile.name === name) &&
    permission`gets the instance profile ${name}, and what that allows`
  );
}

/** Profiles of hosts on which nothing knows IMDSv1 alone, by the ids of their constructs. */
const modern = /^aws_iam_instance_profile\.(director|session_manager)$/;

/** IMDSv1 on a host that is not Jenkins', whose boto starts clusters with its role and knows no other. */
function acceptsImdsV1({ after }: Compared, plan: Plan): Alarm | false {
  const name = after.iam_instance_profile;
  const isModern = plan.resource_changes.some(
    ({ address, change }) => modern.test(address) && attributesOf(knownAfter(change)).name === name,
  );
  return (
    tokens(after) === "optional" &&
    (!name || isModern) &&
    exposure`accepts IMDSv1, which stacks have on Jenkins' host alone, for its role`
  );
}

/** A host that loses the tag by which its snapshots are made, while those of other hosts are. */
function leavesBackups({ before, after }: Compared, plan: Plan): Alarm | false {
  const [had, has] = [before, after].map(({ tags }) => attributesOf(tags)[backupTagKey]);
  return (
    had !== undefined &&
    had !== has &&
    isLeft(plan, "aws_dlm_lifecycle_policy", () => true) &&
    availability`is in no more snapshots: it loses the tag ${backupTagKey}`
  );
}

function tokens({ metadata_options: options }: { readonly metadata_options?: unknown }): unknown {
  return block(options).http_tokens;
}

/** From how far away instance metadata is asked for; NaN where it is not set. */
function hops({ metadata_options: options }: { readonly metadata_options?: unknown }): number {
  return Number(block(options).http_put_response_hop_limit);
}

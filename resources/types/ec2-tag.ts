import { clusterTag } from "../../modules/emr-tag";
import type { Attributes } from "../attributes";
import { type Alarm, access, permission } from "./alarm";
import { findByTwo } from "./find-by-two";
import { resourceType } from "./resource-type";

export const ec2Tag = resourceType("aws_ec2_tag", {
  holds: undefined,
  find: findByTwo(["resource_id", "key"], ",", async ({ ec2 }, id, key) => (await ec2.tags(id, key))[0]),
  alarms: {
    create: ({ after }) => [
      after.key === "Client"
        ? permission`marks ${after.resource_id} as of the client ${after.value}, whose roles may then change and end it`
        : otherTag(after),
    ],
    update: ({ before, after }) => [
      after.key === "Client"
        ? permission`marks ${after.resource_id} as of the client ${after.value}, and no longer of ${before.value}`
        : otherTag(after),
    ],
    destroy: ({ before }) => [
      isOfEmr(before)
        ? access`takes its tag from ${before.resource_id}: EMR's service policy v2 starts no cluster there any more`
        : access`takes the tag ${before.key}, ${before.value}, from ${before.resource_id}, by which policies may know it`,
    ],
  },
  adoption: { create: "EMR's service policy v2 requires its tag there" },
});

/** Any but the tag by which EMR's service may use a subnet, the only one that stacks give to what they do not manage. */
function otherTag(tag: Attributes): Alarm | false {
  return (
    !isOfEmr(tag) &&
    permission`marks ${tag.resource_id} with the tag ${tag.key}, ${tag.value}, by which policies may know it`
  );
}

function isOfEmr({ resource_id: id, key, value }: Attributes): boolean {
  return Object.hasOwn(clusterTag, String(key)) && value === "true" && String(id ?? "subnet-").startsWith("subnet-");
}

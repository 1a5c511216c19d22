import type { Attributes } from "../attributes";
import { type Alarm, permission } from "./alarm";
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
  },
  adoption: { create: "EMR's service policy v2 requires its tag there" },
});

/** Any but the tag by which EMR's service may use a subnet, the only one that stacks give to what they do not manage. */
function otherTag({ resource_id: id, key, value }: Attributes): Alarm | false {
  const isOfEmr = key === "for-use-with-amazon-emr-managed-policies" && String(id ?? "subnet-").startsWith("subnet-");
  return !isOfEmr && permission`marks ${id} with the tag ${key}, ${value}, by which policies may know it`;
}

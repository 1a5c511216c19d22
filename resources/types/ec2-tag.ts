import { permission } from "./alarm";
import { findByTwo } from "./find-by-two";
import { resourceType } from "./resource-type";

export const ec2Tag = resourceType("aws_ec2_tag", {
  holds: undefined,
  find: findByTwo(["resource_id", "key"], ",", async ({ ec2 }, id, key) => (await ec2.tags(id, key))[0]),
  alarms: {
    create: ({ after }) => [
      after.key === "Client" &&
        permission`marks ${after.resource_id} as of the client ${after.value}, whose roles may then change and end it`,
    ],
    update: ({ before, after }) => [
      after.key === "Client" &&
        permission`marks ${after.resource_id} as of the client ${after.value}, and no longer of ${before.value}`,
    ],
  },
  adoption: { create: "EMR's service policy v2 requires its tag there" },
});

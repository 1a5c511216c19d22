import { findByTwo } from "./find-by-two";
import { resourceType } from "./resource-type";

export const ec2Tag = resourceType("aws_ec2_tag", {
  holds: undefined,
  find: findByTwo(["resource_id", "key"], ",", async ({ ec2 }, id, key) => (await ec2.tags(id, key))[0]),
  adoption: { create: "EMR's service policy v2 requires its tag there" },
});

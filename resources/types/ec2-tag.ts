import { findByTwo } from "./find-by-two";
import { resourceType } from "./resource-type";

export const ec2Tag = resourceType("aws_ec2_tag", {
  holds: undefined,
  find: findByTwo(["resource_id", "key"], ",", ({ ec2 }, id, key) => ec2.hasTag(id, key)),
  adoption: { create: "EMR's service policy v2 requires its tag there" },
});

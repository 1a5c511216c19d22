import { found } from "../outcome";
import { resourceType } from "./resource-type";

export const ec2Tag = resourceType("aws_ec2_tag", {
  holds: undefined,
  find: async (tag, lookUp) => {
    const named = await lookUp.named(tag, "resource_id", "key");
    const exists = named !== undefined && (await lookUp.aws.ec2.hasTag(named.resource_id, named.key));
    return found(exists ? `${named.resource_id},${named.key}` : undefined);
  },
  adoption: { create: "EMR's service policy v2 requires its tag there" },
});

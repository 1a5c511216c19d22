import { attributesOf, merged } from "../attributes";
import { Configuration } from "./configuration";
import type { Plan, ResourceChange } from "./schema";

const type = "aws_sfn_state_machine";

/**
 * The plan with definitions of state machines in the place of those that Terraform knows after the apply alone, as far as they are
 * written as JSON: all is planned but the ARNs that AWS has yet to give, and for these stands what they refer to.
 */
export function withDefinitions(plan: Plan): Plan {
  const filled = plan.resource_changes.map((resource) =>
    resource.type === type ? withDefinition(resource, plan) : resource,
  );
  return { ...plan, resource_changes: filled };
}

function withDefinition(resource: ResourceChange, plan: Plan): ResourceChange {
  const { address, change } = resource;
  const { literal } = Configuration.of(plan).expressionOf(address, "definition");
  return attributesOf(change.after_unknown).definition !== true || typeof literal !== "string"
    ? resource
    : {
        ...resource,
        change: {
          ...change,
          after: merged(attributesOf(change.after), { definition: literal }),
          after_unknown: merged(attributesOf(change.after_unknown), { definition: false }),
        },
      };
}

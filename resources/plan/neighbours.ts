import { attributesOf } from "../attributes";
import { type Alarm, permission } from "../types/alarm";
import { isLeft } from "../types/rules";
import { Configuration } from "./configuration";
import { isPendingAt } from "./paths";
import type { Plan, ResourceChange } from "./schema";

const limited = ["aws_iam_role", "aws_iam_user"];

/** Alarms of a new role or user without the permissions boundary that those beside it have, or with another one. */
export function neighbourAlarms(resource: ResourceChange, plan: Plan): Alarm[] {
  if (!limited.includes(resource.type)) {
    return [];
  }
  const own = boundaryOf(resource, plan);
  const others = plan.resource_changes.filter(
    (other) => limited.includes(other.type) && other.mode !== "data" && other.address !== resource.address,
  );
  const isJudged = own !== undefined && isOfPlan(own, plan);
  const boundaries = [...new Set(others.map((other) => boundaryOf(other, plan)))].filter((one) => one !== undefined);
  return boundaries.length === 0 || isJudged || (own !== undefined && boundaries.includes(own))
    ? []
    : [
        own === undefined
          ? permission`has no permissions boundary, and the plan's other roles and users have ${boundaries.join(", ")}`
          : permission`has the permissions boundary ${own}, and the plan's other roles and users have ${boundaries.join(", ")}`,
      ];
}

/** Whether a boundary is a policy that the plan has, which is judged where it is. */
function isOfPlan(boundary: string, plan: Plan): boolean {
  return boundary.startsWith("aws_iam_policy.") || isLeft(plan, "aws_iam_policy", ({ arn }) => arn === boundary);
}

/** By its ARN, or by what is referred to where the plan makes it. */
function boundaryOf({ address, change }: ResourceChange, plan: Plan): string | undefined {
  const { permissions_boundary: arn } = attributesOf(change.after);
  return change.after != null && isPendingAt(change.after_unknown, ["permissions_boundary"])
    ? Configuration.of(plan).expressionOf(address, "permissions_boundary").references[0]
    : typeof arn === "string" && arn !== ""
      ? arn
      : undefined;
}

import { attributesOf, byName } from "../attributes";
import { type Alarm, exposure } from "../types/alarm";
import { Configuration } from "./configuration";
import { kindOf } from "./kinds";
import { knownAfter } from "./marks";
import { isPendingAt } from "./paths";
import type { Plan, ResourceChange } from "./schema";

/** Of types that AWS has one of for what it is a setting of, the arguments that name that. */
const settingsOf: Readonly<Record<string, readonly string[]>> = byName({
  aws_cloudwatch_log_resource_policy: ["policy_name"],
  aws_cloudwatch_metric_alarm: ["alarm_name"],
  aws_ec2_tag: ["resource_id", "key"],
  aws_eip_association: ["allocation_id"],
  aws_iam_role_policy: ["role", "name"],
  aws_iam_role_policy_attachment: ["role", "policy_arn"],
  aws_iam_user_policy: ["user", "name"],
  aws_route: ["route_table_id", "destination_cidr_block"],
  aws_route53_record: ["zone_id", "name", "type"],
  aws_route_table_association: ["subnet_id"],
  aws_s3_bucket_lifecycle_configuration: ["bucket"],
  aws_s3_bucket_ownership_controls: ["bucket"],
  aws_s3_bucket_policy: ["bucket"],
  aws_s3_bucket_public_access_block: ["bucket"],
  aws_s3_bucket_server_side_encryption_configuration: ["bucket"],
  aws_s3_bucket_versioning: ["bucket"],
  aws_s3_object: ["bucket", "key"],
  aws_sns_topic_policy: ["arn"],
  aws_ssm_parameter: ["name"],
});

/** Alarms of a resource that sets what another one of the plan sets: the last one that is applied takes the other's place. */
export function twinAlarms(resource: ResourceChange, plan: Plan): Alarm[] {
  const key = keyOf(resource, plan);
  const twins =
    key === undefined ? [] : (setters(plan).get(key) ?? []).filter(({ address }) => address !== resource.address);
  return twins.map((other) => {
    const same = (settingsOf[resource.type] ?? []).join(" and ");
    return kindOf(other) === "remove"
      ? exposure`takes the place of ${other.address}, of the same ${same}, which is only removed from the state, and does not stay in AWS as it is`
      : exposure`sets what ${other.address} does, of the same ${same}: the last one applied takes the other's place`;
  });
}

const read = new WeakMap<Plan, ReadonlyMap<string, readonly ResourceChange[]>>();

/** What sets something in AWS, also what a plan only removes from the state, by that; found once, as a plan may have many of them. */
function setters(plan: Plan): ReadonlyMap<string, readonly ResourceChange[]> {
  const found = read.get(plan) ?? settersIn(plan);
  read.set(plan, found);
  return found;
}

function settersIn(plan: Plan): ReadonlyMap<string, readonly ResourceChange[]> {
  const left = plan.resource_changes.filter(
    (other) => other.mode !== "data" && (other.change.after != null || kindOf(other) === "remove"),
  );
  const found = new Map<string, ResourceChange[]>();
  for (const other of left) {
    const key = keyOf(other, plan);
    if (key !== undefined) {
      found.set(key, [...(found.get(key) ?? []), other]);
    }
  }
  return found;
}

/** What a resource is a setting of: by the values, or by what is referred to where a plan does not know these yet. */
function keyOf({ address, type, change }: ResourceChange, plan: Plan): string | undefined {
  const values = attributesOf(knownAfter(change) ?? change.before);
  const all = settingsOf[type]?.map((name) => {
    const [reference] = Configuration.of(plan).referencesAt(address, [name]);
    return isPendingAt(change.after_unknown, [name]) ? reference : values[name];
  });
  const [first] = all ?? [];
  return all === undefined || first === undefined || first === null ? undefined : JSON.stringify([type, ...all]);
}

import { clusterActions } from "../../modules/analytics-role";
import { kindOf } from "../plan-summary/kinds";
import type { Plan, ResourceChange } from "../plan-summary/plan";
import { policyStatements } from "../policy-statements";

type Attributes = Readonly<Record<string, unknown>>;
type Statement = Readonly<Record<string, unknown>>;

/** What a change in place takes from a thing that is there, or opens of it, as the rest of a sentence each. */
type Find = (before: Attributes, after: Attributes, plan: Plan) => string[];

/** `Sid` of the one statement that a bucket of ours has. */
export const tlsOnly = "TlsOnly";

/** What the runbook lets roles and users do; a wider or another policy is of somebody who needed it. */
const runbookActions = [...clusterActions, "iam:PassRole", "es:*", "s3:Get*", "s3:List*"];

const finds: Readonly<Record<string, Find>> = {
  aws_instance: (before, after, plan) => [
    ...groups(before, after, plan),
    ...lost(
      before,
      after,
      "iam_instance_profile",
      (name) => `loses the instance profile ${name}, and what that allows`,
    ),
    ...(first(before.metadata_options).http_tokens === "required" &&
    first(after.metadata_options).http_tokens === "optional"
      ? ["takes IMDSv1 again, which somebody has switched off"]
      : []),
    ...(first(before.root_block_device).delete_on_termination === false &&
    first(after.root_block_device).delete_on_termination === true
      ? ["has its disk deleted when it is terminated"]
      : []),
  ],
  aws_db_instance: (before, after, plan) => [
    ...groups(before, after, plan),
    ...(String(before.parameter_group_name ?? "default.").startsWith("default.")
      ? []
      : lost(before, after, "parameter_group_name", (name) => `loses what is set in the parameter group ${name}`)),
    ...lost(before, after, "multi_az", () => "loses its standby, Multi-AZ"),
    ...lost(before, after, "publicly_accessible", () => "loses its public address, and whoever comes that way"),
    ...lost(before, after, "max_allocated_storage", (most) => `no longer grows by itself, up to ${most} GiB`),
  ],
  aws_elasticsearch_domain: (before, after, plan) => [
    ...statements(before.access_policies)
      .filter((statement) => !isOfOurs(statement, after.access_policies, plan))
      .map((statement) => `loses this statement of its access policy, or its condition: ${JSON.stringify(statement)}`),
    ...(first(before.domain_endpoint_options).custom_endpoint_enabled === true &&
    first(after.domain_endpoint_options).custom_endpoint_enabled !== true
      ? [`loses its endpoint ${first(before.domain_endpoint_options).custom_endpoint}`]
      : []),
  ],
  aws_s3_bucket_policy: (before) =>
    statements(before.policy)
      .filter(({ Sid }) => Sid !== tlsOnly)
      .map((statement) => `loses this statement: ${JSON.stringify(statement)}`),
  aws_iam_role: (before, after) =>
    statements(before.assume_role_policy)
      .filter(({ Effect, Principal }) => Effect !== "Allow" || !areServicesOf(Principal, after.assume_role_policy))
      .map((statement) => `is no longer assumed as by this statement: ${JSON.stringify(statement)}`),
  aws_iam_policy: actionsBeyondTheRunbook,
  aws_iam_user_policy: (before, after) => [
    ...actionsBeyondTheRunbook(before),
    ...statements(before.policy)
      .flatMap(({ Resource }) => list(Resource))
      .filter((resource) => typeof after.policy === "string" && !after.policy.includes(JSON.stringify(resource)))
      .map((resource) => `no longer reaches ${resource}`),
  ],
  aws_s3_bucket_server_side_encryption_configuration: (before, after) =>
    algorithm(before) !== algorithm(after) && algorithm(before).startsWith("aws:kms")
      ? ["no longer encrypts new objects with a key of KMS"]
      : [],
  aws_s3_bucket_lifecycle_configuration: (before, after) => {
    const kept = blocks(after.rule).map(effect);
    return blocks(before.rule)
      .filter((rule) => !kept.includes(effect(rule)))
      .map(({ id }) => `loses the rule ${id}, or has it delete at another time`);
  },
};

/** What an adoption takes from a thing that is there, or opens of it, though it explains why it changes it. */
export function takenAway(resource: ResourceChange, plan: Plan): string[] {
  const { address, type, change } = resource;
  const [before, after] = [change.before, change.after].map((value) => (value ?? {}) as Attributes) as [
    Attributes,
    Attributes,
  ];
  const kind = kindOf(resource);
  const found =
    kind === "changed" ? (finds[type]?.(before, after, plan) ?? []) : kind === "added" ? opened(type, after, plan) : [];
  return found.map((what) => `${address} ${what}`);
}

/** What a new thing changes of one that is there. */
function opened(type: string, after: Attributes, plan: Plan): string[] {
  const { security_group_id: group, cidr_ipv4: range } = after;
  if (/^aws_vpc_security_group_\w+_rule$/.test(type) && typeof group === "string" && range != null) {
    return [`opens ${ports(after)} of ${group}, which is there, ${type.includes("egress") ? "to" : "from"} ${range}`];
  }
  const isHostThere = plan.resource_changes.some(
    (other) => other.type === "aws_instance" && other.address !== "aws_instance.director" && kindOf(other) !== "added",
  );
  return type === "aws_eip" && isHostThere
    ? ["is a new address, in the place of the public one that the host has, and that DNS may know"]
    : [];
}

function ports({ ip_protocol: protocol, from_port: from, to_port: to }: Attributes): string {
  return protocol === "-1" ? "everything" : `${protocol} ${from === to ? from : `${from}-${to}`}`;
}

function groups(before: Attributes, after: Attributes, { resource_changes }: Plan): string[] {
  const [had, gets] = [list(before.vpc_security_group_ids), list(after.vpc_security_group_ids)];
  const ours = resource_changes
    .filter(({ type }) => type === "aws_security_group")
    .map(({ change }) => (change.before as { id?: unknown } | null)?.id);
  // Unknown while a group is yet to be made.
  const gone = Array.isArray(after.vpc_security_group_ids) ? had.filter((id) => !gets.includes(id)) : [];
  const joined = gets.filter((id) => !had.includes(id) && !ours.includes(id));
  return [
    ...gone.map((id) => `leaves the security group ${id}, and what that lets through`),
    ...joined.map((id) => `joins the security group ${id}, which opens it to whatever that lets in`),
  ];
}

/** A sentence about the value of before, where it was set and is another one. */
function lost(before: Attributes, after: Attributes, attribute: string, sentence: (value: unknown) => string) {
  const value = before[attribute];
  return !value || value === after[attribute] ? [] : [sentence(value)];
}

function actionsBeyondTheRunbook({ policy }: Attributes): string[] {
  return statements(policy)
    .filter(
      ({ Effect, Action, NotResource, Condition }) =>
        Effect !== "Allow" ||
        Action === undefined ||
        NotResource !== undefined ||
        Condition !== undefined ||
        !list(Action).every((action) => runbookActions.some((pattern) => covers(pattern, action))),
    )
    .map((statement) => `loses more than the runbook gives: ${JSON.stringify(statement)}`);
}

function covers(pattern: string, action: string): boolean {
  return pattern.endsWith("*") ? action.startsWith(pattern.slice(0, -1)) : action === pattern;
}

/** Whether a statement lets in those alone whom the domain's policy of ours lets in, without more ado. */
function isOfOurs({ Effect, Principal, Condition }: Statement, policy: unknown, { resource_changes }: Plan): boolean {
  const ours = resource_changes
    .filter(({ type }) => type === "aws_iam_user" || type === "aws_iam_role")
    .map(({ change }) => (change.before as { arn?: unknown } | null)?.arn);
  const principals = list((Principal as { AWS?: unknown } | undefined)?.AWS);
  return (
    Effect === "Allow" &&
    Condition === undefined &&
    principals.length > 0 &&
    principals.every((arn) => ours.includes(arn) || (typeof policy === "string" && policy.includes(`"${arn}"`)))
  );
}

function areServicesOf(principal: unknown, policy: unknown): boolean {
  const { Service: services, ...others } = (principal ?? {}) as Attributes;
  return (
    Object.keys(others).length === 0 &&
    list(services).every((service) => typeof policy !== "string" || policy.includes(`"${service}"`))
  );
}

function algorithm({ rule }: Attributes): string {
  return String(first(first(rule).apply_server_side_encryption_by_default).sse_algorithm);
}

/** What a lifecycle rule does to which objects, whatever it is called. */
function effect({ id, ...rule }: Attributes): string {
  return JSON.stringify(
    withoutNothing({ ...rule, prefix: rule.prefix || first(rule.filter).prefix, filter: undefined }),
  );
}

/** Without what is empty, which the provider writes in several ways. */
function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNothing).filter((part) => part !== undefined);
  }
  if (typeof value !== "object" || value === null) {
    return value || undefined;
  }
  const fields = Object.entries(value)
    .map(([name, part]) => [name, withoutNothing(part)] as const)
    .filter(([, part]) => part !== undefined && (!Array.isArray(part) || part.length > 0))
    .sort(([one], [other]) => one.localeCompare(other));
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

function statements(policy: unknown): Statement[] {
  return typeof policy === "string" && policy !== "" ? policyStatements(policy) : [];
}

function blocks(value: unknown): readonly Attributes[] {
  return Array.isArray(value) ? (value as Attributes[]) : [];
}

function first(value: unknown): Attributes {
  return blocks(value)[0] ?? {};
}

function list(value: unknown): readonly string[] {
  return value == null ? [] : ([value].flat() as string[]);
}

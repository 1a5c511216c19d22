import { isDeepStrictEqual } from "node:util";
import { type Attributes, block, blocks, texts } from "../attributes";
import { found, notFound } from "../outcome";
import type { Plan } from "../plan/plan";
import { type Alarm, access, availability, exposure } from "./alarm";
import { type Compared, resourceType } from "./resource-type";
import { isLeft, isSame, readResources, turnsOff, unprotected } from "./rules";
import { otherGroups } from "./security-groups";

const find = { never: "the runbook has none, so no deployment by hand does" } as const;
const adoption = { create: "HTTPS before Insights, as in the client file" };

/** The name of Insights, and the load balancer that ends TLS: `modules/public-zone.ts`, `modules/load-balancer.ts`. */
export const https = [
  resourceType("aws_route53_record", {
    holds: undefined,
    find: async (record, lookUp) => {
      const { zone_id: zoneId, name, type } = (await lookUp.named(record, "zone_id", "name", "type")) ?? {};
      if (zoneId === undefined || name === undefined) {
        return notFound;
      }
      const isThere = (await lookUp.aws.route53.records(zoneId, name)).some(({ Type }) => Type === type);
      return found(isThere ? `${zoneId}_${name}_${type}` : undefined);
    },
    alarms: {
      create: (change, plan) => [...overwrites(change), ...otherNames(change, plan)],
      update: (change) => [
        ...overwrites(change),
        ...renamed(change),
        targetOf(change.before) !== targetOf(change.after) &&
          access`leads ${change.before.name} to ${targetOf(change.after) || "what is known after the apply"}, and no longer to ${targetOf(change.before)}`,
      ],
      destroy: ({ before }) => [access`no longer leads ${before.name} to ${targetOf(before)}`],
    },
    adoption: {
      create: "the name of Insights, as in the client file",
      update: {
        ttl: "the project's time to live",
        records: "the Elastic IP of the deployment",
        alias: "the load balancer of the deployment",
        allow_overwrite: "a setting of Terraform's own; nothing changes in Route 53",
      },
    },
  }),
  resourceType("aws_lb", {
    holds: "its name, which DNS outside of Route 53 may know",
    find,
    alarms: {
      create: (change, plan) => [
        change.after.drop_invalid_header_fields === false &&
          exposure`lets header fields through that are not valid: drop_invalid_header_fields is off`,
        ...otherGroups(change, plan, "security_groups"),
      ],
      update: (change, plan) => [
        ...(["subnets", "name", "internal"].some((name) => isOther(change, name)) ? [movesBalancer] : []),
        change.before.ip_address_type === "dualstack" &&
          change.after.ip_address_type !== "dualstack" &&
          access`is no longer reached by IPv6`,
        turnsOff(change, "enable_deletion_protection") && unprotected,
        turnsOff(change, "drop_invalid_header_fields") && exposure`lets header fields through that are not valid`,
        ...otherGroups(change, plan, "security_groups"),
      ],
    },
    adoption,
  }),
  resourceType("aws_lb_listener", {
    holds: undefined,
    find,
    alarms: {
      create: judged,
      update: (change) => [
        ...judged(change),
        isOther(change, "port") && access`answers on port ${change.after.port}, and no longer on ${change.before.port}`,
        change.before.certificate_arn !== change.after.certificate_arn &&
          typeof change.after.certificate_arn === "string" &&
          access`shows another certificate: ${change.after.certificate_arn}`,
        block(change.before.default_action).target_group_arn !== block(change.after.default_action).target_group_arn &&
          Boolean(block(change.before.default_action).target_group_arn) &&
          access`hands requests to ${block(change.after.default_action).target_group_arn}, and no longer to ${block(change.before.default_action).target_group_arn}`,
      ],
      destroy: ({ before }, plan) => [
        !isLeft(plan, "aws_lb_listener", (left) => isSame(left, before, "port", "load_balancer_arn")) &&
          access`no longer answers on port ${before.port}`,
      ],
    },
    adoption,
    notes: {
      certificate_arn: "AWS takes a certificate once it has issued it, by the record that proves whose the name is.",
    },
  }),
  resourceType("aws_lb_target_group", {
    holds: undefined,
    find,
    alarms: {
      update: (change) => [
        ["health_check", "port", "protocol", "target_type", "vpc_id"].some((name) => isOther(change, name)) &&
          availability`asks hosts otherwise than before whether they are healthy, or for pages: none may get requests`,
      ],
    },
    adoption,
  }),
  resourceType("aws_lb_target_group_attachment", {
    holds: undefined,
    find,
    alarms: {
      destroy: ({ before }, plan) => [
        !isLeft(plan, "aws_lb_target_group_attachment", (left) => isSame(left, before, "target_group_arn")) &&
          access`takes the host ${before.target_id} from the load balancer, whose target group ${before.target_group_arn} has no other`,
      ],
    },
    adoption,
    notes: {
      "lifecycle.create_before_destroy":
        "Another host is registered before the former one leaves; it answers once its first health check has passed.",
    },
  }),
  resourceType("aws_acm_certificate", {
    holds: undefined,
    find,
    alarms: {
      create: ({ after: { domain_name: name } }, plan) => [
        (String(name).startsWith("*.") ||
          isLeft(plan, "aws_acm_certificate", ({ domain_name: other }) => other !== name)) &&
          exposure`is of ${name}, besides or in the place of the one name that a client file gives Insights`,
      ],
      update: ({ before, after }) => [
        before.domain_name !== after.domain_name &&
          access`is of ${after.domain_name}, and no longer of ${before.domain_name}`,
      ],
    },
    adoption,
    notes: { "lifecycle.create_before_destroy": "A listener has a certificate at any time." },
  }),
  resourceType("aws_acm_certificate_validation", { holds: undefined, find, adoption }),
];

/** Where a record leads, in words. */
function targetOf({ records, alias }: Attributes): string {
  return [...texts(records), ...blocks(alias).map(({ name }) => String(name ?? ""))].join(", ");
}

/** A name besides the one of Insights: of the zone itself, of whatever has no record in it, or of somebody else's. */
function otherNames({ after: { name, type } }: Compared, plan: Plan): (Alarm | false)[] {
  const isOther = (record: Attributes) => leads(record.type) && typeof record.name === "string" && record.name !== name;
  const isOfZone = readResources(plan).some((read) => read.type === "aws_route53_zone" && read.values.name === name);
  return [
    leads(type) &&
      typeof name === "string" &&
      (name.startsWith("*.") ||
        isOfZone ||
        isLeft(plan, "aws_route53_record", isOther) ||
        isLeft(
          plan,
          "aws_acm_certificate",
          ({ domain_name: domain }) => typeof domain === "string" && domain !== name,
        )) &&
      exposure`leads ${name} to the stack, besides or in the place of the one name that a client file gives Insights`,
  ];
}

function leads(type: unknown): boolean {
  return type === "A" || type === "AAAA";
}

/** A record that may be of somebody's: that by which AWS issues a certificate is the same for every one of the name. */
function overwrites({ before, after: { name, allow_overwrite: overwrite } }: Compared): (Alarm | false)[] {
  return [
    overwrite === true &&
      before.allow_overwrite !== true &&
      typeof name === "string" &&
      !name.startsWith("_") &&
      access`overwrites the record that ${name} has, wherever it leads`,
  ];
}

/** A name that another record takes the place of. */
function renamed(change: Compared): (Alarm | false)[] {
  return [
    ["name", "type", "zone_id"].some((name) => isOther(change, name)) &&
      access`no longer leads ${change.before.name} to ${targetOf(change.before)}: it becomes ${change.after.name}`,
  ];
}

const movesBalancer = access`moves the load balancer: names and rules that lead to it may no longer reach it`;

function isOther({ before, after }: Compared, name: string): boolean {
  return before[name] != null && !isDeepStrictEqual(before[name], after[name]);
}

/** What a listener lets through that it should not, of what it did not before. */
function judged(change: Compared): (Alarm | false)[] {
  const { before, after } = change;
  return [
    isPlain(after) && !isPlain(before) && exposure`answers HTTP on port ${after.port}, without a redirect to HTTPS`,
    isWeak(after) && !isWeak(before) && exposure`accepts TLS older than 1.2`,
    blocks(after.default_action).length > 1 &&
      isOther({ before: { default_action: [], ...before }, after }, "default_action") &&
      access`does more than one thing with a request, and a stack's listener one`,
  ];
}

function isPlain({ protocol, default_action: action }: Attributes): boolean {
  const { type, redirect } = block(action);
  return protocol === "HTTP" && !(type === "redirect" && block(redirect).protocol === "HTTPS");
}

/** By the names that AWS gives its policies; its default accepts TLS 1.0. */
function isWeak({ protocol, ssl_policy: policy }: Attributes): boolean {
  return (policy != null || protocol === "HTTPS") && !/(TLS13|TLS|FS)-1-[23]/.test(String(policy));
}

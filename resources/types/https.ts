import { type Attributes, block, blocks, texts } from "../attributes";
import { found, notFound } from "../outcome";
import type { Plan } from "../plan/plan";
import { type Alarm, access, exposure } from "./alarm";
import { type Compared, resourceType } from "./resource-type";
import { isLeft, turnsOff, unprotected } from "./rules";
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
      update: ({ before, after }) => [
        targetOf(before) !== targetOf(after) &&
          access`leads ${before.name} to ${targetOf(after) || "what is known after the apply"}, and no longer to ${targetOf(before)}`,
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
      update: (change, plan) => [
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
      create: (change, plan) => judged(change, plan),
      update: (change, plan) => [
        ...judged(change, plan),
        isStrong(change.before) && !isStrong(change.after) && exposure`accepts TLS older than 1.2`,
        change.before.certificate_arn !== change.after.certificate_arn &&
          typeof change.after.certificate_arn === "string" &&
          access`shows another certificate: ${change.after.certificate_arn}`,
      ],
      destroy: ({ before }, plan) => [
        !isLeft(plan, "aws_lb_listener", ({ port }) => port === before.port) &&
          access`no longer answers on port ${before.port}`,
      ],
    },
    adoption,
    notes: {
      certificate_arn: "AWS takes a certificate once it has issued it, by the record that proves whose the name is.",
    },
  }),
  resourceType("aws_lb_target_group", { holds: undefined, find, adoption }),
  resourceType("aws_lb_target_group_attachment", {
    holds: undefined,
    find,
    alarms: {
      create: targetsOthers,
      update: targetsOthers,
      destroy: ({ before }, plan) => [
        !isLeft(plan, "aws_lb_target_group_attachment", () => true) &&
          access`takes the host ${before.target_id} from the load balancer, which has no other`,
      ],
    },
    adoption,
    notes: { "lifecycle.create_before_destroy": "Requests go to one host or the other, and at no time to none." },
  }),
  resourceType("aws_acm_certificate", {
    holds: undefined,
    find,
    alarms: {
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

/** What a listener lets through that it should not, of what it did not before. */
function judged({ before, after }: Compared, plan: Plan): (Alarm | false)[] {
  const target = forwardOf(after);
  return [
    isPlain(after) && !isPlain(before) && exposure`answers HTTP on port ${after.port}, without a redirect to HTTPS`,
    target !== undefined &&
      target !== forwardOf(before) &&
      !isLeft(plan, "aws_lb_target_group", ({ arn }) => arn === target) &&
      exposure`sends requests to ${target}, which is no target group of the plan`,
    ...blocks(after.default_action)
      .filter(({ type }) => type !== "forward" && type !== "redirect")
      .map(({ type }) => access`answers by ${type}, which no stack of this version has it do`),
    redirectOf(after) !== redirectOf(before) &&
      redirectOf(after) !== "#{host}" &&
      redirectOf(after) !== undefined &&
      exposure`sends browsers to ${redirectOf(after)}`,
  ];
}

function isPlain({ protocol, default_action: action }: Attributes): boolean {
  return protocol === "HTTP" && block(block(action).redirect).protocol !== "HTTPS";
}

function forwardOf({ default_action: action }: Attributes): string | undefined {
  const { target_group_arn: arn } = block(action);
  return typeof arn === "string" && arn !== "" ? arn : undefined;
}

/** The host that a redirect names; of its own, as written or by AWS's default, `#{host}`. */
function redirectOf({ default_action: action }: Attributes): unknown {
  const redirect = block(block(action).redirect);
  return redirect.protocol === undefined ? undefined : (redirect.host ?? "#{host}");
}

/** By the names that AWS gives its policies. */
function isStrong({ ssl_policy: policy }: Attributes): boolean {
  return /TLS13-1-[23]|TLS-1-2/.test(String(policy));
}

/** A target of which the plan has nothing. */
function targetsOthers({ before, after }: Compared, plan: Plan): (Alarm | false)[] {
  const { target_id: target } = after;
  return [
    typeof target === "string" &&
      target !== before.target_id &&
      !isLeft(plan, "aws_instance", ({ id }) => id === target) &&
      exposure`sends what users type to ${target}, which is no host of the plan`,
  ];
}

import { byName } from "../attributes";
import { type Alarm, availability, exposure } from "./alarm";

/**
 * Optional arguments that stacks always give, by types and paths, without which a new resource does nothing, or is open where a stack's is
 * not. A test compares this with what is synthesised.
 */
export const givenArguments: Readonly<Record<string, Readonly<Record<string, Alarm>>>> = byName({
  aws_budgets_budget: {
    cost_filter: availability`has no cost_filter: it counts what all of the account costs`,
    notification: availability`mails nothing about costs: it has no notification`,
    "notification.subscriber_sns_topic_arns": availability`tells nobody: a notification has no subscriber_sns_topic_arns`,
  },
  aws_cloudwatch_event_rule: { event_pattern: availability`has no event_pattern: it sees no cluster` },
  aws_cloudwatch_event_target: {
    role_arn: availability`has no role_arn: EventBridge cannot start what it names`,
  },
  aws_cloudwatch_metric_alarm: {
    alarm_actions: availability`tells nobody: it has no alarm_actions`,
    ok_actions: availability`tells nobody that it is over: it has no ok_actions`,
  },
  aws_db_instance: {
    parameter_group_name: availability`has no parameter_group_name, and gets AWS's default parameters`,
    vpc_security_group_ids: exposure`has no vpc_security_group_ids, and joins the VPC's default group`,
  },
  aws_instance: {
    vpc_security_group_ids: exposure`has no vpc_security_group_ids, and joins the VPC's default group`,
  },
  aws_lb: { security_groups: exposure`has no security_groups, and joins the VPC's default group` },
  aws_lb_target_group: {
    health_check: availability`has no health_check: nothing says when a target fails`,
  },
});

/**
 * What stacks give to arguments that decide where something leads, or what acts: a value as it is written; or an attribute, as in
 * `aws_iam_role.arn`, of something that the plan makes or has, or, with `data.` before it, reads. Arguments of blocks and maps are
 * named with their paths. The first deploys of all stacks have no other, which a test demands.
 */
export const writtenValues: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  aws_acm_certificate: { validation_method: ["DNS"] },
  aws_acm_certificate_validation: {
    certificate_arn: ["aws_acm_certificate.arn"],
    validation_record_fqdns: ["aws_route53_record.fqdn"],
  },
  aws_budgets_budget: {
    budget_type: ["COST"],
    limit_unit: ["USD"],
    time_unit: ["MONTHLY"],
    "notification.subscriber_email_addresses": [],
    "notification.subscriber_sns_topic_arns": ["aws_sns_topic.arn"],
  },
  aws_cloudwatch_event_target: {
    arn: ["aws_sfn_state_machine.arn"],
    role_arn: ["aws_iam_role.arn"],
    rule: ["aws_cloudwatch_event_rule.name"],
  },
  aws_cloudwatch_metric_alarm: {
    alarm_actions: ["aws_sns_topic.arn"],
    "dimensions.DBInstanceIdentifier": ["aws_db_instance.identifier"],
    "dimensions.DomainName": ["aws_elasticsearch_domain.domain_name"],
    "dimensions.InstanceId": ["aws_instance.id"],
    "dimensions.LoadBalancer": ["aws_lb.arn_suffix"],
    "dimensions.TargetGroup": ["aws_lb_target_group.arn_suffix"],
    namespace: ["AWS/ApplicationELB", "AWS/EC2", "AWS/ES", "AWS/RDS"],
    ok_actions: ["aws_sns_topic.arn"],
    treat_missing_data: ["notBreaching"],
  },
  aws_dlm_lifecycle_policy: {
    execution_role_arn: ["aws_iam_role.arn"],
    "policy_details.action.name": [],
    "policy_details.event_source.type": [],
    "policy_details.policy_type": ["EBS_SNAPSHOT_MANAGEMENT"],
    "policy_details.resource_types": ["INSTANCE"],
    "policy_details.schedule.create_rule.scripts.execution_handler": [],
    "policy_details.schedule.cross_region_copy_rule.target": [],
    "policy_details.schedule.cross_region_copy_rule.target_region": [],
    "policy_details.schedule.share_rule.target_accounts": [],
    state: ["ENABLED"],
  },
  aws_lb: {
    internal: ["false"],
    load_balancer_type: ["application"],
  },
  aws_lb_listener: {
    certificate_arn: ["aws_acm_certificate.arn", "aws_acm_certificate_validation.certificate_arn"],
    "default_action.forward.target_group.arn": ["aws_lb_target_group.arn"],
    "default_action.redirect.host": ["#{host}"],
    "default_action.redirect.path": ["/#{path}"],
    "default_action.redirect.port": ["443"],
    "default_action.redirect.protocol": ["HTTPS"],
    "default_action.redirect.query": ["#{query}"],
    "default_action.target_group_arn": ["aws_lb_target_group.arn"],
    "default_action.type": ["forward", "redirect"],
    load_balancer_arn: ["aws_lb.arn"],
    port: ["80", "443"],
    protocol: ["HTTP", "HTTPS"],
  },
  aws_lb_target_group: {
    "health_check.enabled": ["true"],
    "health_check.matcher": ["200"],
    "health_check.port": ["traffic-port"],
    "health_check.protocol": ["HTTP"],
    port: ["80"],
    protocol: ["HTTP"],
    target_type: ["instance"],
    vpc_id: ["aws_vpc.id", "data.aws_vpc.id"],
  },
  aws_lb_target_group_attachment: {
    port: ["80"],
    target_group_arn: ["aws_lb_target_group.arn"],
    target_id: ["aws_instance.id"],
  },
  aws_route53_record: {
    "alias.name": ["aws_lb.dns_name"],
    "alias.zone_id": ["aws_lb.zone_id"],
    records: ["aws_eip.public_ip", "aws_acm_certificate.domain_validation_options"],
    type: ["A", "CNAME", "aws_acm_certificate.domain_validation_options"],
    zone_id: ["data.aws_route53_zone.zone_id"],
  },
  aws_route_table_association: {
    route_table_id: ["aws_route.route_table_id", "aws_route_table.id"],
    subnet_id: ["aws_subnet.id"],
  },
  aws_sfn_state_machine: { role_arn: ["aws_iam_role.arn"] },
  aws_sns_topic_policy: { arn: ["aws_sns_topic.arn"] },
  aws_sns_topic_subscription: { protocol: ["email"], topic_arn: ["aws_sns_topic.arn"] },
};

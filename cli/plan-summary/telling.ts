/** An attribute that tells a resource from others, by its path, with the words around it. */
type Telling = readonly [path: string, before: string, after?: string];

/** Of a type, the attributes that tell a resource from others, in the order of reading. */
export function tellingOfType(type: string): readonly Telling[] {
  return ofType[type] ?? ofAnyType;
}

const ofType: Readonly<Record<string, readonly Telling[]>> = {
  aws_budgets_budget: [
    ["name", ""],
    ["limit_amount", "", "USD"],
    ["notification.subscriber_sns_topic_arns", "mails by"],
  ],
  aws_cloudwatch_event_rule: [
    ["name", ""],
    ["event_pattern", ""],
  ],
  aws_cloudwatch_event_target: [
    ["rule", "from"],
    ["arn", "to"],
    ["role_arn", "role"],
  ],
  aws_cloudwatch_metric_alarm: [
    ["alarm_name", ""],
    ["metric_name", ""],
    ["threshold", "threshold"],
    ["alarm_actions", "tells"],
  ],
  aws_lb: [
    ["name", ""],
    ["subnets", "in"],
    ["security_groups", "groups"],
  ],
  aws_lb_listener: [
    ["protocol", ""],
    ["port", ""],
    ["default_action.type", ""],
    ["default_action.redirect.protocol", "to"],
    ["default_action.target_group_arn", "to"],
    ["certificate_arn", "certificate"],
  ],
  aws_lb_target_group: [
    ["name", ""],
    ["protocol", ""],
    ["port", ""],
    ["health_check.path", "health"],
  ],
  aws_lb_target_group_attachment: [
    ["target_id", ""],
    ["port", ""],
    ["target_group_arn", "in"],
  ],
  aws_route53_record: [
    ["name", ""],
    ["type", ""],
    ["records", "to"],
    ["alias.name", "to"],
    ["zone_id", "in"],
  ],
  aws_route_table_association: [
    ["subnet_id", ""],
    ["route_table_id", "in"],
  ],
  aws_sfn_state_machine: [
    ["name", ""],
    ["role_arn", "role"],
  ],
  aws_sns_topic_subscription: [
    ["protocol", ""],
    ["endpoint", ""],
    ["topic_arn", "of"],
  ],
};

const ofAnyType: readonly Telling[] = [
  ["name", ""],
  ["identifier", ""],
  ["domain_name", ""],
  ["bucket", ""],
  ["key", ""],
  ["key_name", ""],
  ["user", "user"],
  ["role", "role"],
  ["group", "group"],
  ["groups", "groups"],
  ["policy_arn", "policy"],
  ["instance_class", ""],
  ["instance_type", ""],
  ["cluster_config.instance_type", ""],
  ["cluster_config.instance_count", "nodes"],
  ["engine", ""],
  ["engine_version", ""],
  ["allocated_storage", "", "GiB"],
  ["ebs_options.volume_size", "", "GiB"],
  ["ami", "image"],
  ["iam_instance_profile", "profile"],
  ["associate_public_ip_address", "public address"],
  ["publicly_accessible", "public"],
  ["cidr_block", ""],
  ["destination_cidr_block", "to"],
  ["gateway_id", "by"],
  ["nat_gateway_id", "by"],
  ["vpc_peering_connection_id", "by"],
  ["transit_gateway_id", "by"],
  ["network_interface_id", "by"],
  ["route_table_id", "in"],
  ["peer_owner_id", "of the account"],
  ["peer_vpc_id", "with"],
  ["database", "on"],
  ["host", "from"],
  ["tls_option", "TLS"],
  ["privileges", ""],
  ["url", ""],
  ["retention_in_days", "", "days"],
];

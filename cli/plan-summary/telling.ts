import { byName } from "../../resources/attributes";

/** An attribute that tells a resource from others, by its path, with the words around it. */
type Telling = readonly [path: string, before: string, after?: string];

/** Of a type, the attributes that tell a resource from others, in the order of reading. */
export function tellingOfType(type: string): readonly Telling[] {
  return ofType[type] ?? ofAnyType;
}

/** An attribute that tells something only where it is not as it should be, in words. */
type Unsafe = readonly [path: string, safe: boolean, said: string];

/** What is told of a new resource of a type that is not as safe as it could be. */
export function unsafeOfType(type: string): readonly Unsafe[] {
  return unsafe[type] ?? [];
}

const unsafe: Readonly<Record<string, readonly Unsafe[]>> = byName({
  aws_db_instance: [
    ["deletion_protection", true, "not protected"],
    ["skip_final_snapshot", false, "no final snapshot"],
    ["storage_encrypted", true, "not encrypted"],
  ],
  aws_elasticsearch_domain: [
    ["domain_endpoint_options.enforce_https", true, "HTTP too"],
    ["encrypt_at_rest.enabled", true, "not encrypted at rest"],
    ["node_to_node_encryption.enabled", true, "not encrypted between nodes"],
  ],
  aws_instance: [
    ["disable_api_termination", true, "not protected"],
    ["root_block_device.encrypted", true, "disk not encrypted"],
  ],
  aws_lb: [["enable_deletion_protection", true, "not protected"]],
});

const ofType: Readonly<Record<string, readonly Telling[]>> = byName({
  aws_budgets_budget: [
    ["name", ""],
    ["limit_amount", "", "USD"],
    ["notification.threshold", "mails at", "%"],
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
    ["comparison_operator", ""],
    ["threshold", "threshold"],
    ["alarm_actions", "tells"],
  ],
  aws_db_subnet_group: [
    ["name", ""],
    ["subnet_ids", "of"],
  ],
  aws_dlm_lifecycle_policy: [
    ["description", ""],
    ["policy_details.target_tags", "of hosts with"],
    ["policy_details.schedule.retain_rule.interval", "kept", "days"],
  ],
  aws_ec2_tag: [
    ["key", ""],
    ["value", ""],
    ["resource_id", "on"],
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
  aws_s3_bucket_lifecycle_configuration: [
    ["bucket", ""],
    ["rule.id", "rules"],
    ["rule.expiration.days", "deletes after", "days"],
    ["rule.noncurrent_version_expiration.noncurrent_days", "deletes old versions after", "days"],
  ],
  aws_s3_bucket_server_side_encryption_configuration: [
    ["bucket", ""],
    ["rule.apply_server_side_encryption_by_default.sse_algorithm", ""],
    ["rule.apply_server_side_encryption_by_default.kms_master_key_id", "key"],
  ],
  aws_sfn_state_machine: [
    ["name", ""],
    ["role_arn", "role"],
  ],
  aws_ssm_parameter: [
    ["name", ""],
    ["type", ""],
  ],
  aws_sns_topic_subscription: [
    ["protocol", ""],
    ["endpoint", ""],
    ["topic_arn", "of"],
  ],
});

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
  ["backup_retention_period", "backups of", "days"],
  ["ebs_options.volume_size", "", "GiB"],
  ["ami", "image"],
  ["iam_instance_profile", "profile"],
  ["subnet_id", "in"],
  ["db_subnet_group_name", "in the subnets of"],
  ["associate_public_ip_address", "public address"],
  ["publicly_accessible", "public"],
  ["parameter_group_name", "parameters"],
  ["vpc_security_group_ids", "groups"],
  ["cidr_block", ""],
  ["destination_cidr_block", "to"],
  ["gateway_id", "by"],
  ["nat_gateway_id", "by"],
  ["vpc_peering_connection_id", "by"],
  ["transit_gateway_id", "by"],
  ["network_interface_id", "by"],
  ["route_table_id", "in"],
  ["vpc_id", "in"],
  ["peer_owner_id", "of the account"],
  ["peer_vpc_id", "with"],
  ["database", "on"],
  ["host", "from"],
  ["tls_option", "TLS"],
  ["privileges", ""],
  ["url", ""],
  ["retention_in_days", "", "days"],
];

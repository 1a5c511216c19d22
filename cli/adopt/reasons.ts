/** Why an adoption makes a resource of a type that was not there. What matters most stands first. */
const additions: Readonly<Record<string, string>> = {
  aws_db_instance: "the deployment has no such database",
  aws_elasticsearch_domain: "the deployment has no such domain",
  aws_instance: "the deployment has no such host",
  aws_eip: "the deployment has no Elastic IP",
  aws_iam_user: "the deployment has no such user",
  aws_iam_access_key: "the user has no active access key",
  aws_s3_bucket_lifecycle_configuration:
    "old versions and unfinished uploads are deleted after `buckets.expireAfterDays`, and so are EMR's logs, those of before as well",
  aws_db_parameter_group: "the server's character set is utf8, as the runbook's databases are made in",
  aws_db_subnet_group: "the subnets of databases that are made later",
  aws_eip_association: "AWS takes the association that is there once more; the address stays where it is",
  aws_s3_bucket_ownership_controls: "ACLs are out of use: every object is the bucket owner's",
  aws_s3_bucket_policy: "the bucket takes TLS only",
  aws_s3_bucket_public_access_block: "nobody makes the bucket public by mistake",
  aws_s3_bucket_server_side_encryption_configuration: "new objects are encrypted",
  aws_s3_bucket_versioning: "what is overwritten or deleted can be had back",
  aws_s3_bucket: "the deployment has no such bucket",
  aws_s3_object: "the enrollment task wants the folder to be there",
  aws_ssm_parameter: "the databases stack reads from it which passwords are deployed",
  aws_vpc_security_group_ingress_rule: "the runbook has this rule, and the group did not",
  aws_vpc_security_group_egress_rule: "everything out, as AWS has it for a new group, and the group did not",
  aws_iam_role_policy_attachment: "the runbook attaches the policy, and the role did not have it",
  aws_iam_user_policy: "the runbook gives the user this policy, and it did not have it",
  aws_iam_policy: "the deployment has no such policy",
  aws_iam_role: "the deployment has no such role",
  aws_iam_role_policy: "a policy of this client on a role that it shares",
  aws_iam_instance_profile: "the role has no such profile",
  aws_security_group: "the deployment has no such group",
  aws_key_pair: "the deployment has no such key pair",
  aws_cloudwatch_log_group: "Elasticsearch's logs have a place, and an end",
  aws_cloudwatch_log_resource_policy: "Elasticsearch may write its logs",
  mysql_database: "the runbook has this database, and the server did not",
  mysql_user: "the runbook has this user, and the server did not",
  mysql_grant: "the runbook has this grant, and the server did not",
  aws_ec2_tag: "EMR's service policy v2 wants its tag there",
};

/** The tags that tell what is whose. */
export const projectTags = "tags of the project: Project, Client, ManagedBy and Name";

const maintained = "as in the client file; RDS changes it in the next maintenance window, and may reboot for it";

/** Why an adoption changes an attribute, by Terraform's type and attribute; `*` is any type. What matters most stands first. */
const changes: Readonly<Record<string, string>> = {
  "aws_instance.instance_type": "the type in the client file; the host is stopped and started for it",
  "aws_db_instance.instance_class": maintained,
  "aws_db_instance.allocated_storage": maintained,
  "aws_db_instance.storage_type": maintained,
  "aws_db_instance.backup_retention_period": maintained,
  "aws_elasticsearch_domain.cluster_config": "instance type as in the client file; AWS moves the data",
  "aws_elasticsearch_domain.snapshot_options": "as in the client file",
  "aws_db_instance.auto_minor_version_upgrade": "RDS changes the engine when the client file says so",
  "aws_db_instance.copy_tags_to_snapshot": "snapshots are found by the same tags",
  "aws_db_instance.deletion_protection": "`protected`: nobody deletes the instance by mistake",
  "aws_db_instance.parameter_group_name":
    "a parameter group of its own, for utf8; RDS takes it up at the next reboot, which Terraform does not make",
  "aws_db_instance.publicly_accessible": "the database has no public address; clients outside of the VPC lose it",
  "aws_db_instance.multi_az": "one instance, as the runbook has it; the standby goes",
  "aws_db_instance.max_allocated_storage": "storage does not grow by itself; the client file says how much there is",
  "aws_db_instance.performance_insights_enabled": "not in the client file",
  "aws_db_instance.performance_insights_retention_period": "not in the client file",
  "aws_db_instance.monitoring_interval": "enhanced monitoring is not in the client file",
  "aws_db_instance.enabled_cloudwatch_logs_exports": "log exports are not in the client file",
  "aws_db_instance.vpc_security_group_ids": "the groups that the client file gives it",
  "aws_elasticsearch_domain.access_policies": "EMR's role may write the index, by name; the user keeps what it had",
  "aws_elasticsearch_domain.advanced_options": "`rest.action.multi.allow_explicit_index`, as the runbook has it",
  "aws_elasticsearch_domain.domain_endpoint_options": "HTTPS only, TLS 1.2: clients that speak HTTP are refused",
  "aws_elasticsearch_domain.ebs_options": "volume as in the client file; AWS moves the data",
  "aws_elasticsearch_domain.log_publishing_options": "logs as in the client file",
  "aws_iam_policy.policy":
    'no more than the runbook needs: `emr.passRole` and `elasticsearchAccess` set to "any" keep what it had',
  "aws_iam_role.assume_role_policy": "the same service assumes it, EMR's for clusters of this account alone",
  "aws_iam_user_policy.policy": "the same statements, with a version",
  "aws_instance.disable_api_termination": "`protected`: nobody terminates the host by mistake",
  "aws_instance.metadata_options":
    "instance metadata by IMDSv2; on the director alone, as boto 2 knows no other than IMDSv1",
  "aws_instance.vpc_security_group_ids": "the groups that the client file gives it",
  "aws_instance.iam_instance_profile": "the role that starts EMR clusters, as the runbook has it",
  "aws_instance.root_block_device": "size and type as in the client file",
  "aws_s3_bucket_lifecycle_configuration.rule":
    "the rules are ours from now on: `buckets.expireAfterDays` is when EMR's logs and old versions go",
  "aws_s3_bucket_ownership_controls.rule": "ACLs are out of use: every object is the bucket owner's",
  "aws_s3_bucket_policy.policy": "the bucket takes TLS only",
  "aws_s3_bucket_server_side_encryption_configuration.rule": "new objects are encrypted with S3's own key",
  "aws_s3_bucket_versioning.versioning_configuration": "what is overwritten or deleted can be had back",
  "aws_s3_object.content_type": "the folder is written as one",
  "aws_s3_object.version_id": "the folder is written as one",
  "aws_vpc_security_group_ingress_rule.from_port": "all of ICMP, as it is; Terraform reads it in another form",
  "aws_vpc_security_group_ingress_rule.to_port": "all of ICMP, as it is; Terraform reads it in another form",
  "mysql_user.password_wo_version": "the password in SSM is set once more, which is the one that the user has",
  "*.description": "descriptions say what a thing is for",
  ...named(
    ["force_destroy", "revoke_rules_on_delete", "skip_final_snapshot", "final_snapshot_identifier"],
    "settings of Terraform's own, which say what a later destroy does; nothing changes in AWS",
  ),
  ...named(
    ["apply_immediately", "user_data_replace_on_change"],
    "settings of Terraform's own, which say how later changes are made; nothing changes in AWS",
  ),
  ...named(["tags", "tags_all"], projectTags),
};

function named(attributes: readonly string[], reason: string): Record<string, string> {
  return Object.fromEntries(attributes.map((attribute) => [`*.${attribute}`, reason]));
}

/** A tag that nobody has written into the client file is taken away. */
export const lostTags = "tags that the client file does not have go; what should stay belongs into its `tags`";

/** Why an adoption makes a resource; undefined where it is no part of one. */
export function reasonOfAddition(type: string): string | undefined {
  return additions[type];
}

/** Why an adoption changes an attribute; undefined where it is no part of one. */
export function reasonOfChange(type: string, attribute: string): string | undefined {
  return changes[`${type}.${attribute}`] ?? changes[`*.${attribute}`] ?? publicAccess(type);
}

function publicAccess(type: string): string | undefined {
  return type === "aws_s3_bucket_public_access_block" ? additions[type] : undefined;
}

/** Reasons in the order in which they are read, those that matter most first. */
export const readingOrder: readonly string[] = [...Object.values(additions), lostTags, ...Object.values(changes)];

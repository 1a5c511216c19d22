import { byName } from "../attributes";

/** What stacks write for an output. */
export interface WrittenOutput {
  /**
   * What they refer to.
   * @default - nothing
   */
  readonly references?: readonly string[];
  /**
   * The form of texts that they write.
   * @default - stacks write no text
   */
  readonly form?: RegExp;
  /**
   * Whether they mark it as sensitive.
   * @default false
   */
  readonly isSecret?: boolean;
}

const referring = (...references: string[]): WrittenOutput => ({ references });
const subnet = referring("aws_route_table_association.subnet_id", "aws_subnet.id", "data.aws_subnet.id");
const group = referring("aws_security_group.id", "data.aws_security_group.id");
const bucket: WrittenOutput = { references: ["aws_s3_bucket.bucket", "data.aws_s3_bucket.bucket"] };
const anything: WrittenOutput = { form: /^[\s\S]*$/ };
const instance = (service: string) => ({
  [`hosts.*.${service}.instance_id`]: referring("aws_instance.id"),
  [`hosts.*.${service}.private_ip`]: referring("aws_instance.private_ip"),
});

/**
 * Outputs of stacks, by their paths; `*` is an iteration or a member of a list. `config-files` writes hosts' settings from them, and
 * hosts send passwords and access keys there. A test compares this with what is synthesised.
 */
export const writtenOutputs: Readonly<Record<string, WrittenOutput>> = byName({
  active_database: anything,
  active_hosts: anything,
  analytics_security_group_id: group,
  api_reports_bucket: bucket,
  apply_role_arn: referring("aws_iam_role.arn"),
  "certificate_validation_record.name": referring("aws_acm_certificate.domain_validation_options"),
  "certificate_validation_record.type": referring("aws_acm_certificate.domain_validation_options"),
  "certificate_validation_record.value": referring("aws_acm_certificate.domain_validation_options"),
  "databases.*.address": referring("aws_db_instance.address"),
  "databases.*.identifier": referring("aws_db_instance.identifier"),
  "databases.*.master_secret_arn": referring("aws_db_instance.master_user_secret"),
  "databases.*.master_user": referring("aws_db_instance.username"),
  "databases.*.port": referring("aws_db_instance.port"),
  director_instance_id: referring("aws_instance.id"),
  director_public_ip: referring("aws_instance.public_ip"),
  director_security_group_id: group,
  edxanalytics_bucket: bucket,
  // That of a server by its address is the client file's.
  "edxapp_database.address": { references: ["data.aws_db_instance.address"], form: /^[\w.-]+$/ },
  "edxapp_database.port": { references: ["data.aws_db_instance.port"], form: /^\d+$/ },
  "edxapp_database.user": anything,
  edxapp_database_attach_command: {
    references: ["data.aws_db_instance.vpc_security_groups", "aws_security_group.id"],
    form: /^(aws rds modify-db-instance --region [\w-]+ --db-instance-identifier [\w-]+ --vpc-security-group-ids … --apply-immediately|The edxapp server is not addressed as an RDS instance: ask its owner to give it the groups …, the whole list\.)$/,
  },
  elastic_ip: referring("aws_eip.public_ip"),
  elasticsearch_access_key_id: referring("aws_iam_access_key.id"),
  elasticsearch_encrypted_secret_access_key: referring("aws_iam_access_key.encrypted_secret"),
  elasticsearch_endpoint: referring("aws_elasticsearch_domain.endpoint"),
  elasticsearch_secret_access_key: { references: ["aws_iam_access_key.secret"], isSecret: true },
  "emr_additional_master_security_groups.*": group,
  "emr_additional_slave_security_groups.*": group,
  emr_bucket: bucket,
  emr_ec2_role: { form: /(^|-)EMR_EC2_DefaultRole$/ },
  emr_logs_bucket: bucket,
  emr_master_security_group_id: group,
  emr_rds_security_group_id: group,
  emr_release_label: { form: /^emr-[\d.]+$/ },
  emr_service_role: { form: /^EMR_DefaultRole$/ },
  emr_slave_security_group_id: group,
  grades_bucket: anything,
  grades_download_policy: referring("data.aws_iam_policy_document.json"),
  hadoop_bucket: bucket,
  ...instance("api"),
  ...instance("insights"),
  ...instance("jenkins"),
  key_pair_name: referring("aws_key_pair.key_name", "data.aws_key_pair.key_name"),
  load_balancer_dns_name: referring("aws_lb.dns_name"),
  plan_role_arn: referring("aws_iam_role.arn"),
  region: { form: /^[a-z]{2}(-[a-z]+)+-\d$/ },
  reports_access_key_id: referring("aws_iam_access_key.id"),
  reports_encrypted_secret_access_key: referring("aws_iam_access_key.encrypted_secret"),
  reports_secret_access_key: { references: ["aws_iam_access_key.secret"], isSecret: true },
  subnet_id: subnet,
  tracking_logs_bucket: bucket,
  vpc_id: referring("aws_vpc.id", "data.aws_vpc.id"),
});

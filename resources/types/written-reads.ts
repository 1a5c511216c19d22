import { canonical } from "../../modules/canonical";

/** What stacks write for an argument of something that is read. */
export interface ReadArgument {
  /**
   * The form of texts that stacks write; `{client}` and `{account}` stand for the plan's.
   * @default - stacks write no text
   */
  readonly form?: string;
  /**
   * What stacks refer to.
   * @default - nothing
   */
  readonly references?: readonly string[];
}

const anything: ReadArgument = { form: ".*" };
const ofVpc: ReadArgument = { references: ["data.aws_vpc.id", "aws_vpc.id"] };

/**
 * What stacks read, from data sources and ephemeral resources, and by which arguments; those of blocks with their paths. Others may
 * act, or bring what is secret into the state. A test compares this with what is synthesised.
 */
export const writtenReads: Readonly<Record<string, Readonly<Record<string, ReadArgument>>>> = {
  "data.aws_ami": {
    "filter.name": { form: "name|virtualization-type" },
    "filter.values": { form: "ubuntu/images/hvm-ssd.*|hvm" },
    include_deprecated: anything,
    most_recent: anything,
    owners: { form: canonical },
  },
  "data.aws_caller_identity": {},
  "data.aws_db_instance": { db_instance_identifier: anything },
  "data.aws_db_subnet_group": { name: anything },
  "data.aws_eips": { "tags.Client": anything, "tags.Project": anything },
  "data.aws_iam_openid_connect_provider": { url: anything },
  "data.aws_iam_role": { name: { form: "EMR_(EC2_)?DefaultRole" } },
  "data.aws_key_pair": { key_name: anything },
  "data.aws_region": {},
  "data.aws_route53_zone": { name: anything, private_zone: anything },
  "data.aws_route_table": {
    "filter.name": anything,
    "filter.values": anything,
    route_table_id: { references: ["data.aws_route_tables.ids", "data.aws_route_table.id"] },
    vpc_id: ofVpc,
  },
  "data.aws_route_tables": {
    "filter.name": anything,
    "filter.values": { references: ["data.aws_subnet.id"] },
    vpc_id: ofVpc,
  },
  "data.aws_s3_bucket": { bucket: anything },
  "data.aws_s3_bucket_policy": { bucket: anything },
  "data.aws_s3_objects": { bucket: anything, prefix: anything },
  "data.aws_security_group": { id: anything, name: anything, vpc_id: ofVpc },
  "data.aws_ssm_parameters_by_path": { path: { form: "/edx-analytics/{client}/mysql/versions" } },
  "data.aws_subnet": { availability_zone: anything, default_for_az: anything, id: anything, vpc_id: ofVpc },
  "data.aws_vpc": { default: anything, id: anything },
  "data.mysql_databases": { pattern: anything },
  "ephemeral.aws_secretsmanager_random_password": { exclude_punctuation: anything, password_length: anything },
  "ephemeral.aws_secretsmanager_secret_version": {
    secret_id: { references: ["data.aws_db_instance.master_user_secret"] },
  },
  "ephemeral.aws_ssm_parameter": {
    arn: { form: "arn:aws[\\w-]*:ssm:[\\w-]+:{account}:parameter/edx-analytics/{client}/mysql/\\w+" },
  },
};

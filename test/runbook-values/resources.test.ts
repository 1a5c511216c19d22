import type { Template } from "../synth";
import { attribute, expectEach, statements } from "./values";

const disk = (host: string, field: string) => (t: Template) =>
  t.resource.aws_instance?.[host]?.root_block_device[field];
const image = (name: string) => (t: Template) => t.data.aws_ami?.[name]?.filter[0].values;
const xenial = ["ubuntu/images/hvm-ssd/ubuntu-xenial-16.04-amd64-server-*"];

expectEach("EC2 and Elastic IP", [
  ["analytics runs Ubuntu 16.04", image("analytics_1_ubuntu"), xenial],
  ["of Canonical's", (t) => t.data.aws_ami?.analytics_1_ubuntu?.owners, ["099720109477"]],
  ["analytics is t2.medium", attribute("aws_instance", "analytics_1", "instance_type"), "t2.medium"],
  ["analytics has 50 GB", disk("analytics_1", "volume_size"), 50],
  ["of General Purpose", disk("analytics_1", "volume_type"), "gp2"],
  [
    "analytics has the edxanalytics profile",
    attribute("aws_instance", "analytics_1", "iam_instance_profile"),
    "${aws_iam_instance_profile.emr_provisioning.name}",
  ],
  ["analytics is called analytics-1", (t) => t.resource.aws_instance?.analytics_1?.tags.Name, "analytics-1"],
  ["analytics has the key pair analytics", (t) => t.data.aws_key_pair?.analytics?.key_name, "analytics"],
  ["the director runs Ubuntu", image("director_ubuntu"), xenial],
  ["the director is t2.micro", attribute("aws_instance", "director", "instance_type"), "t2.micro"],
  ["the director has 8 GB", disk("director", "volume_size"), 8],
  ["the director has no role", attribute("aws_instance", "director", "iam_instance_profile"), undefined],
  ["the director is called director", (t) => t.resource.aws_instance?.director?.tags.Name, "director"],
  ["the director has a key pair of its own", (t) => t.data.aws_key_pair?.director?.key_name, "director"],
  ["one Elastic IP", (t) => Object.keys(t.resource.aws_eip ?? {}), ["analytics"]],
  [
    "on the analytics host",
    attribute("aws_eip_association", "analytics", "instance_id"),
    "${aws_instance.analytics_1.id}",
  ],
  ["that moves to a new one", attribute("aws_eip_association", "analytics", "allow_reassociation"), true],
]);

const bucket = (name: string) => attribute("aws_s3_bucket", `buckets_${name}`, "bucket");

expectEach("S3", [
  ["the tracking logs are there", (t) => t.data.aws_s3_bucket?.buckets_tracking_logs?.bucket, "runbook-tracking-logs"],
  ["EMR's bucket", bucket("emr"), "runbook-analytics-emr"],
  ["EMR's logs", bucket("emr_logs"), "runbook-analytics-emr-logs"],
  ["the pipeline's bucket", bucket("edxanalytics"), "runbook-edxanalytics"],
  ["Hadoop's bucket", bucket("hadoop"), "runbook-edxanalytics-hadoop"],
  ["the reports", bucket("api_reports"), "runbook-analytics-api-reports"],
  [
    "an empty enrollments-blacklist/",
    attribute("aws_s3_object", "buckets_enrollments_blacklist", "key"),
    "enrollments-blacklist/",
  ],
]);

const database = (field: string) => attribute("aws_db_instance", "database_1", field);

expectEach("RDS", [
  ["MySQL", database("engine"), "mysql"],
  ["5.6", database("engine_version"), "5.6"],
  ["db.t2.medium", database("instance_class"), "db.t2.medium"],
  ["General Purpose", database("storage_type"), "gp2"],
  ["5 GB", database("allocated_storage"), 5],
  ["the name analytics", database("identifier"), "analytics"],
  ["the master user root", database("username"), "root"],
  ["not Multi-AZ", database("multi_az"), false],
  ["not public", database("publicly_accessible"), false],
  ["no initial database", database("db_name"), undefined],
  ["14 days of backups", database("backup_retention_period"), 14],
  ["no automatic minor upgrade", database("auto_minor_version_upgrade"), false],
  [
    "utf8",
    (t) => t.resource.aws_db_parameter_group?.database_1_parameters?.parameter[0],
    { name: "character_set_server", value: "utf8" },
  ],
]);

const domain = (field: string) => attribute("aws_elasticsearch_domain", "elasticsearch", field);
const clusterConfig = (field: string) => (t: Template) =>
  t.resource.aws_elasticsearch_domain?.elasticsearch?.cluster_config[field];

expectEach("Elasticsearch", [
  ["the domain's name", domain("domain_name"), "runbook-analytics-es"],
  ["1.5", domain("elasticsearch_version"), "1.5"],
  ["one node", clusterConfig("instance_count"), 1],
  ["t2.small.elasticsearch", clusterConfig("instance_type"), "t2.small.elasticsearch"],
  ["no dedicated master", clusterConfig("dedicated_master_enabled"), false],
  ["no zone awareness", clusterConfig("zone_awareness_enabled"), false],
  ["EBS, gp2, 10 GB", domain("ebs_options"), { ebs_enabled: true, volume_type: "gp2", volume_size: 10 }],
  ["the snapshot at 0 UTC", domain("snapshot_options"), { automated_snapshot_start_hour: 0 }],
  [
    "rest.action.multi.allow_explicit_index is a string",
    domain("advanced_options"),
    { "rest.action.multi.allow_explicit_index": "true" },
  ],
  [
    "full access for analytics_elasticsearch",
    (t) => statements("elasticsearch_access")(t)?.[0],
    expect.objectContaining({
      actions: ["es:*"],
      principals: [{ type: "AWS", identifiers: ["${aws_iam_user.elasticsearch.arn}"] }],
    }),
  ],
  ["the region of EC2", (t) => t.provider.aws[0].region, "us-east-1"],
]);

expectEach("EMR", [["emr-4.7.2", (t) => t.output.emr_release_label?.value, "emr-4.7.2"]]);

expectEach("remote state", [
  ["one bucket and key of its own", (t) => t.terraform.backend.s3.key, "runbook/runbook.tfstate"],
  ["encrypted", (t) => t.terraform.backend.s3.encrypt, true],
  ["of one account", (t) => t.terraform.backend.s3.allowed_account_ids, ["111122223333"]],
  ["locked by S3 itself", (t) => t.terraform.backend.s3.use_lockfile, true],
]);

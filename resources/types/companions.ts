import { byName } from "../attributes";
import { type Alarm, availability, data, exposure } from "./alarm";

/** What stacks always make beside a resource: without it the resource is less than a stack's. */
export interface Companion {
  readonly type: string;
  /** Argument of the companion that names the resource; in a map with its path. */
  readonly by: string;
  /** Attribute of the resource that it is named by. */
  readonly of: string;
  /**
   * Whether stacks make it by an option: it is missing only where the plan has others of its kind.
   * @default false
   */
  readonly isOptional?: boolean;
  readonly missing: Alarm;
}

const ofBucket = (setting: string, missing: Alarm): Companion => ({
  type: `aws_s3_bucket_${setting}`,
  by: "bucket",
  of: "bucket",
  missing,
});

const unwatched = (dimension: string, of: string): Companion => ({
  type: "aws_cloudwatch_metric_alarm",
  by: `dimensions.${dimension}`,
  of,
  isOptional: true,
  missing: availability`has no aws_cloudwatch_metric_alarm, which others of the plan have: nobody is told when it fails`,
});

/** By types. A test compares this with what is synthesised. */
export const companions: Readonly<Record<string, readonly Companion[]>> = byName({
  aws_cloudwatch_event_rule: [
    {
      type: "aws_cloudwatch_event_target",
      by: "rule",
      of: "name",
      missing: availability`has no aws_cloudwatch_event_target: it hands what it sees to nobody`,
    },
  ],
  aws_cloudwatch_log_group: [
    {
      type: "aws_elasticsearch_domain",
      by: "log_publishing_options.cloudwatch_log_group_arn",
      of: "arn",
      missing: availability`gets no logs: no aws_elasticsearch_domain of the plan writes there`,
    },
  ],
  aws_db_instance: [unwatched("DBInstanceIdentifier", "identifier")],
  aws_elasticsearch_domain: [unwatched("DomainName", "domain_name")],
  aws_instance: [unwatched("InstanceId", "id")],
  aws_lb: [unwatched("LoadBalancer", "arn_suffix")],
  aws_s3_bucket: [
    ofBucket(
      "ownership_controls",
      exposure`has no aws_s3_bucket_ownership_controls, which every bucket of a stack has: nothing holds ACLs out of use`,
    ),
    ofBucket(
      "policy",
      exposure`has no aws_s3_bucket_policy, which every bucket of a stack has: it accepts HTTP, beside HTTPS`,
    ),
    ofBucket(
      "public_access_block",
      exposure`has no aws_s3_bucket_public_access_block, which every bucket of a stack has: a policy or an ACL can make it public`,
    ),
    ofBucket(
      "server_side_encryption_configuration",
      exposure`has no aws_s3_bucket_server_side_encryption_configuration, which every bucket of a stack has: whoever writes objects decides on their encryption`,
    ),
    ofBucket(
      "versioning",
      data`has no aws_s3_bucket_versioning, which every bucket of a stack has: it keeps nothing of what is overwritten or deleted`,
    ),
  ],
  aws_sns_topic: [
    {
      type: "aws_sns_topic_policy",
      by: "arn",
      of: "arn",
      missing: availability`has no aws_sns_topic_policy: AWS Budgets cannot publish to it`,
    },
    {
      type: "aws_sns_topic_subscription",
      by: "topic_arn",
      of: "arn",
      missing: availability`has no aws_sns_topic_subscription: it mails nobody`,
    },
  ],
});

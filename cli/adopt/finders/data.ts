import { DescribeDBParameterGroupsCommand, DescribeDBSubnetGroupsCommand } from "@aws-sdk/client-rds";
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  HeadObjectCommand,
} from "@aws-sdk/client-s3";
import { absent } from "../../preflight/finding";
import type { Inventory } from "../inventory";
import { type Finder, found, missing } from "../look-up";

const noBucket = ["NoSuchBucket", "NotFound"];

/** A setting of a bucket, which is imported by the bucket's name where it is set. */
function setting(
  action: string,
  get: (inventory: Inventory, Bucket: string) => Promise<unknown>,
  codes: readonly string[],
): Finder {
  return async (resource, lookUp) => {
    const bucket = await lookUp.text(resource, "bucket");
    const { inventory } = lookUp;
    const answer = bucket && (await inventory.aws.askIfThere(action, get(inventory, bucket), [...noBucket, ...codes]));
    return answer === undefined ? missing : found(bucket);
  };
}

export const dataFinders: Readonly<Record<string, Finder>> = {
  aws_s3_bucket: async (resource, { inventory: { aws, accountId, region } }) => {
    const name = resource.arguments.bucket as string;
    const command = new HeadBucketCommand({ Bucket: name, ExpectedBucketOwner: accountId });
    const answer = await aws.askIfThere("s3:ListBucket", aws.s3.send(command), noBucket);
    return answer?.BucketRegion !== undefined && answer.BucketRegion !== region
      ? {
          kind: "conflict",
          why: `${name} is in ${answer.BucketRegion}, and the pipeline reads and writes in ${region} alone. Take another name`,
        }
      : found(answer && name);
  },
  aws_s3_bucket_public_access_block: setting(
    "s3:GetBucketPublicAccessBlock",
    ({ aws }, Bucket) => aws.s3.send(new GetPublicAccessBlockCommand({ Bucket })),
    ["NoSuchPublicAccessBlockConfiguration"],
  ),
  aws_s3_bucket_ownership_controls: setting(
    "s3:GetBucketOwnershipControls",
    ({ aws }, Bucket) => aws.s3.send(new GetBucketOwnershipControlsCommand({ Bucket })),
    ["OwnershipControlsNotFoundError"],
  ),
  aws_s3_bucket_server_side_encryption_configuration: setting(
    "s3:GetEncryptionConfiguration",
    ({ aws }, Bucket) => aws.s3.send(new GetBucketEncryptionCommand({ Bucket })),
    ["ServerSideEncryptionConfigurationNotFoundError"],
  ),
  aws_s3_bucket_lifecycle_configuration: setting(
    "s3:GetLifecycleConfiguration",
    ({ aws }, Bucket) => aws.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
    ["NoSuchLifecycleConfiguration"],
  ),
  aws_s3_bucket_versioning: async (resource, lookUp) => {
    const bucket = await lookUp.text(resource, "bucket");
    const { aws } = lookUp.inventory;
    const command = new GetBucketVersioningCommand({ Bucket: bucket });
    const answer = bucket && (await aws.askIfThere("s3:GetBucketVersioning", aws.s3.send(command), noBucket));
    return answer && answer.Status !== undefined ? found(bucket) : missing;
  },
  aws_s3_bucket_policy: async (resource, lookUp) => {
    const bucket = await lookUp.text(resource, "bucket");
    return bucket && (await lookUp.inventory.bucketStatements(bucket)) ? found(bucket) : missing;
  },
  aws_s3_object: async (resource, lookUp) => {
    const bucket = await lookUp.text(resource, "bucket");
    const { aws } = lookUp.inventory;
    const key = resource.arguments.key as string;
    const command = new HeadObjectCommand({ Bucket: bucket, Key: key });
    const answer = bucket && (await aws.askIfThere("s3:GetObject", aws.s3.send(command), [...noBucket, "NoSuchKey"]));
    return answer ? found(`${bucket}/${key}`) : missing;
  },
  aws_db_instance: async (resource, { inventory }) =>
    found((await inventory.database(resource.arguments.identifier as string))?.DBInstanceIdentifier),
  aws_db_subnet_group: async (resource, { inventory: { aws } }) => {
    const command = new DescribeDBSubnetGroupsCommand({ DBSubnetGroupName: resource.arguments.name as string });
    const answer = await aws.askIfThere("rds:DescribeDBSubnetGroups", aws.rds.send(command), absent.subnetGroup);
    return found(answer?.DBSubnetGroups?.[0]?.DBSubnetGroupName);
  },
  aws_db_parameter_group: async (resource, { inventory: { aws } }) => {
    const command = new DescribeDBParameterGroupsCommand({
      DBParameterGroupName: resource.arguments.name as string,
    });
    const answer = await aws.askIfThere("rds:DescribeDBParameterGroups", aws.rds.send(command), absent.parameterGroup);
    return found(answer?.DBParameterGroups?.[0]?.DBParameterGroupName);
  },
  aws_elasticsearch_domain: async (resource, { inventory }) =>
    found((await inventory.domain(resource.arguments.domain_name as string))?.DomainName),
  aws_ssm_parameter: async (resource, { inventory }) => {
    const name = resource.arguments.name as string;
    if (!(await inventory.hasParameter(name))) {
      return missing;
    }
    return resource.arguments.value_wo === undefined
      ? found(name)
      : {
          kind: "conflict",
          why: `${name} is there, and a random password would take its place. Put its login into \`mysql.existingPasswords\``,
        };
  },
};

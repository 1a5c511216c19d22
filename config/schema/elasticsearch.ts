import { z } from "zod";
import { exists, orExisting } from "./existing";
import { awsId, integer } from "./fields";
import { kmsKeyId } from "./kms-key";
import { elasticsearchInstanceSizes, limits } from "./limits";
import { resourceName } from "./resource-name";
import { groupDescription, groupName } from "./security-group";

/** Inside the client's VPC, where the Analytics API's hosts and the EMR clusters alone reach it. */
const vpc = z.strictObject({
  /**
   * Id of the subnet of the domain's network interface, in an existing or the default VPC.
   * @default - the network's own, of the hosts and clusters
   */
  subnetId: awsId("subnet", "See `aws ec2 describe-subnets`").optional(),
  /**
   * Security group of the domain.
   * @default - a group called `elasticsearch`, by `naming`
   */
  securityGroup: z
    .strictObject({
      /**
       * Name of the group.
       * @default "elasticsearch", by `naming`
       */
      name: groupName.optional(),
      /**
       * Description of the group.
       * @default "Elasticsearch"
       */
      description: groupDescription.default("Elasticsearch"),
    })
    .prefault({}),
  /**
   * `AWSServiceRoleForAmazonElasticsearchService`, the service-linked role of which an account has one: `{}` manages it,
   * `{ existing: true }` uses the account's.
   * @default - `{ existing: true }` with `sharing: "shared-stack"`, else `{}`
   */
  serviceRole: orExisting(exists, {}).optional(),
});

/** The Elasticsearch domain of the learner index (runbook, ElasticSearch). */
export const elasticsearch = z.strictObject({
  /**
   * Name of the domain.
   * @default - the client's name and the runbook's ending, as in `acme-analytics-es`
   */
  domainName: z
    .string()
    .regex(/^[a-z][a-z0-9-]{2,27}$/, {
      error: "a domain's name is 3 to 28 of a-z, 0-9 and -, and starts with a letter. Rename it.",
    })
    .optional(),
  /**
   * Name of the user that the Analytics API reads the index as.
   * @default "analytics_elasticsearch", by `naming`
   */
  userName: resourceName("iam").optional(),
  /**
   * Name of the managed policy that lets EMR's instances use the domain, where the client manages EMR's roles.
   * @default "elasticsearch_all", by `naming`
   */
  policyName: resourceName("iam").optional(),
  /**
   * Elasticsearch version. From Olive on, which has no Elasticsearch, it keeps the domain for hosts of an earlier release.
   * @default - the release's: 1.5 up to Lilac, 7.10 for Maple and Nutmeg
   */
  version: z
    .enum(["1.5", "7.1", "7.4", "7.7", "7.8", "7.9", "7.10"], {
      error: '"1.5", "7.1", "7.4", "7.7", "7.8", "7.9" and "7.10" are those of AWS that a release speaks. Take one.',
    })
    .optional(),
  /**
   * Instance type of the one node.
   * @default - "t2.small.elasticsearch" on 1.5, which t3 does not run; else "t3.small.elasticsearch"
   */
  instanceType: z
    .string()
    .refine(isInstanceType, {
      error:
        "an Elasticsearch instance type with an EBS volume is required, as in `t3.small.elasticsearch`. Mind the ending.",
    })
    .optional(),
  /**
   * EBS volume, gp2, GiB (runbook: 10).
   * @default 10
   */
  volumeGiB: integer(limits.elasticsearchVolumeGiB, "Set the size of the EBS volume in GiB").default(10),
  /**
   * Encryption at rest and between nodes; needs version 6.0 and an instance type other than t2.
   * @default - true where version and instance type take it
   */
  encrypted: z.boolean().optional(),
  /**
   * ARN of the KMS key of the encryption at rest; a domain cannot change it later. docs/encryption.md.
   * @default - AWS's own key
   */
  kmsKeyId: kmsKeyId.optional(),
  /**
   * Publish application logs to CloudWatch; needs version 5.1.
   * @default - none are published
   */
  applicationLogs: z
    .strictObject({
      /**
       * The CloudWatch Logs resource policy that lets Elasticsearch write its logs, of which a region holds ten: `{}` is
       * one for this client, `{ existing: true }` one that covers it, as the shared stack's does.
       * @default - `{ existing: true }` with `sharing: "shared-stack"`, else `{}`
       */
      resourcePolicy: orExisting(exists, {}).optional(),
    })
    .optional(),
  /**
   * Inside the client's VPC instead of at a public endpoint. A deployed domain cannot move: docs/operations.md.
   * @default - a public endpoint, which answers signed requests alone
   */
  vpc: vpc.optional(),
  /**
   * Hour of the automated snapshot, UTC (runbook: 0).
   * @default 0
   */
  snapshotHourUtc: integer({ min: 0, max: 23 }, "Give the hour of the day, UTC").default(0),
  /**
   * Stop every plan that would destroy the domain.
   * @default - the client's `protected`
   */
  protected: z.boolean().optional(),
});

function isInstanceType(type: string): boolean {
  const [family = "", size = "", ending, ...rest] = type.split(".");
  const sizes = Object.hasOwn(elasticsearchInstanceSizes, family) ? elasticsearchInstanceSizes[family] : undefined;
  return ending === "elasticsearch" && rest.length === 0 && sizes?.split(" ").includes(size) === true;
}

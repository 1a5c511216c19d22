/**
 * What AWS accepts, by the thing that it limits. Fields, checks across fields, and the variables of exported HCL read
 * them here.
 */
export const limits = {
  /** Root volume of a host, GiB; gp2 and gp3 go up to 16 TiB, Ubuntu's images need 8. */
  rootVolumeGiB: { min: 8, max: 16384 },
  /** Storage of RDS for MySQL, GiB: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html. */
  databaseStorageGiB: { min: 20, max: 65536 },
  /** Automated backups of RDS, days; 0 would turn them off. */
  backupRetentionDays: { min: 1, max: 35 },
  /** Snapshots of Data Lifecycle Manager, days: a hundred years at most. */
  snapshotRetentionDays: { min: 1, max: 36500 },
  /** EBS volume of an Elasticsearch node, GiB; each instance type has limits of its own. */
  elasticsearchVolumeGiB: { min: 10, max: 3584 },
  /** Days until EMR's logs and old versions of objects expire: ten years at most. */
  expireAfterDays: { min: 1, max: 3650 },
  /** Characters of an RDS identifier. */
  databaseIdentifierLength: 63,
  /** Characters of an Elasticsearch domain's name. */
  domainNameLength: 28,
  /** Characters of the deployers' ARNs: a bucket's policy has 20 KB, in which other statements and other clients' roles stand too. */
  deployersLength: 12_000,
  /** Characters of an S3 key. */
  objectKeyLength: 1024,
  /** Characters of an IAM role's name: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html. */
  roleNameLength: 64,
  /** Characters of the first name of a certificate of ACM. */
  certificateNameLength: 64,
  /** Characters of the name of a load balancer, or of a target group. */
  loadBalancerNameLength: 32,
  /** Characters of a security group's name or description. */
  securityGroupLength: 255,
} as const;

/** Volume limits of Elasticsearch instance types, GiB: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html. */
export const elasticsearchVolumeGiB: Readonly<Record<string, { readonly min: number; readonly max: number }>> = {
  "t2.micro.elasticsearch": { min: 10, max: 35 },
  "t2.small.elasticsearch": { min: 10, max: 35 },
  "t2.medium.elasticsearch": { min: 10, max: 35 },
  "t3.small.elasticsearch": { min: 10, max: 100 },
  "t3.medium.elasticsearch": { min: 10, max: 200 },
  "m3.medium.elasticsearch": { min: 10, max: 100 },
  "c4.large.elasticsearch": { min: 10, max: 100 },
  "c5.large.elasticsearch": { min: 10, max: 256 },
  "c6g.large.elasticsearch": { min: 10, max: 256 },
  "m4.large.elasticsearch": { min: 10, max: 512 },
  "m5.large.elasticsearch": { min: 10, max: 512 },
  "m6g.large.elasticsearch": { min: 10, max: 512 },
};

/** Instance types of Elasticsearch that have an EBS volume, by family: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/supported-instance-types.html. */
export const elasticsearchInstanceSizes: Readonly<Record<string, string>> = {
  t2: "micro small medium",
  t3: "small medium",
  m3: "medium large xlarge 2xlarge",
  m4: "large xlarge 2xlarge 4xlarge 10xlarge",
  m5: "large xlarge 2xlarge 4xlarge 12xlarge",
  m6g: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge",
  c4: "large xlarge 2xlarge 4xlarge 8xlarge",
  c5: "large xlarge 2xlarge 4xlarge 9xlarge 18xlarge",
  c6g: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge",
  r3: "large xlarge 2xlarge 4xlarge 8xlarge",
  r4: "large xlarge 2xlarge 4xlarge 8xlarge 16xlarge",
  r5: "large xlarge 2xlarge 4xlarge 12xlarge",
  r6g: "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge",
  i2: "xlarge 2xlarge",
};

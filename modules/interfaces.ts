/** A VPC: a `Network` of this library, or whatever knows its id. */
export interface IVpc {
  readonly vpcId: string;
}

/** Where hosts, databases and EMR clusters are placed. */
export interface INetwork extends IVpc {
  /** Public subnet of the hosts and the EMR clusters. */
  readonly subnetId: string;
  /** IPv4 range of that subnet. */
  readonly subnetCidr: string;
  /** Subnet group of the database, in two zones or more. */
  readonly databaseSubnetGroupName: string;
  /**
   * Groups that hosts and databases are members of besides their own, as the VPC's `default`.
   * @default []
   */
  readonly defaultSecurityGroupIds?: readonly string[];
}

/** An IAM user or role, managed or existing. */
export interface IPrincipal {
  readonly arn: string;
}

/** An IAM role, as `IamRole` of the AWS provider. */
export interface IRole extends IPrincipal {
  readonly name: string;
}

/** An instance profile, as `IamInstanceProfile` of the AWS provider. */
export interface IInstanceProfile {
  readonly name: string;
}

/** An S3 bucket, managed or existing. */
export interface IBucket {
  readonly bucketName: string;
  readonly arn: string;
  /**
   * ARN of the KMS key that new objects are encrypted with.
   * @default - S3's own key, or what the owner of an existing bucket has set
   */
  readonly kmsKeyId?: string;
  /**
   * ARNs of KMS keys that objects were encrypted with before.
   * @default []
   */
  readonly formerKmsKeyIds?: readonly string[];
}

import { z } from "zod";
import { ci } from "./ci";
import { configurationFiles } from "./configuration-files";
import { buckets, database, elasticsearch } from "./data";
import { edxapp } from "./edxapp";
import { accountId, awsId, bucketName, region, roleArn } from "./fields";
import { director, hosts } from "./hosts";
import { mysql } from "./mysql";
import { groupDescription, names, naming } from "./names";
import { network, sharedNetwork } from "./network";
import { releaseNames } from "./releases";

/** Where the Terraform state is kept; see decision 0005. */
const state = z.strictObject({
  /** Name of the S3 bucket; `npx edx-analytics state <client>` makes it. */
  bucket: bucketName,
  /**
   * Region of the bucket.
   * @default - the client's region
   */
  region: region.optional(),
  /**
   * Account of the bucket.
   * @default - the client's account
   */
  accountId: accountId.optional(),
  /**
   * First part of the state's key, `<keyPrefix>/<stack>.tfstate`.
   * @default - the client's name
   */
  keyPrefix: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*[A-Za-z0-9]$/, {
      error: "a key prefix is letters, digits, ., _, - and /, with a letter or digit at both ends. Rename it.",
    })
    .optional(),
});

/**
 * Tags on everything taggable, besides `Project`, `Client` and `ManagedBy`.
 * @default {}
 */
const tags = z
  .record(
    z
      .string()
      .regex(/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/iu, {
        error: "a tag key is 1 to 128 letters, digits, blanks and _.:/=+@-, and does not start with aws:. Rename it.",
      })
      // IAM compares tag keys without regard to case.
      .regex(/^(?!(Project|Client|ManagedBy)$)/i, {
        error: "`Project`, `Client` and `ManagedBy` are tags of the project's own. Rename it.",
      }),
    z.string().regex(/^[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/u, {
      error: "a tag value is at most 256 letters, digits, blanks and _.:/=+@-. Shorten it.",
    }),
  )
  .refine((all) => Object.keys(all).length <= 45, {
    error: "AWS takes 50 tags, of which the project needs five. Leave 45 or fewer.",
  })
  .default({});

/** EMR clusters, which the pipeline starts for each task (runbook, EMR Roles and EMR Security Groups). */
const emr = z.strictObject({
  /**
   * EMR release of the clusters (runbook: emr-4.7.2, which cannot sign for buckets made since 2020-06-24).
   * @default "emr-4.9.6"
   */
  releaseLabel: z
    .string()
    .regex(/^emr-[4-7]\.\d{1,2}\.\d{1,2}$/, {
      error: "an EMR release from 4 to 7 is required, as in `emr-4.9.6`. Write the three numbers.",
    })
    .default("emr-4.9.6"),
  /**
   * `EMR_DefaultRole`, `EMR_EC2_DefaultRole` and its profile, one per account: made by this client, or there already.
   * @default - "existing" with `sharing: "shared-stack"`, else "create"
   */
  roles: z.enum(["create", "existing"]).optional(),
  /**
   * `ElasticMapReduce-master` and `-slave`, one pair per VPC: made by this client, or there already; then this client's
   * clusters get two additional groups of its own.
   * @default - "existing" with `sharing: "shared-stack"`, else "create"
   */
  securityGroups: z.enum(["create", "existing"]).optional(),
  /**
   * AWS's managed policy of `EMR_DefaultRole`: `v1`, AmazonElasticMapReduceRole, or `v2`, AmazonEMRServicePolicy_v2,
   * which needs the tag `for-use-with-amazon-emr-managed-policies` on clusters too.
   * @default "v1"
   */
  servicePolicy: z.enum(["v1", "v2"]).default("v1"),
  /**
   * What Jenkins may hand to AWS services: the two EMR roles alone, or, as the runbook has it, any role.
   * @default "emr-roles"
   */
  passRole: z.enum(["emr-roles", "any"]).default("emr-roles"),
  /**
   * What EMR's EC2 role may do in Elasticsearch: read and write the client's domain, or, as the runbook has it, `es:*` on everything.
   * @default "domain"
   */
  elasticsearchAccess: z.enum(["domain", "any"]).default("domain"),
});

/**
 * Descriptions of security groups that were made by hand: AWS cannot change one, so a group that is taken over keeps its own.
 * @default - descriptions of ours
 */
const securityGroupDescriptions = z
  .strictObject({
    /** @default - "Insights, Analytics API and Jenkins" */
    analytics: groupDescription.optional(),
    /** @default - "Ansible director" */
    director: groupDescription.optional(),
    /** @default - "Master group for Elastic MapReduce" */
    emrMaster: groupDescription.optional(),
    /** @default - "Slave group for Elastic MapReduce" */
    emrSlave: groupDescription.optional(),
    /** @default - "MySQL from EMR" */
    emrRds: groupDescription.optional(),
  })
  .default({});

/**
 * Security groups that are there already and are used as they are: their rules are their owner's, and none is added.
 * The director's is `director.existingSecurityGroupId`, EMR's are `emr.securityGroups`.
 * @default - the groups are made
 */
const existingSecurityGroups = z
  .strictObject({
    /**
     * Id of the group of the hosts; it lets the director in on 22 and everybody who may see Insights on 80 and 443.
     * @default - made
     */
    analytics: awsId("sg", "See `aws ec2 describe-security-groups`").optional(),
    /**
     * Id of `EMR RDS`, the group of the database; it lets EMR's groups in on 3306.
     * @default - made
     */
    emrRds: awsId("sg", "See `aws ec2 describe-security-groups`").optional(),
  })
  .default({});

const protectedDefault = z.boolean().default(true);

/** The fields of a client file, in `clients/<name>.ts`. */
export const clientSchema = z.strictObject({
  /** The client's name, as the file is called: it prefixes buckets, the domain and, on request, all other names. */
  name: z.string().regex(/^[a-z](?!.*--)[a-z0-9-]*[a-z0-9]$/, {
    error:
      "a client's name is two or more of a-z, 0-9 and single -, starts with a letter and does not end with -. Rename client and file.",
  }),
  /** AWS region of everything, as in `eu-west-1`. */
  region,
  /** AWS account of everything; Terraform refuses to work in another. */
  accountId,
  /** Open edX release, which decides on MySQL, Elasticsearch and Ubuntu; see releases.ts. */
  release: z.enum(releaseNames),
  /** The runbook's names (`runbook`), or the same behind the client's name (`prefixed`). */
  naming,
  names,
  state,
  /**
   * ARN of the role that Terraform assumes to deploy.
   * @default - the operator's own credentials
   */
  deployRoleArn: roleArn.optional(),
  network,
  /**
   * Whether the client has its account to itself, or takes what there is once from `clients/shared-<account>-<region>.ts`.
   * @default "none"
   */
  sharing: z.enum(["none", "shared-stack"]).default("none"),
  director,
  hosts,
  edxapp,
  /**
   * The analytics RDS.
   * @default - one instance of the release's MySQL
   */
  database: database.default(database.parse({})),
  /**
   * The users on the MySQL servers.
   * @default - every password at version 1, `edxapp_ro` made by the edxapp server's owner
   */
  mysql: mysql.default(mysql.parse({})),
  /**
   * Settings of the domain.
   * @default - the release's Elasticsearch with defaults; none from Olive on
   */
  elasticsearch: z
    .union([z.literal(false), elasticsearch], { error: "settings, or false for none, are allowed. Write { … }." })
    .optional(),
  /**
   * EMR clusters.
   * @default - emr-4.9.6, on roles and groups of this client's, unless it shares them
   */
  emr: emr.default(emr.parse({})),
  /**
   * S3 buckets.
   * @default - `emr` and `edxanalytics` are made, `trackingLogs` is there
   */
  buckets: buckets.default(buckets.parse({})),
  /**
   * What the six configuration files need that AWS does not know: docs/configuration-files.md.
   * @default - all missing, and listed when the files are rendered
   */
  configurationFiles: configurationFiles.default(configurationFiles.parse({})),
  securityGroupDescriptions,
  existingSecurityGroups,
  /**
   * Public PGP key, base64, or `keybase:name`, that secret access keys are encrypted with before they enter the state.
   * @default - none; the secret access keys are in the state, which is encrypted and locked down
   */
  pgpKey: z
    .string()
    // The first byte of a binary public key, 0x98 to 0x9b or 0xc6: RFC 9580, 4.2.
    .regex(/^(keybase:[a-zA-Z0-9_]+|(m|x[g-v])[A-Za-z0-9+/\s]{100,}=*\s*)$/, {
      error:
        "a public PGP key in base64 without armour, or keybase:name, is required. Try `gpg --export KEY | base64 -w0`.",
    })
    .optional(),
  /**
   * The CI that plans and applies, with roles in a stack of its own; docs/ci.md.
   * @default - CI has no roles, and people deploy
   */
  ci: ci.optional(),
  tags,
  /**
   * Default of every `protected` below: plans that would destroy hosts, addresses, databases, domains or buckets stop.
   * @default true
   */
  protected: protectedDefault,
  /**
   * Turn values that AWS has retired from mistakes into warnings.
   * @default false
   */
  allowRetired: z.boolean().default(false),
});

/** The fields of a shared stack's file, `clients/shared-<account>-<region>.ts`: what there is once for several clients. */
export const sharedSchema = z.strictObject({
  /** AWS region of the groups. */
  region,
  /** AWS account. */
  accountId,
  state,
  /**
   * ARN of the role that Terraform assumes to deploy.
   * @default - the operator's own credentials
   */
  deployRoleArn: roleArn.optional(),
  network: sharedNetwork,
  /**
   * The account's EMR roles: made here, or there already, as in the account's second region.
   * @default "create"
   */
  emrRoles: z.enum(["create", "existing"]).default("create"),
  /**
   * Descriptions of EMR's groups where EMR has made them itself and they are imported: AWS cannot change one.
   * @default - descriptions of ours
   */
  securityGroupDescriptions: z
    .strictObject({
      /** @default - "Master group for Elastic MapReduce" */
      emrMaster: groupDescription.optional(),
      /** @default - "Slave group for Elastic MapReduce" */
      emrSlave: groupDescription.optional(),
    })
    .default({}),
  /**
   * AWS's managed policy of `EMR_DefaultRole`, as of its clients' `emr.servicePolicy`; `v2` tags the subnets of `network`.
   * @default "v1"
   */
  servicePolicy: z.enum(["v1", "v2"]).default("v1"),
  /**
   * The CI that plans and applies, as of a client's `ci`.
   * @default - CI has no roles, and people deploy
   */
  ci: ci.optional(),
  tags,
  /**
   * Stop every plan that would destroy what the clients share.
   * @default true
   */
  protected: protectedDefault,
});

/** What an operator writes. */
export type ClientInput = z.input<typeof clientSchema>;
/** A client with its defaults. */
export type ClientConfig = z.output<typeof clientSchema>;
/** What an operator writes for a shared stack. */
export type SharedInput = z.input<typeof sharedSchema>;
/** A shared stack with its defaults. */
export type SharedConfig = z.output<typeof sharedSchema>;
/** What Terraform's backend needs. */
export type StateConfig = z.output<typeof state>;

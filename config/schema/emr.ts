import { z } from "zod";
import { existingSecurityGroup, exists, orExisting } from "./existing";
import { awsId } from "./fields";
import { groupDescription, groupName } from "./security-group";

/** EMR release of the clusters. */
const releaseLabel = z.string().regex(/^emr-[4-7]\.(0|[1-9]\d?)\.(0|[1-9]\d?)$/, {
  error: "an EMR release from 4 to 7 is required, as in `emr-4.9.6`. Write the three numbers.",
});

/** Without defaults inside, as a mistake shows what was written. */
const emrSecurityGroup = z
  .strictObject({
    /**
     * Description of a group that EMR or a person created and that is imported.
     * @default - "Master group for Elastic MapReduce", "Slave group for Elastic MapReduce"
     */
    description: groupDescription.optional(),
  })
  .prefault({});

/** AWS's managed policy of `EMR_DefaultRole`. */
export const servicePolicy = z.enum(["v1", "v2"]);

/** What EMR's instances reach: their deployment's own, or, by AWS's managed policy, every bucket and more. */
export const instancePolicy = z.enum(["least-privilege", "AmazonElasticMapReduceforEC2Role"]);

/** `ElasticMapReduce-master` and `-slave`, of which a VPC has one pair. */
export const emrSecurityGroups = z.strictObject({
  /**
   * `ElasticMapReduce-master`.
   * @default {}
   */
  master: emrSecurityGroup,
  /**
   * `ElasticMapReduce-slave`.
   * @default {}
   */
  slave: emrSecurityGroup,
});

/** EMR clusters, which the pipeline starts for each task (runbook, EMR Roles and EMR Security Groups). */
export const emr = z.strictObject({
  /**
   * EMR release of the clusters (runbook: emr-4.7.2, which cannot sign for buckets made since 2020-06-24).
   * @default "emr-4.9.6"
   */
  releaseLabel: releaseLabel.default("emr-4.9.6"),
  /**
   * `EMR_DefaultRole`, `EMR_EC2_DefaultRole` and its profile, one per account: `{}` manages them, `{ existing: true }`
   * uses those of the account.
   * @default - `{ existing: true }` with `sharing: "shared-stack"`, else `{}`
   */
  roles: orExisting(exists, {}).optional(),
  /**
   * Id of a private subnet of the same VPC for the clusters, with a default route through a NAT gateway or another way out: they fetch
   * the pipeline and its packages. Hosts stay in the network's own subnet, which is public.
   * @default - the network's own subnet
   */
  subnetId: awsId("subnet", "See `aws ec2 describe-subnets`").optional(),
  /**
   * `ElasticMapReduce-master` and `-slave`, one pair per VPC: managed, or `{ existing: true }`; then this client's
   * clusters get two additional groups of its own.
   * @default - `{ existing: true }` with `sharing: "shared-stack"` or `subnetId`, else `{}`
   */
  securityGroups: orExisting(exists, emrSecurityGroups.shape).optional(),
  /**
   * `EMR RDS`, the security group of the databases, which EMR's groups reach on 3306 (runbook, EMR Security Groups).
   * @default - a group called `EMR RDS`, by `naming`
   */
  rdsSecurityGroup: orExisting(existingSecurityGroup, {
    /**
     * Name of the group.
     * @default "EMR RDS", by `naming`
     */
    name: groupName.optional(),
    /**
     * Description of the group.
     * @default "MySQL from EMR"
     */
    description: groupDescription.default("MySQL from EMR"),
  }).prefault({}),
  /**
   * AWS's managed policy of `EMR_DefaultRole`: `v1`, AmazonElasticMapReduceRole, or `v2`, AmazonEMRServicePolicy_v2,
   * which needs the tag `for-use-with-amazon-emr-managed-policies` on clusters too.
   * @default "v1"
   */
  servicePolicy: servicePolicy.default("v1"),
  /**
   * What the clusters' instances reach: the client's buckets, `grades-download` and what EMR itself needs, by a policy of the
   * client's; or, as the runbook has it, AWS's managed policy, which is `s3:*` on every bucket of the account and on the way to
   * deprecation. With existing `roles`, `least-privilege` is on a role of the client's own, `<client>-EMR_EC2_DefaultRole`.
   * @default "least-privilege"
   */
  instancePolicy: instancePolicy.default("least-privilege"),
  /**
   * Roles that Jenkins may pass to AWS services: the two EMR roles alone, or, as the runbook has it, any role.
   * @default "emr-roles"
   */
  passRole: z.enum(["emr-roles", "any"]).default("emr-roles"),
  /**
   * What EMR's EC2 role may do in Elasticsearch: read and write the client's domain, or, as the runbook has it, `es:*` on everything.
   * @default "domain"
   */
  elasticsearchAccess: z.enum(["domain", "any"]).default("domain"),
});

export type EmrSecurityGroupsFields = z.output<typeof emrSecurityGroups>;

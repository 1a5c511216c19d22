import { z } from "zod";
import { ci } from "./ci";
import { emrSecurityGroups, instancePolicy, servicePolicy } from "./emr";
import { exists, orExisting } from "./existing";
import { roleArn } from "./fields";
import { sharedNetwork } from "./network";
import { state } from "./state";
import { tags } from "./tags";

/** The fields of a shared stack's file, `clients/shared-<account>-<region>.ts`, whose name says account and region: what several clients share. */
export const sharedSchema = z.strictObject({
  /** Where the Terraform state is kept; see decision 0005. */
  state,
  /**
   * ARN of the role that Terraform assumes to deploy.
   * @default - the operator's own credentials
   */
  deployRoleArn: roleArn.optional(),
  /** Where the groups of EMR are placed, and the subnets of the clients' clusters. */
  network: sharedNetwork,
  /**
   * What EMR has once in the account and VPC.
   * @default - managed, with service policy v1
   */
  emr: z
    .strictObject({
      /**
       * The account's EMR roles: `{}` manages them, `{ existing: true }` uses those of the account, as in its second region.
       * @default {}
       */
      roles: orExisting(exists, {}).default({}),
      /**
       * `ElasticMapReduce-master` and `-slave` of the VPC.
       * @default {}
       */
      securityGroups: emrSecurityGroups.prefault({}),
      /**
       * AWS's managed policy of `EMR_DefaultRole`, as of its clients' `emr.servicePolicy`; `v2` tags the subnets of `network`.
       * @default "v1"
       */
      servicePolicy: servicePolicy.default("v1"),
      /**
       * What `EMR_EC2_DefaultRole` reaches: nothing, as clients with `least-privilege` have roles of their own; or, for clients
       * that say so too, what AWS's managed policy names.
       * @default "least-privilege"
       */
      instancePolicy: instancePolicy.default("least-privilege"),
    })
    .prefault({}),
  /**
   * What Elasticsearch has once in the account.
   * @default - nothing but the policy by which domains write their logs
   */
  elasticsearch: z
    .strictObject({
      /**
       * Manage `AWSServiceRoleForAmazonElasticsearchService`, the service-linked role that domains in a VPC need: clients'
       * `elasticsearch.vpc`.
       * @default false
       */
      serviceRole: z.boolean().default(false),
    })
    .prefault({}),
  /**
   * The CI that plans and applies, as of a client's `ci`.
   * @default - CI has no roles, and people deploy
   */
  ci: ci.optional(),
  /**
   * Tags on everything taggable, besides `Project`, `Client` and `ManagedBy`.
   * @default {}
   */
  tags: tags.default({}),
  /**
   * Stop every plan that would destroy what the clients share.
   * @default true
   */
  protected: z.boolean().default(true),
});

/** What an operator writes for a shared stack. */
export type SharedStackInput = z.input<typeof sharedSchema>;
/** The fields of a shared stack's file with the defaults of single fields; `SharedStack` is complete. */
export type SharedStackFields = z.output<typeof sharedSchema>;

import { z } from "zod";
import { awsId, existingBucketName, integer, missing, mysqlUser, principalArn } from "./fields";

/** The bucket of `EDXAPP_GRADE_BUCKET`, which the edxapp side owns (runbook, `grades-download` Permissions). */
const gradesBucket = z.strictObject({
  /** Name of the bucket. */
  name: existingBucketName,
  /**
   * How the edxapp user gets to read `grades-download/*`. A bucket has one policy, and writing it replaces the whole.
   * - `new-policy`: the bucket has no policy; this client owns it from now on
   * - `merge-policy`: the bucket has a policy; its statements are kept, and the client's statement is added
   * - `leave-policy`: the client's statement is removed, other statements are kept; the step between `merge-policy` and the last two
   * - `user-policy`: a policy on the edxapp user or role, in this account; the bucket is not touched
   * - `print`: nothing is changed, the statement for the bucket's owner is an output
   */
  access: z.enum(["new-policy", "merge-policy", "leave-policy", "user-policy", "print"]),
});

/** The existing edxapp RDS, which the pipeline reads (runbook, EMR Security Groups and RDS). */
const edxappDatabase = z
  .strictObject({
    /**
     * Identifier of the RDS instance, in this account and region; its address, port and groups are looked up.
     * @default - `address` is used
     */
    identifier: z
      .string()
      .regex(/^[a-z](?!.*--)[a-z0-9-]{0,61}[a-z0-9]$/, {
        error: "an RDS identifier is required, as in `edxapp`. See `aws rds describe-db-instances`.",
      })
      .optional(),
    /**
     * Host name of the server, without port.
     * @default - looked up by `identifier`
     */
    address: z
      .hostname({ error: "a host name without port and scheme is required. Put the port into `port`." })
      .refine((name) => !/^(.*\.)?localhost(\.localdomain)?\.?$|^(0|127)\./i.test(name), {
        error: "each EMR cluster would call itself. Name the server as they reach it, as in `mysql.example.org`.",
      })
      .optional(),
    /**
     * Port of the server at `address`.
     * @default 3306
     */
    port: integer({ min: 1, max: 65535 }, "MySQL's port is 3306").default(3306),
    /**
     * Ids of the security groups of the server at `address`, the whole list.
     * @default - looked up by `identifier`
     */
    securityGroupIds: z
      .array(awsId("sg", "See `aws rds describe-db-instances`"))
      .min(1, {
        error: "one group or more is required. Copy the server's whole list.",
      })
      .optional(),
    /**
     * Id of the one group that gets the ingress rules.
     * @default - the server's only group; required where it has several
     */
    ruleSecurityGroupId: awsId("sg", "Name one of the server's groups").optional(),
    /** MySQL user of edxapp, which the migration user on the analytics server is named after (runbook, Create migration user). */
    user: mysqlUser,
    /**
     * How the EMR clusters get to reach it.
     * - `group-rules`: ingress rules from EMR's groups on the server's own group
     * - `cidr-rules`: an ingress rule from the EMR subnet's range, for a server in another VPC
     * - `print`: nothing is changed; the command that adds `EMR RDS` to the server's groups is an output, as it is either way
     */
    access: z.enum(["group-rules", "cidr-rules", "print"]),
  })
  .superRefine(({ identifier, address, securityGroupIds }, context) => {
    if (identifier === undefined && address === undefined) {
      missing(context, "identifier", "the server is named by it, or by `address` with `securityGroupIds`. Set one.");
    } else if (identifier === undefined && securityGroupIds === undefined) {
      missing(context, "securityGroupIds", "beside `address` it is required. Copy the server's whole list.");
    }
  });

/** The Open edX side that exists before analytics (runbook, Prerequisites). */
export const edxapp = z.strictObject({
  /** ARN of the IAM user or role whose keys are `EDXAPP_AWS_ACCESS_KEY_ID`, which reads `grades-download`. */
  userArn: principalArn,
  /** The bucket of `EDXAPP_GRADE_BUCKET`, which the edxapp side owns (runbook, `grades-download` Permissions). */
  gradesBucket,
  /** The existing edxapp RDS, which the pipeline reads (runbook, EMR Security Groups and RDS). */
  database: edxappDatabase,
});

export type EdxappFields = z.output<typeof edxapp>;

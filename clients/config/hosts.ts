import { z } from "zod";
import { additionalSecurityGroupIds, awsId, cidr, exactlyOne, iterationKey, missing, publicKey, whole } from "./fields";
import { keyPairName } from "./names";

/** EC2 key pair: made from a public key, or one that is there already. */
const keyPair = exactlyOne({
  /**
   * OpenSSH public key, one line; the private key stays with the operator.
   * @default - `existing` is used
   */
  publicKey: publicKey.optional(),
  /**
   * Name of a key pair of the region that is there already.
   * @default - `publicKey` is used
   */
  existing: keyPairName.optional(),
});

const ami = awsId("ami", "See `aws ec2 describe-images`").optional();

const instanceType = z
  .string()
  .regex(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, {
    error: "an EC2 instance type is required, as in `t3.medium`. See `aws ec2 describe-instance-types`.",
  })
  // Graviton's families have a g behind their number: t4g, c7gn.
  .regex(/^(?!a1\.|[a-z]+\d+g[a-z]*\.)/, {
    error: "Graviton runs arm64, and the images are amd64. Choose a type of Intel's or AMD's, as in `t3.medium`.",
  });

const hostIteration = z.strictObject({
  /**
   * `single`: one host for Insights, the Analytics API and Jenkins. `separate`: a host for each of them; the Elastic IP
   * is on Insights, the `edxanalytics` role on Jenkins (runbook, AWS Resources: "you may create a separate EC2").
   * @default "single"
   */
  layout: z.enum(["single", "separate"]).default("single"),
  /**
   * EC2 instance type (runbook: t2.medium).
   * @default "t3.medium"
   */
  instanceType: instanceType.default("t3.medium"),
  /**
   * Root disk, GiB (runbook, EC2: 50).
   * @default 50
   */
  diskGiB: whole(8, 16384, "Set the size of the root disk in GiB, 50 in the runbook").default(50),
  /**
   * Root disk's EBS type.
   * @default "gp3"
   */
  diskType: z.enum(["gp2", "gp3"]).default("gp3"),
  /**
   * Root disk's encryption with the account's EBS key; a host cannot change it later.
   * @default true
   */
  diskEncrypted: z.boolean().default(true),
  /**
   * Ids of security groups that are there already, and that the hosts are in besides `analytics`.
   * @default []
   */
  additionalSecurityGroupIds,
  /**
   * Image id; record it once the looked-up image is deprecated, so that its removal breaks no plan.
   * @default - Canonical's newest image of the release's Ubuntu, looked up when the host is made and never followed
   */
  ami,
  /**
   * Stop every plan that would destroy these hosts, and turn termination protection on.
   * @default - the client's `protected`
   */
  protected: z.boolean().optional(),
});

/** The EC2 hosts of Insights, the Analytics API and Jenkins (runbook, EC2). */
export const hosts = z.strictObject({
  /** Key pair of the hosts and of the EMR clusters, `analytics` in the runbook. */
  keyPair,
  /**
   * Iteration that has the Elastic IP.
   * @default "1"
   */
  active: iterationKey.default("1"),
  /**
   * The hosts by iteration, N of the `Name` tag `analytics-N`. A replacement is a new iteration; see docs/operations.md.
   * @default - iteration "1" with defaults
   */
  iterations: z.record(iterationKey, hostIteration).default({ "1": hostIteration.parse({}) }),
  /**
   * Keys of iterations that are gone. One that merely disappeared from `iterations` is a mistake, so that a lost line
   * destroys nothing, and a key is not used twice.
   * @default []
   */
  retired: z.array(iterationKey).default([]),
  /**
   * IPv4 ranges that reach Insights on 80 and 443 (runbook, Analytics Security Group: anywhere).
   * @default ["0.0.0.0/0"]
   */
  webFrom: z
    .array(cidr)
    .min(1, { error: "one range or more is required. Name who may see Insights." })
    .default(["0.0.0.0/0"]),
  /**
   * Stop every plan that would give the Elastic IP back.
   * @default - the client's `protected`
   */
  protectedAddress: z.boolean().optional(),
});

/** The host that Ansible is run from (runbook, Director EC2): one that is there, or a new one. */
export const director = z
  .strictObject({
    /**
     * Id of the `director` security group of the director that is there already.
     * @default - a director is made
     */
    existingSecurityGroupId: awsId("sg", "See `aws ec2 describe-security-groups`").optional(),
    /**
     * Key pair of a new director, its own (runbook, General Security Considerations).
     * @default - none; required for a new director
     */
    keyPair: keyPair.optional(),
    /**
     * IPv4 ranges that may SSH to a new director; the runbook says anywhere, `["0.0.0.0/0"]`.
     * @default - none; required for a new director
     */
    sshFrom: z
      .array(cidr)
      .min(1, { error: "one range or more is required. Name who may SSH to the director." })
      .optional(),
    /**
     * EC2 instance type of a new director (runbook: t2.micro).
     * @default "t3.micro"
     */
    instanceType: instanceType.default("t3.micro"),
    /**
     * Root disk of a new director, GiB (runbook: 8).
     * @default 8
     */
    diskGiB: whole(8, 16384, "Set the size of the root disk in GiB, 8 in the runbook").default(8),
    /**
     * Root disk's EBS type.
     * @default "gp3"
     */
    diskType: z.enum(["gp2", "gp3"]).default("gp3"),
    /**
     * Root disk's encryption with the account's EBS key; a director cannot change it later.
     * @default true
     */
    diskEncrypted: z.boolean().default(true),
    /**
     * Ids of security groups that are there already, and that a new director is in besides `director`.
     * @default []
     */
    additionalSecurityGroupIds,
    /**
     * Image id of a new director.
     * @default - Canonical's newest image of the release's Ubuntu, looked up when the director is made
     */
    ami,
    /**
     * Give a new director a role that reads the passwords of the MySQL users that it makes, for the script of
     * `npx edx-analytics sql`: who may log in there gets to read them too.
     * @default false
     */
    readsMysqlPasswords: z.boolean().default(false),
    /**
     * Stop every plan that would destroy a new director, and turn termination protection on.
     * @default - the client's `protected`
     */
    protected: z.boolean().optional(),
  })
  .superRefine(({ existingSecurityGroupId, ...created }, context) => {
    if (existingSecurityGroupId === undefined) {
      for (const field of (["keyPair", "sshFrom"] as const).filter((name) => created[name] === undefined)) {
        missing(
          context,
          field,
          "a new director needs it, and there is no safe default. Add it, or name a director that is there by `existingSecurityGroupId`.",
        );
      }
    }
  });

export type KeyPairConfig = z.output<typeof keyPair>;
export type HostIterationConfig = z.output<typeof hostIteration>;
export type HostsConfig = z.output<typeof hosts>;
export type DirectorConfig = z.output<typeof director>;

import { z } from "zod";
import { backups } from "./backups";
import { existingSecurityGroup, orExisting } from "./existing";
import { additionalSecurityGroupIds, integer, iterationKey } from "./fields";
import { ami, instanceType, keyPair } from "./host";
import { rangesOfBothKinds } from "./ipv6";
import { kmsKeyId } from "./kms-key";
import { limits } from "./limits";
import { resourceName } from "./resource-name";
import { groupDescription, groupName } from "./security-group";

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
   * Root volume, GiB (runbook, EC2: 50).
   * @default 50
   */
  diskGiB: integer(limits.rootVolumeGiB, "Set the size of the root volume in GiB, 50 in the runbook").default(50),
  /**
   * EBS type of the root volume.
   * @default "gp3"
   */
  diskType: z.enum(["gp2", "gp3"]).default("gp3"),
  /**
   * Encryption of the root volume with the account's EBS key; a host cannot change it later.
   * @default true
   */
  diskEncrypted: z.boolean().default(true),
  /**
   * ARN of the KMS key that the root volume is encrypted with, and its snapshots; a host cannot change it later. docs/encryption.md.
   * @default - the account's EBS key, `aws/ebs` unless somebody set another
   */
  kmsKeyId: kmsKeyId.optional(),
  /**
   * Ids of existing security groups that the hosts are in besides `hosts.securityGroup`.
   * @default []
   */
  additionalSecurityGroupIds,
  /**
   * Image id; record it once the looked-up image is deprecated, so that its removal breaks no plan.
   * @default - Canonical's newest image of the release's Ubuntu, looked up when the host is created and never followed
   */
  ami: ami.optional(),
  /**
   * Stop every plan that would destroy these hosts, and turn termination protection on.
   * @default - the client's `protected`
   */
  protected: z.boolean().optional(),
});

/** The EC2 hosts of Insights, the Analytics API and Jenkins (runbook, EC2). */
export const hosts = z.strictObject({
  /**
   * Key pair of the hosts and of the EMR clusters, `analytics` in the runbook. Jenkins logs in to the clusters with its private key, and
   * its SSH agent reads RSA keys in PEM's form, no ed25519 keys: `ssh-keygen -t rsa -b 4096 -m PEM -N ''`.
   */
  keyPair,
  /**
   * `Name` tag of the hosts, before `-N`, N being the iteration.
   * @default "analytics", by `naming`
   */
  name: resourceName("ec2").optional(),
  /**
   * Security group of the hosts (runbook, Analytics Security Group). The rules of an existing one are its owner's: it
   * lets the director in on 22 and everybody who may see Insights on 80 and 443.
   * @default - a group called `analytics`, by `naming`, that anywhere reaches on 80 and 443
   */
  securityGroup: orExisting(existingSecurityGroup, {
    /**
     * Name of the group.
     * @default "analytics", by `naming`
     */
    name: groupName.optional(),
    /**
     * Description of the group.
     * @default "Insights, Analytics API and Jenkins"
     */
    description: groupDescription.default("Insights, Analytics API and Jenkins"),
    /**
     * Ranges that reach Insights on 80 and 443 (runbook, Analytics Security Group: anywhere): of IPv4, and with `tls.ipv6` of IPv6 too,
     * as in `::/0`.
     * @default ["0.0.0.0/0"]
     */
    webFrom: rangesOfBothKinds("see Insights").default(["0.0.0.0/0"]),
  }).prefault({}),
  /**
   * Security groups of the Analytics API's and Jenkins' hosts in the layout `separate`. `own`: one for each, which the world does
   * not reach: the API is reached from Insights' host alone, Jenkins from the director. `common`: `securityGroup`, as in the
   * runbook; whoever reaches Insights on 80 and 443 reaches these ports of theirs too.
   * @default "own"
   */
  serviceGroups: z.enum(["own", "common"]).default("own"),
  /**
   * Security group of the Analytics API's hosts, with `serviceGroups: "own"`.
   * @default - a group called `analytics-api`, by `naming`
   */
  apiSecurityGroup: z
    .strictObject({
      /**
       * Name of the group.
       * @default "analytics-api", by `naming`
       */
      name: groupName.optional(),
      /**
       * Description of the group.
       * @default "Analytics API"
       */
      description: groupDescription.default("Analytics API"),
    })
    .prefault({}),
  /**
   * Security group of Jenkins' hosts, with `serviceGroups: "own"`.
   * @default - a group called `analytics-jenkins`, by `naming`
   */
  jenkinsSecurityGroup: z
    .strictObject({
      /**
       * Name of the group.
       * @default "analytics-jenkins", by `naming`
       */
      name: groupName.optional(),
      /**
       * Description of the group.
       * @default "Jenkins"
       */
      description: groupDescription.default("Jenkins"),
    })
    .prefault({}),
  /**
   * Role of the host that Jenkins runs on, which launches and terminates EMR clusters (runbook, Provision EMR Clusters).
   * @default - a role called `edxanalytics` with the policy `provision_emr_clusters`, by `naming`
   */
  role: z
    .strictObject({
      /**
       * Name of the role and its instance profile.
       * @default "edxanalytics", by `naming`
       */
      name: resourceName("iam").optional(),
      /**
       * Name of its managed policy.
       * @default "provision_emr_clusters", by `naming`
       */
      policyName: resourceName("iam").optional(),
    })
    .default({}),
  /**
   * Iteration that has the Elastic IP.
   * @default "1"
   */
  active: iterationKey.default("1"),
  /**
   * The hosts by iteration, N of the `Name` tag `analytics-N`. A replacement is a new iteration; see docs/operations.md.
   * @default - iteration "1" with defaults
   */
  iterations: z.record(iterationKey, hostIteration).prefault({ "1": {} }),
  /**
   * Keys of iterations that were removed. One that merely disappeared from `iterations` is a mistake, so that a lost line
   * destroys nothing, and a key is not used twice.
   * @default []
   */
  retired: z.array(iterationKey).default([]),
  /**
   * Daily snapshots of the hosts that Jenkins is on, which hold its jobs' history; docs/operations.md has the way back.
   * @default - none
   */
  backups: backups.optional(),
  /**
   * Stop every plan that would release the Elastic IP.
   * @default - the client's `protected`
   */
  protectedAddress: z.boolean().optional(),
});

export type HostIterationFields = z.output<typeof hostIteration>;

/** Whether the API's and Jenkins' hosts have security groups of their own. */
export function hasServiceGroups({ serviceGroups, iterations }: HostsFields): boolean {
  return serviceGroups === "own" && Object.values(iterations).some(({ layout }) => layout === "separate");
}

type HostsFields = Pick<z.output<typeof hosts>, "serviceGroups" | "iterations">;

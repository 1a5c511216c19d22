import { z } from "zod";
import type { Existing } from "../existing";
import { existingSecurityGroup, orExisting } from "./existing";
import { additionalSecurityGroupIds, integer, rangesOrNone } from "./fields";
import { ami, instanceType, keyPair } from "./host";
import { kmsKeyId } from "./kms-key";
import { limits } from "./limits";
import { resourceName } from "./resource-name";
import { groupDescription, groupName } from "./security-group";

/** The host that Ansible is run from (runbook, Director EC2): a new one, or the security group of an existing one. */
export const director = orExisting(existingSecurityGroup, {
  /** Key pair of a new director, its own (runbook, General Security Considerations). */
  keyPair,
  /** IPv4 ranges that may SSH to a new director; the runbook says anywhere, `["0.0.0.0/0"]`. None, `[]`, with `sessionManager` alone. */
  sshFrom: rangesOrNone("SSH to the director"),
  /**
   * `Name` tag of a new director.
   * @default "director", by `naming`
   */
  name: resourceName("ec2").optional(),
  /**
   * Security group of a new director.
   * @default - a group called `director`, by `naming`
   */
  securityGroup: z
    .strictObject({
      /**
       * Name of the group.
       * @default "director", by `naming`
       */
      name: groupName.optional(),
      /**
       * Description of the group.
       * @default "Ansible director"
       */
      description: groupDescription.default("Ansible director"),
    })
    .prefault({}),
  /**
   * EC2 instance type of a new director (runbook: t2.micro).
   * @default "t3.micro"
   */
  instanceType: instanceType.default("t3.micro"),
  /**
   * Root volume of a new director, GiB (runbook: 8).
   * @default 8
   */
  diskGiB: integer(limits.rootVolumeGiB, "Set the size of the root volume in GiB, 8 in the runbook").default(8),
  /**
   * EBS type of the root volume.
   * @default "gp3"
   */
  diskType: z.enum(["gp2", "gp3"]).default("gp3"),
  /**
   * Encryption of the root volume with the account's EBS key; a director cannot change it later.
   * @default true
   */
  diskEncrypted: z.boolean().default(true),
  /**
   * ARN of the KMS key that the root volume is encrypted with, and its snapshots; a director cannot change it later. docs/encryption.md.
   * @default - the account's EBS key, `aws/ebs` unless somebody set another
   */
  kmsKeyId: kmsKeyId.optional(),
  /**
   * Ids of existing security groups that a new director is in besides its own.
   * @default []
   */
  additionalSecurityGroupIds,
  /**
   * Image id of a new director.
   * @default - Canonical's newest image of the release's Ubuntu, looked up when the director is created
   */
  ami: ami.optional(),
  /**
   * What a new director does at its first boot. `upgrade`: upgrades all packages. `install`: also installs what `RUN.md` would have the
   * operator type: packages, and Ansible as edx/configuration of the release pins it. A change changes no director that exists.
   * @default "upgrade"
   */
  firstBoot: z.enum(["upgrade", "install"]).default("upgrade"),
  /**
   * A role for a new director that reads the passwords of the MySQL users, for the script of `npx edx-analytics sql`: who
   * may log in there gets to read them too.
   * @default - none
   */
  passwordReader: z
    .strictObject({
      /**
       * Name of the role and its instance profile.
       * @default "director", by `naming`
       */
      roleName: resourceName("iam").optional(),
    })
    .optional(),
  /**
   * Stop every plan that would destroy a new director, and turn termination protection on.
   * @default - the client's `protected`
   */
  protected: z.boolean().optional(),
});

/** Those of a new one. */
export type NewDirectorFields = Exclude<z.output<typeof director>, Existing>;

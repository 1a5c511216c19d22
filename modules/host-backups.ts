import { DlmLifecyclePolicy } from "@cdktf/provider-aws/lib/dlm-lifecycle-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { keysOfVolumes } from "./kms-key";
import { PolicyDocument, trustService } from "./policy-document";

export interface HostBackupsProps {
  /** Name of the role that makes and deletes the snapshots. */
  readonly roleName: string;
  /** The tag that the hosts to back up have, and no others of the account. */
  readonly targetTags: Readonly<Record<string, string>>;
  /** Tags of the snapshots, besides `Name`, which is the instance's id. */
  readonly snapshotTags: Readonly<Record<string, string>>;
  /** AWS account of everything. */
  readonly accountId: string;
  /**
   * Days that a snapshot is kept.
   * @default 14
   */
  readonly retentionDays?: number;
  /**
   * Hour of the day in which they are made, UTC.
   * @default 2
   */
  readonly hourUtc?: number;
  /**
   * ARNs of the KMS keys that the hosts' volumes are encrypted with, which the role has to be allowed.
   * @default - AWS's own, which it is
   */
  readonly kmsKeyIds?: readonly string[];
}

/** AWS's policy for the role of Data Lifecycle Manager. */
export const backupPolicyArn = "arn:aws:iam::aws:policy/service-role/AWSDataLifecycleManagerServiceRole";

/**
 * Daily snapshots of hosts' volumes by Data Lifecycle Manager. It finds the instances by their tag, not the volumes: Terraform
 * changes a tag of an instance in place, and a volume that somebody attaches later is in the next snapshots. Those of one
 * instance are made at the same point in time.
 */
export class HostBackups extends Construct {
  constructor(scope: Construct, id: string, props: HostBackupsProps) {
    super(scope, id);
    const { roleName, retentionDays = 14, hourUtc = 2 } = props;
    const role = new IamRole(this, "Role", {
      name: roleName,
      description: "Makes and deletes snapshots of hosts",
      assumeRolePolicy: new PolicyDocument(this, "trust", {
        statements: [
          trustService("dlm.amazonaws.com", [
            { test: "StringEquals", variable: "aws:SourceAccount", values: [props.accountId] },
          ]),
        ],
      }).json,
    });
    const attachment = new IamRolePolicyAttachment(this, "Attachment", { role: role.name, policyArn: backupPolicyArn });
    const statements = keysOfVolumes(props.kmsKeyIds ?? []);
    // https://docs.aws.amazon.com/ebs/latest/userguide/dlm-prerequisites.html: AWS's policy has no keys.
    const keys =
      statements.length > 0
        ? [
            new IamRolePolicy(this, "Keys", {
              name: "kms-keys-of-volumes",
              role: role.name,
              policy: new PolicyDocument(this, "keys", { statements }).json,
            }),
          ]
        : [];
    new DlmLifecyclePolicy(this, "Policy", {
      description: `Daily snapshots by ${roleName}`,
      executionRoleArn: role.arn,
      state: "ENABLED",
      policyDetails: {
        resourceTypes: ["INSTANCE"],
        targetTags: { ...props.targetTags },
        schedule: [
          {
            // Snapshots of another name would never be deleted.
            name: "daily",
            createRule: { interval: 24, intervalUnit: "HOURS", times: [`${String(hourUtc).padStart(2, "0")}:00`] },
            retainRule: { interval: retentionDays, intervalUnit: "DAYS" },
            tagsToAdd: { ...props.snapshotTags },
            variableTags: { Name: "$(instance-id)" },
          },
        ],
      },
      dependsOn: [attachment, ...keys],
    });
  }
}

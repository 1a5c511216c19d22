import type { Condition, Statement } from "../modules/policy-document";
import { allow, iamArn } from "./ci-plan-permissions";
import type { CiScope } from "./ci-scope";

/** What CI's roles do with the snapshots of hosts, where the client file has `hosts.backups`. */

export function backupReads(scope: CiScope): Statement[] {
  return scope.backupsRole === undefined
    ? []
    : [allow(["dlm:GetLifecyclePolicy", "dlm:ListTagsForResource"], [policies(scope)])];
}

export function backupChanges(scope: CiScope): Statement[] {
  const { name: client, backupsRole, own } = scope;
  const is = (test: string, variable: string, value: string): Condition => ({ test, variable, values: [value] });
  return backupsRole === undefined
    ? []
    : [
        allow(["dlm:CreateLifecyclePolicy"], ["*"], [is("StringEquals", "aws:RequestTag/Client", client)]),
        // A new one has no tags yet, and one of another client has that client's.
        allow(["dlm:TagResource"], [policies(scope)], [is("StringEqualsIfExists", "aws:ResourceTag/Client", client)]),
        allow(["dlm:DeleteLifecyclePolicy", "dlm:UntagResource", "dlm:UpdateLifecyclePolicy"], [policies(scope)], own),
        allow(
          ["iam:PassRole"],
          [iamArn(scope, "role")(backupsRole)],
          [is("StringEquals", "iam:PassedToService", "dlm.amazonaws.com")],
        ),
      ];
}

/** The most that the role of Data Lifecycle Manager may do, besides what describes: AWS's policy is of all hosts. */
export function backupsBoundary(scope: CiScope): Statement[] {
  const { region, accountId, backupsRole, own } = scope;
  return backupsRole === undefined
    ? []
    : [
        allow(["ec2:CreateSnapshots"], [`arn:aws:ec2:${region}:${accountId}:instance/*`], own),
        // The volumes of those instances, which may have no tags: nothing but an instance says which.
        allow(["ec2:CreateSnapshots"], [`arn:aws:ec2:${region}:${accountId}:volume/*`, snapshots(scope)]),
        allow(["ec2:CreateTags"], [snapshots(scope)]),
        // AWS gives this tag to what Data Lifecycle Manager has created, and no caller can.
        allow(
          ["ec2:DeleteSnapshot"],
          [snapshots(scope)],
          [{ test: "Null", variable: "aws:ResourceTag/aws:dlm:lifecycle-policy-id", values: ["false"] }],
        ),
        // EBS asks for the key of an encrypted volume in the name of the caller.
        allow(
          [
            "kms:CreateGrant",
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:ReEncrypt*",
          ],
          [`arn:aws:kms:${region}:${accountId}:key/*`],
          [{ test: "StringEquals", variable: "kms:ViaService", values: [`ec2.${region}.amazonaws.com`] }],
        ),
      ];
}

/** Snapshots are in no account's ARN. */
export function snapshots({ region }: Pick<CiScope, "region">): string {
  return `arn:aws:ec2:${region}::snapshot/*`;
}

function policies({ region, accountId }: CiScope): string {
  return `arn:aws:dlm:${region}:${accountId}:policy/*`;
}

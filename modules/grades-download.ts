import { DataAwsS3BucketPolicy } from "@cdktf/provider-aws/lib/data-aws-s3-bucket-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import type { EdxappConfig } from "../clients/config/edxapp";
import { ClientStack } from "./shared/client-stack";
import { PolicyDocument, type Statement } from "./shared/policies";

export interface GradesDownloadProps {
  readonly client: string;
  readonly bucket: EdxappConfig["gradesBucket"];
  /** ARN of the edxapp user or role that reads the downloads. */
  readonly userArn: string;
}

/**
 * Lets edxapp read what the pipeline puts into `grades-download` of its bucket (runbook, `grades-download`
 * Permissions). The bucket is somebody else's, and has one policy: see docs/operations.md before changing `access`.
 */
export class GradesDownload extends Construct {
  /** The statement as JSON, for a bucket's owner who adds it by hand. */
  readonly bucketPolicyJson: string;
  /** Address of a policy that is ours as a whole. */
  private readonly own = `aws_s3_bucket_policy.${this.node.id.replaceAll("-", "_")}`;
  /** Address of a policy that has foreign statements beside ours. */
  private readonly merged = `${this.own}_merged`;

  constructor(scope: Construct, id: string, props: GradesDownloadProps) {
    super(scope, id);
    const { bucket, userArn } = props;
    const sid = statementId(props.client);
    const read: Statement = {
      effect: "Allow",
      actions: ["s3:GetObject"],
      resources: [`arn:aws:s3:::${bucket.name}/grades-download/*`],
    };
    const document = new PolicyDocument(this, "Statements", {
      version: "2008-10-17",
      statements: [{ ...read, sid, principals: [{ type: "AWS", identifiers: [userArn] }] }],
    });
    this.bucketPolicyJson = document.json;

    switch (bucket.access) {
      case "new-policy":
        new S3BucketPolicy(this, "Policy", { bucket: bucket.name, policy: document.json });
        this.move({ from: this.merged, to: this.own });
        break;
      case "merge-policy":
        this.merge(bucket.name, sid, document);
        this.move({ from: this.own, to: this.merged });
        break;
      case "leave-policy":
        this.merge(bucket.name, sid);
        this.move({ from: this.own, to: this.merged });
        break;
      case "user-policy":
        this.userPolicy(`${props.client}-grades-download`, userArn, read);
        break;
      case "print":
        break;
    }
    if (bucket.access === "user-policy" || bucket.access === "print") {
      this.forgetMergedPolicy();
    }
  }

  /**
   * The bucket's policy with our statement in the place of its former self, or without it. Not with
   * `source_policy_documents`, which loses what it does not know: facts 3.4.
   */
  private merge(bucket: string, sid: string, ours?: PolicyDocument): void {
    const existing = new DataAwsS3BucketPolicy(this, "existing", { bucket });
    const policy = new TerraformLocal(this, "existing-policy", `\${jsondecode(${existing.fqn}.policy)}`);
    const foreign = new TerraformLocal(
      this,
      "foreign-statements",
      `\${[for statement in flatten([${policy.fqn}.Statement]) : statement if try(statement.Sid, "") != "${sid}"]}`,
    );
    const statements = ours ? `concat(${foreign.fqn}, jsondecode(${ours.fqn}.json).Statement)` : `${foreign.fqn}`;
    new S3BucketPolicy(this, "merged", {
      bucket,
      policy: `\${jsonencode(merge(${policy.fqn}, {Statement = ${statements}}))}`,
      lifecycle: {
        // Destroying it would remove the foreign statements too; leaving it takes `leave-policy` first.
        preventDestroy: true,
        precondition: ours
          ? undefined
          : [
              {
                condition: `\${length(${foreign.fqn}) > 0}`,
                errorMessage: `The policy of bucket ${bucket} has no statement but ours, and S3 takes no empty policy. Set \`edxapp.gradesBucket.access\` to "new-policy", deploy, then to what you want.`,
              },
            ],
      },
    });
  }

  private userPolicy(name: string, userArn: string, read: Statement): void {
    const policy = new PolicyDocument(this, "user-statements", { statements: [read] }).json;
    const principal = userArn.split("/").at(-1) as string;
    if (userArn.includes(":user/")) {
      new IamUserPolicy(this, "UserPolicy", { name, user: principal, policy });
    } else {
      new IamRolePolicy(this, "RolePolicy", { name, role: principal, policy });
    }
  }

  /** A bucket has one policy: as two resources, the end of one would delete what the other has just written. */
  private move(addresses: { readonly from: string; readonly to: string }): void {
    ClientStack.of(this).addOverride("moved", [addresses]);
  }

  /** The state forgets a merged policy that is not wanted any more, and the bucket keeps it. */
  private forgetMergedPolicy(): void {
    ClientStack.of(this).forget([this.merged]);
  }
}

/** The `Sid` that tells our statement from foreign ones: letters and digits, as IAM wants. */
export function statementId(client: string): string {
  const words = client.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `EdxAnalyticsGradesDownload${words.join("")}`;
}

import { DataAwsS3BucketPolicy } from "@cdktf/provider-aws/lib/data-aws-s3-bucket-policy";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { TerraformLocal, Token } from "cdktf";
import { Construct } from "constructs";
import { addressBelow } from "./address";
import type { IPrincipal } from "./interfaces";
import { PolicyDocument, type Statement } from "./policy-document";
import { moveInState, removeFromState } from "./state";

export interface GradesDownloadProps {
  /** Name of edxapp's bucket, which exists. */
  readonly bucketName: string;
  /** The edxapp user or role that reads the downloads. */
  readonly reader: IPrincipal;
  /**
   * How it gets to. A bucket has one policy, and writing it replaces the whole.
   * - `new-policy`: the bucket has no policy; this construct owns it from now on
   * - `merge-policy`: the bucket has a policy, whose statements are kept beside this one
   * - `leave-policy`: the statement is removed, the others stay; the step between `merge-policy` and the last two
   * - `user-policy`: a policy on the reader, which is given by a literal ARN of this account; the bucket is not touched
   * - `print`: nothing is changed; `bucketPolicyJson` is for the bucket's owner
   */
  readonly access: "new-policy" | "merge-policy" | "leave-policy" | "user-policy" | "print";
  /**
   * `Sid` that tells the statement from others in the bucket's policy, letters and digits; another one for each
   * deployment that shares the bucket.
   * @default "EdxAnalyticsGradesDownload"
   */
  readonly statementId?: string;
  /**
   * Name of the reader's policy with `user-policy`.
   * @default "grades-download"
   */
  readonly userPolicyName?: string;
  /**
   * How errors call `access`, as where a file of settings has it.
   * @default "access"
   */
  readonly accessField?: string;
}

/**
 * Lets edxapp read what the pipeline puts into `grades-download` of its bucket (runbook, `grades-download`
 * Permissions). The bucket is not managed by this stack, and has one policy: see docs/operations.md before changing `access`.
 */
export class GradesDownload extends Construct {
  /** The statement as JSON, for a bucket's owner who adds it by hand. */
  readonly bucketPolicyJson: string;

  constructor(scope: Construct, id: string, props: GradesDownloadProps) {
    super(scope, id);
    const { bucketName: bucket, reader, access, statementId: sid = "EdxAnalyticsGradesDownload" } = props;
    const read: Statement = {
      effect: "Allow",
      actions: ["s3:GetObject"],
      resources: [`arn:aws:s3:::${bucket}/grades-download/*`],
    };
    const document = new PolicyDocument(this, "Statements", {
      version: "2008-10-17",
      statements: [{ ...read, sid, principals: [{ type: "AWS", identifiers: [reader.arn] }] }],
    });
    this.bucketPolicyJson = document.json;

    // A bucket has one policy: as two resources, the end of one would delete what the other has just written.
    const own = addressBelow(this, S3BucketPolicy.tfResourceType, "Policy");
    const merged = addressBelow(this, S3BucketPolicy.tfResourceType, "merged");
    switch (access) {
      case "new-policy":
        new S3BucketPolicy(this, "Policy", { bucket, policy: document.json });
        moveInState(this, merged, own);
        break;
      case "merge-policy":
        this.merge(props, sid, document);
        moveInState(this, own, merged);
        break;
      case "leave-policy":
        this.merge(props, sid);
        moveInState(this, own, merged);
        break;
      case "user-policy":
        this.userPolicy(props, read);
        removeFromState(this, [merged]);
        break;
      case "print":
        removeFromState(this, [merged]);
        break;
    }
  }

  /**
   * The bucket's policy with our statement in the place of its former self, or without it. Not with
   * `source_policy_documents`, which drops what the provider does not know of a statement.
   */
  private merge(props: GradesDownloadProps, sid: string, own?: PolicyDocument): void {
    const { bucketName: bucket, accessField = "access" } = props;
    const existing = new DataAwsS3BucketPolicy(this, "existing", { bucket });
    const policy = new TerraformLocal(this, "existing-policy", `\${jsondecode(${existing.fqn}.policy)}`);
    const foreign = new TerraformLocal(
      this,
      "foreign-statements",
      `\${[for statement in flatten([${policy.fqn}.Statement]) : statement if try(statement.Sid, "") != "${sid}"]}`,
    );
    const statements = own ? `concat(${foreign.fqn}, jsondecode(${own.fqn}.json).Statement)` : `${foreign.fqn}`;
    new S3BucketPolicy(this, "merged", {
      bucket,
      policy: `\${jsonencode(merge(${policy.fqn}, {Statement = ${statements}}))}`,
      lifecycle: {
        // Destroying it would remove the foreign statements too; leaving it takes `leave-policy` first.
        preventDestroy: true,
        precondition: own
          ? undefined
          : [
              {
                condition: `\${length(${foreign.fqn}) > 0}`,
                errorMessage: `The policy of bucket ${bucket} has no statement but this stack's, and S3 takes no empty policy. Set \`${accessField}\` to "new-policy", deploy, then to the value that you need.`,
              },
            ],
      },
    });
  }

  private userPolicy({ reader: { arn }, userPolicyName }: GradesDownloadProps, read: Statement): void {
    if (Token.isUnresolved(arn)) {
      throw new Error(
        `${this.node.path}: the ARN of \`reader\` is known after apply only. Give it as text, as in "arn:aws:iam::123456789012:user/edxapp", or take another \`access\`.`,
      );
    }
    const name = userPolicyName ?? "grades-download";
    const policy = new PolicyDocument(this, "user-statements", { statements: [read] }).json;
    const principal = arn.split("/").at(-1) as string;
    if (arn.includes(":user/")) {
      new IamUserPolicy(this, "UserPolicy", { name, user: principal, policy });
    } else {
      new IamRolePolicy(this, "RolePolicy", { name, role: principal, policy });
    }
  }
}

import { IamAccessKey } from "@cdktf/provider-aws/lib/iam-access-key";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy";
import { Construct } from "constructs";
import type { IBucket } from "./interfaces";
import { keysOfBuckets } from "./kms-key";
import { PolicyDocument } from "./policy-document";

export interface ReportsUserProps {
  /** Name of the user, `analytics_reports` in the runbook. */
  readonly userName: string;
  /** Bucket of the reports, which it reads. */
  readonly bucket: IBucket;
  /**
   * Public PGP key that the secret access key is encrypted with.
   * @default - none
   */
  readonly pgpKey?: string;
}

/** The user whose key signs the links to problem response reports (runbook, Analytics API Reports). */
export class ReportsUser extends Construct {
  readonly accessKey: IamAccessKey;

  constructor(scope: Construct, id: string, { userName, bucket, pgpKey }: ReportsUserProps) {
    super(scope, id);
    const user = new IamUser(this, "Resource", { name: userName });
    new IamUserPolicy(this, "Policy", {
      name: "s3-read-analytics-reports",
      user: user.name,
      policy: new PolicyDocument(this, "Statements", {
        statements: [
          {
            effect: "Allow",
            actions: ["s3:Get*", "s3:List*"],
            resources: [bucket.arn, `${bucket.arn}/*`],
          },
          ...keysOfBuckets([bucket]),
        ],
      }).json,
    });
    this.accessKey = new IamAccessKey(this, "AccessKey", {
      user: user.name,
      pgpKey,
      // A new key that fails leaves the former one in use; AWS gives a user two.
      lifecycle: { createBeforeDestroy: true },
    });
  }
}

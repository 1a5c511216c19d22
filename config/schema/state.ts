import { z } from "zod";
import { accountId, deployerArn, region, s3BucketName, unique } from "./fields";
import { limits } from "./limits";

/** Where the Terraform state is kept; see decision 0005. */
export const state = z.strictObject({
  /** Name of the S3 bucket; `npx edx-analytics state <client>` makes it. */
  bucket: s3BucketName,
  /**
   * Region of the bucket.
   * @default - the client's region
   */
  region: region.optional(),
  /**
   * Account of the bucket.
   * @default - the client's account
   */
  accountId: accountId.optional(),
  /**
   * First part of the state's key, `<keyPrefix>/<stack>.tfstate`.
   * @default - the client's name
   */
  keyPrefix: z
    .string()
    .regex(/^(?!.*(\/\/|(^|\/)\.{1,2}(\/|$)))[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?$/, {
      error:
        "a key prefix is letters, digits, ., _, - and /, with a letter or digit at both ends, and no //, /./ or /../. Rename it.",
    })
    .optional(),
  /**
   * Who alone reaches the bucket: ARNs of IAM users and roles. A person who signs in through IAM Identity Center has a role
   * whose name ends in characters of AWS's choice, so the last character may be `*`:
   * `arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Deployer_*`. `deployRoleArn` and
   * the roles of `ci` need not be listed. Clients that share a bucket have the same list.
   * @default - everybody whom IAM lets, but for EC2 instances and the clients' own roles
   */
  deployers: z
    .array(deployerArn)
    .min(1, { error: "one deployer or more is required. Name one, or remove the field." })
    .refine(...unique("deployer"))
    .refine((all) => all.join("").length <= limits.deployersLength, {
      error: `the bucket's policy has room for ${limits.deployersLength} characters of ARNs. Name roles that people share.`,
    })
    .optional(),
});

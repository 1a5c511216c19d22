import { z } from "zod";
import { accountId, region, s3BucketName } from "./fields";

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
});

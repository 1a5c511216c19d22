import { z } from "zod";
import { awsId } from "./fields";

export { keyPair } from "./key-pair";

/** Image id. */
export const ami = awsId("ami", "See `aws ec2 describe-images`");

/** EC2 instance type of the images' architecture, amd64. */
export const instanceType = z
  .string()
  .regex(
    /^(?!mac)[a-z][a-z0-9-]*\d[a-z0-9-]*\.(nano|micro|small|medium|large|([2-9]|[1-9]\d+)?xlarge|metal(-\d+xl)?)$/,
    {
      error: "an EC2 instance type is required, as in `t3.medium`. See `aws ec2 describe-instance-types`.",
    },
  )
  // Graviton's families have a g behind their number: t4g, c7gn.
  .regex(/^(?!a1\.|[a-z]+\d+g[a-z]*\.)/, {
    error: "Graviton runs arm64, and the images are amd64. Choose a type of Intel's or AMD's, as in `t3.medium`.",
  });

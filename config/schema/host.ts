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
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/virtualization_types.html
  .regex(/^(?!(t1|m1|m2|c1)\.)/, {
    error:
      "t1, m1, m2 and c1 boot paravirtual images alone, and Ubuntu's are HVM. Choose a newer type, as in `t3.medium`.",
  })
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances.html
  .regex(/^(?!t\d[a-z]*\.(([3-9]|\d{2,})xlarge|metal))/, {
    error:
      "types that begin with t go up to 2xlarge. Choose a smaller one, or one of another family, as in `m5.4xlarge`.",
  })
  // Graviton's families have a g behind their number: t4g, c7gn.
  .regex(/^(?!a1\.|[a-z]+\d+g[a-z]*\.)/, {
    error: "Graviton runs arm64, and the images are amd64. Choose a type of Intel's or AMD's, as in `t3.medium`.",
  });

import { z } from "zod";

/** EC2 instance type that EMR takes, of any architecture, as EMR's images have both. */
export const emrInstanceType = z
  .string()
  .regex(/^[a-z][a-z0-9-]*\d[a-z0-9-]*\.(medium|large|([2-9]|[1-9]\d+)?xlarge)$/, {
    error: "an EC2 instance type that EMR takes is required, as in `m4.large`. Correct it.",
  });

import { z } from "zod";

/** Tags on everything taggable, besides `Project`, `Client` and `ManagedBy`. */
export const tags = z
  .record(
    z
      .string()
      .regex(/^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/iu, {
        error: "a tag key is 1 to 128 letters, digits, blanks and _.:/=+@-, and does not start with aws:. Rename it.",
      })
      // IAM compares tag keys without regard to case.
      .regex(/^(?!(Project|Client|ManagedBy)$)/i, {
        error: "the project sets `Project`, `Client` and `ManagedBy` itself. Rename it.",
      }),
    z.string().regex(/^[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/u, {
      error: "a tag value is at most 256 letters, digits, blanks and _.:/=+@-. Shorten it.",
    }),
  )
  .refine((all) => Object.keys(all).length <= 45, {
    error: "AWS takes 50 tags, of which the project needs five. Leave 45 or fewer.",
  });

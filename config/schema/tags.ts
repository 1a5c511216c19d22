import { z } from "zod";
import { mixesAlphabets, oneAlphabet } from "./alphabets";

/** Keys of AWS's and of the project's, for which others are taken that look like them. */
const reserved =
  /^((aws|rds):|(Project|Client|ManagedBy|Name|EdxAnalyticsBackups|for-use-with-amazon-emr-managed-policies)$)/i;

/** Tags on everything taggable, besides `Project`, `Client` and `ManagedBy`. */
export const tags = z
  .record(
    z
      .string()
      // RDS keeps rds: to itself too.
      .regex(/^(?!(aws|rds):)[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/iu, {
        error:
          "a tag key is 1 to 128 letters, digits, blanks and _.:/=+@-, and does not start with aws: or rds:. Rename it.",
      })
      .regex(/^\P{Z}(.*\P{Z})?$/u, { error: "a tag key has no blank at its ends. Remove it." })
      // IAM compares tag keys without regard to case.
      .regex(/^(?!(Project|Client|ManagedBy)$)/i, {
        error: "the project sets `Project`, `Client` and `ManagedBy` itself. Rename it.",
      })
      .regex(/^(?!Name$)/i, {
        error:
          "each resource has a `Name` of its own, by which the console, Ansible and people tell them apart. Rename it.",
      })
      .regex(/^(?!EdxAnalyticsBackups$)/i, {
        error:
          "Data Lifecycle Manager takes snapshots of hosts by it, which `hosts.backups` puts on. Remove it, and set `hosts.backups`.",
      })
      .regex(/^(?!for-use-with-amazon-emr-managed-policies$)/i, {
        error:
          'EMR\'s service policy reaches what has it, and tags go to every resource. Remove it: `emr.servicePolicy: "v2"` puts it where it belongs.',
      })
      .refine((key) => key.normalize("NFKC") === key || !reserved.test(key.normalize("NFKC")), {
        error:
          "it looks like a key that AWS or the project keeps, in letters of another form, as `Ａ` is of `A`. Rename it.",
      })
      .refine((key) => !mixesAlphabets(key), { error: `${oneAlphabet}. Write it again.` }),
    z.string().regex(/^(?!(aws|rds):)[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/iu, {
      error:
        "a tag value is at most 256 letters, digits, blanks and _.:/=+@-, and does not start with aws: or rds:. Change it.",
    }),
  )
  .superRefine((all, context) => {
    const keys = Object.keys(all);
    for (const [index, key] of keys.entries()) {
      // IAM takes one of them, and refuses the user or role.
      const other = keys.slice(0, index).find((one) => one.toLowerCase() === key.toLowerCase());
      if (other !== undefined) {
        const message = `IAM takes it for the same key as \`${other}\`. Remove one of them.`;
        context.addIssue({ code: "custom", path: [key], input: all[key], message });
      }
    }
  })
  .refine((all) => Object.keys(all).length <= 45, {
    error: "AWS takes 50 tags, of which the project needs five. Leave 45 or fewer.",
  });

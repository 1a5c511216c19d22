import { z } from "zod";
import { emailAddress, integer, unique } from "./fields";

/** Mails from AWS about what needs somebody: docs/alarms.md. */
export const alarms = z.strictObject({
  /** Addresses that AWS mails to. Each gets a mail of AWS's first, in which it confirms the subscription. */
  emails: z
    .array(emailAddress("ops@example.org"))
    .min(1, { error: "one address or more is required. Name who reads the mails." })
    .max(20, { error: "20 addresses or fewer are allowed. Name a mailing list." })
    // AWS sends to `Ops@example.com` and `ops@example.com` alike, which are one mailbox wherever mail is read.
    .refine((emails) => unique("mailbox")[0](emails.map((email) => email.toLowerCase())), unique("mailbox")[1]),
  /**
   * Hours after which an EMR cluster that still runs is reported, and again each time they have passed.
   * @default 12
   */
  clusterHours: integer({ min: 1, max: 168 }, "Set the longest that a pipeline task takes, in hours").default(12),
  /**
   * What the client may cost a month, USD: mails at 80 %, at 100 %, and when AWS forecasts more. It counts what has the tag
   * `Client`, which the account's payer activates as a cost-allocation tag.
   * @default - no budget
   */
  monthlyBudgetUsd: integer({ min: 1, max: 1_000_000 }, "Set the budget of a month in USD").optional(),
});

export type AlarmsFields = Readonly<z.output<typeof alarms>>;

import { z } from "zod";
import { integer } from "./fields";
import { limits } from "./limits";

/** Daily snapshots by Amazon Data Lifecycle Manager: docs/operations.md. */
export const backups = z.strictObject({
  /**
   * Days that a snapshot is kept. Another number counts for snapshots that are made later.
   * @default 14
   */
  retentionDays: integer(limits.snapshotRetentionDays, "Set how many days a snapshot is kept").default(14),
  /**
   * Hour of the day in which the snapshots are made, UTC; the hosts run on meanwhile.
   * @default 2
   */
  hourUtc: integer({ min: 0, max: 23 }, "Give the hour of the day, UTC").default(2),
});

export type BackupsFields = Readonly<z.output<typeof backups>>;

import { z } from "zod";

/** Minutes of a window from the start of a day or week; the end is after the start, past the turn of the week if need be. */
interface Minutes {
  readonly start: number;
  readonly end: number;
}

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const day = 24 * 60;
const week = 7 * day;
const time = "([01]\\d|2[0-3]):[0-5]\\d";

/** RDS's daily window, UTC: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html. */
export const backupWindow = z
  .string()
  .regex(new RegExp(`^${time}-${time}$`), {
    abort: true,
    error: "two times of a day in UTC are required, as in `03:00-04:00`. Correct them.",
  })
  .refine((window) => lengthOf(minutesOf(window, day)) >= 30, {
    error: "RDS requires 30 minutes or more. Lengthen the window.",
  });

/** RDS's weekly window, UTC: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Maintenance.html. */
export const maintenanceWindow = z
  .string()
  .regex(new RegExp(`^(${days.join("|")}):${time}-(${days.join("|")}):${time}$`), {
    abort: true,
    error: "two times of a week in UTC are required, as in `sun:04:30-sun:05:30`. Correct them.",
  })
  .refine(
    (window) => {
      const length = lengthOf(minutesOf(window, week));
      return length >= 30 && length < day;
    },
    { error: "RDS requires 30 minutes or more, and less than a day. Correct the window." },
  );

/** Whether RDS would make backups in the time of maintenance, which it refuses. */
export function overlap(backup: string, maintenance: string): boolean {
  const daily = minutesOf(backup, day);
  const weekly = minutesOf(maintenance, week);
  // From the day before the week, whose window may reach into it, to the day after it.
  return Array.from({ length: 9 }, (_, index) => (index - 1) * day).some((midnight) =>
    [0, week].some((turn) => daily.start + midnight < weekly.end - turn && weekly.start - turn < daily.end + midnight),
  );
}

function minutesOf(window: string, turn: number): Minutes {
  const [start, end] = window.split("-").map((text) => {
    const [minute = 0, hour = 0] = text.split(":").reverse().map(Number);
    return Math.max(0, days.indexOf(text.slice(0, 3))) * day + hour * 60 + minute;
  }) as [number, number];
  return { start, end: end > start ? end : end + turn };
}

function lengthOf({ start, end }: Minutes): number {
  return end - start;
}

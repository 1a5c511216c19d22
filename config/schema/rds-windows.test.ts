import { backupWindow, maintenanceWindow, overlap } from "./rds-windows";

test.each([
  ["03:00-04:00", true],
  ["23:45-00:15", true],
  ["03:00-03:29", false],
  ["3:00-4:00", false],
  ["03:00-24:00", false],
  ["sun:03:00-sun:04:00", false],
])("a backup window %s", (window, accepted) => {
  expect(backupWindow.safeParse(window).success).toBe(accepted);
});

test.each([
  ["sun:04:30-sun:05:30", true],
  ["sun:23:45-mon:00:15", true],
  ["sat:10:00-sun:09:59", true],
  ["sat:10:00-sun:10:00", false],
  ["sun:04:30-sun:04:59", false],
  ["Sun:04:30-Sun:05:30", false],
  ["04:30-05:30", false],
])("a maintenance window %s", (window, accepted) => {
  expect(maintenanceWindow.safeParse(window).success).toBe(accepted);
});

test.each([
  ["03:00-04:00", "sun:04:00-sun:05:00", false],
  ["03:00-04:01", "sun:04:00-sun:05:00", true],
  ["23:30-00:30", "mon:00:00-mon:01:00", true],
  ["23:30-00:30", "sun:23:00-sun:23:30", false],
  ["23:30-00:30", "sun:22:45-sun:23:31", true],
  ["00:00-00:30", "sun:23:45-mon:00:15", true],
])("daily backups at %s and maintenance at %s overlap: %s", (backup, maintenance, expected) => {
  expect(overlap(backup, maintenance)).toBe(expected);
});

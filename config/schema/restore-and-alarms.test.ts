import { mistakes } from "../../test/client-files";

describe("a field of day two", () => {
  it.each<[object, string[]]>([
    [
      { "database.iterations.1.restoreFrom": { instance: "analytics", at: "yesterday" } },
      [
        '`database.iterations.1.restoreFrom.at` is "yesterday"; "latest" or a time in UTC is required, as in "2026-11-26T09:30:00Z". Correct it.',
      ],
    ],
    [
      { "database.iterations.1.restoreFrom": { snapshot: "analytics_final" } },
      [
        '`database.iterations.1.restoreFrom.snapshot` is "analytics_final"; a snapshot\'s identifier is required, as in `analytics-final`. See `aws rds describe-db-snapshots`.',
      ],
    ],
    [
      { "database.iterations.1.restoreFrom": { snapshot: "analytics-final", instance: "analytics", at: "latest" } },
      [
        "`database.iterations.1.restoreFrom.instance` may not stand beside `snapshot`. Remove the one that is not meant.",
        "`database.iterations.1.restoreFrom.at` may not stand beside `snapshot`. Remove the one that is not meant.",
      ],
    ],
    [
      { "hosts.backups": { retentionDays: 0, hourUtc: 24 } },
      [
        "`hosts.backups.retentionDays` is 0; a whole number from 1 to 36500 is allowed. Set how many days a snapshot is kept.",
        "`hosts.backups.hourUtc` is 24; a whole number from 0 to 23 is allowed. Give the hour of the day, UTC.",
      ],
    ],
    [
      { alarms: { emails: ["ops@example.com", "ops@example.com"] } },
      ['`alarms.emails` is ["ops@example.com","ops@example.com"]; a mailbox may be named once. Remove the repetition.'],
    ],
  ])("says what is wrong, what is allowed and what to do: %j", (changes, expected) => {
    expect(mistakes({ ...changes })).toEqual(expected);
  });
});

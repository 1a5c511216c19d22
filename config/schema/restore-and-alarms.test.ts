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
      { alarms: { emails: ["ops@example.com", "ops@example.com"] } },
      ['`alarms.emails` is ["ops@example.com","ops@example.com"]; a mailbox may be named once. Remove the repetition.'],
    ],
  ])("says what is wrong, what is allowed and what to do: %j", (changes, expected) => {
    expect(mistakes({ ...changes })).toEqual(expected);
  });
});

import { majorMinor } from "../compare-versions";
import { type Problem, problem } from "../load/problem";
import { databaseIdentifier, nameOf } from "../names";
import { limits } from "../schema/limits";
import { overlap } from "../schema/rds-windows";
import { endOfStandardSupport } from "../tables/end-of-life";
import { releases } from "../tables/versions-by-release";
import { type Check, check, repeated } from "./check";

/** Hosts and databases by iteration. */
export const iterationChecks: readonly Check[] = [
  check(["hosts.active", "hosts.retired", "hosts.iterations.*"], ({ hosts }) => iterationProblems("hosts", hosts)),

  check(["database.active", "database.retired", "database.iterations.*"], ({ database }) =>
    iterationProblems("database", database),
  ),

  check(["naming", "database.identifier", "database.iterations.*.identifier"], (client, name) =>
    Object.entries(client.database.iterations).flatMap(([key, iteration]) => {
      const identifier = iteration.identifier ?? databaseIdentifier(nameOf("database", name, client), key);
      const max = limits.databaseIdentifierLength;
      return identifier.length > max
        ? [
            problem(
              `database.iterations.${key}.identifier`,
              identifier,
              `an RDS identifier has at most ${max} characters, this one ${identifier.length}`,
              "Shorten it, or `database.identifier`",
            ),
          ]
        : [];
    }),
  ),

  check(
    ["naming", "database.identifier", "database.iterations.*.identifier", "database.iterations.*.restoreFrom"],
    (client, name) =>
      Object.entries(client.database.iterations).flatMap(([key, { restoreFrom, ...iteration }]) => {
        const identifier = iteration.identifier ?? databaseIdentifier(nameOf("database", name, client), key);
        return restoreFrom !== undefined && "instance" in restoreFrom && restoreFrom.instance === identifier
          ? [
              problem(
                `database.iterations.${key}.restoreFrom.instance`,
                identifier,
                "it is the iteration itself, and RDS restores to a new instance",
                "Name another instance, or add an iteration that is restored from this one",
              ),
            ]
          : [];
      }),
  ),

  check(["database.backupWindow", "database.maintenanceWindow"], ({ database: { backupWindow, maintenanceWindow } }) =>
    backupWindow !== undefined && maintenanceWindow !== undefined && overlap(backupWindow, maintenanceWindow)
      ? [
          problem(
            "database.maintenanceWindow",
            maintenanceWindow,
            `RDS refuses one that overlaps with \`backupWindow\`, ${backupWindow}`,
            "Move one of them",
          ),
        ]
      : [],
  ),

  check(["database.iterations.*.storageGiB", "database.iterations.*.maxStorageGiB"], ({ database }) =>
    Object.entries(database.iterations).flatMap(([key, { storageGiB, maxStorageGiB }]) => {
      // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
      const least = Math.ceil((storageGiB * 11) / 10);
      return maxStorageGiB !== undefined && maxStorageGiB < least
        ? [
            problem(
              `database.iterations.${key}.maxStorageGiB`,
              maxStorageGiB,
              `RDS requires a tenth more than \`storageGiB\`, ${least} or more`,
              "Raise it, or remove it",
            ),
          ]
        : [];
    }),
  ),

  check(
    ["release", "database.iterations.*.engineVersion", "database.iterations.*.lifecycleSupport"],
    ({ release, database }) =>
      Object.entries(database.iterations).flatMap(([key, { lifecycleSupport, engineVersion }]) => {
        const version = majorMinor(engineVersion ?? releases[release].mysql);
        return lifecycleSupport === "upgrade" && endOfStandardSupport("MySQL", version)
          ? [
              problem(
                `database.iterations.${key}.lifecycleSupport`,
                "upgrade",
                `RDS's standard support of MySQL ${version} has ended, so only "extended" is allowed`,
                "Remove the field, or choose a newer engine",
              ),
            ]
          : [];
      }),
  ),
];

interface Iterations {
  readonly active: string;
  readonly iterations: Readonly<Record<string, unknown>>;
  readonly retired: readonly string[];
}

function iterationProblems(path: string, { active, iterations, retired }: Iterations): Problem[] {
  const keys = Object.keys(iterations);
  const highest = Math.max(0, ...[...keys, ...retired].map(Number));
  const lost = Array.from({ length: highest }, (_, index) => String(index + 1)).filter(
    (key) => !(key in iterations) && !retired.includes(key),
  );
  const above = keys.map(Number).find((key) => key > Number(lost[0]));
  return [
    ...(active in iterations
      ? []
      : [
          problem(
            `${path}.active`,
            active,
            `an iteration of \`${path}.iterations\` is required: ${keys.join(", ") || "it has none"}`,
            `Name one of them, or add "${active}"`,
          ),
        ]),
    ...(lost.length === 0
      ? []
      : [
          {
            path: `${path}.iterations`,
            message: `is without ${spansOf(lost)}; what was deployed of ${lost.length === 1 ? "it" : "these"} would be destroyed. ${[
              "Put it back",
              `once it was deployed with \`protected: false\`, add its number to \`${path}.retired\``,
              ...(above === undefined ? [] : [`if there never was one, write "${lost[0]}" for "${above}"`]),
            ].join("; ")}.`,
          },
        ]),
    ...retired
      .filter((key) => key in iterations)
      .map((key) =>
        problem(
          `${path}.retired`,
          key,
          "an iteration is retired or in use, and a key is not used twice",
          `Number the new one ${highest + 1}`,
        ),
      ),
    ...repeated(`${path}.retired`, retired),
  ];
}

/** Rising numbers in words, those that follow each other as their first and last: "2", "4" to "7". */
function spansOf(numbers: readonly string[]): string {
  const follows = (number: string, before: string | undefined) => Number(number) === Number(before) + 1;
  const firsts = numbers.filter((number, index) => !follows(number, numbers[index - 1]));
  const lasts = numbers.filter((number, index) => !follows(numbers[index + 1] ?? "", number));
  return firsts
    .map((first, index) => (first === lasts[index] ? `"${first}"` : `"${first}" to "${lasts[index]}"`))
    .join(", ");
}

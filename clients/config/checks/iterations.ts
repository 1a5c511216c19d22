import { endOfStandardSupport } from "../end-of-life";
import { type Problem, problem } from "../problem";
import { databaseIterationsOf } from "../resolve";
import { type Check, check, repeated } from "./check";

/** Hosts and databases by iteration. */
export const iterationChecks: readonly Check[] = [
  check(["hosts"], ({ hosts }) => iterationProblems("hosts", hosts)),

  check(["database"], ({ database }) => iterationProblems("database", database)),

  check(["name", "naming", "names", "release", "database", "protected"], (client) => {
    const iterations = databaseIterationsOf(client);
    return iterations.flatMap((iteration) => {
      const path = `database.iterations.${iteration.key}`;
      const twin = iterations.find(
        ({ key, identifier }) => Number(key) < Number(iteration.key) && identifier === iteration.identifier,
      );
      return [
        ...(iteration.identifier.length > 63
          ? [
              problem(
                `${path}.identifier`,
                iteration.identifier,
                `an RDS identifier has at most 63 characters, this one ${iteration.identifier.length}`,
                `Shorten it, or \`name\``,
              ),
            ]
          : []),
        ...(twin
          ? [
              problem(
                `${path}.identifier`,
                iteration.identifier,
                `iteration ${twin.key} has it already`,
                "Give each iteration its own",
              ),
            ]
          : []),
        ...(iteration.lifecycleSupport === "upgrade" && endOfStandardSupport("MySQL", iteration.engineVersion)
          ? [
              problem(
                `${path}.lifecycleSupport`,
                "upgrade",
                `RDS's standard support of MySQL ${iteration.engineVersion} has ended, so only "extended" is allowed`,
                "Remove the field, or choose a newer engine",
              ),
            ]
          : []),
      ];
    });
  }),
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
  return [
    ...(active in iterations
      ? []
      : [
          problem(
            `${path}.active`,
            active,
            `an iteration of \`${path}.iterations\` is required: ${keys.join(", ") || "there is none"}`,
            `Name one of them, or add "${active}"`,
          ),
        ]),
    ...lost.map((key) => ({
      path: `${path}.iterations.${key}`,
      message: `is missing; it would be destroyed if it was deployed. Put it back, or, once it was deployed with \`protected: false\`, add "${key}" to \`${path}.retired\`.`,
    })),
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

import { phrase, words } from "../../resources/phrase";
import { type Difference, differencesOf, isSensitive } from "../../resources/plan/differences";
import { kindOf } from "../../resources/plan/kinds";
import type { Plan } from "../../resources/plan/plan";
import { type Item, item } from "./items";

/**
 * What somebody else changed, as far as this plan changes it back. Terraform knows more of it, most of which are echoes: a
 * bucket reads its policy, a group its rules, which are resources of their own.
 */
export function driftOf(
  { resource_changes: planned, resource_drift: drifted }: Plan,
  secrets: readonly string[],
): Item[] {
  return drifted.flatMap((resource) => {
    const answer = planned.find(({ address, mode }) => mode !== "data" && address === resource.address);
    if (answer === undefined || kindOf(answer) === undefined) {
      return [];
    }
    if (resource.change.actions.includes("delete")) {
      return [item(phrase`${resource.address} is gone`)];
    }
    const changed = differencesOf(answer.change).filter(({ pending }) => !pending);
    const attributes = new Set(changed.map(inFile));
    const undone = differencesOf(resource.change, secrets).filter((difference) => attributes.has(inFile(difference)));
    return undone.length === 0
      ? []
      : [
          item(
            phrase`${resource.address}`,
            undone.map(({ attribute, name, phrase: said, statements }) =>
              // What the configuration marks, the state may not.
              isSensitive(answer.change, attribute)
                ? item(phrase`${attribute}: ${words("(sensitive)")}`)
                : item(
                    phrase`${name}: ${said}`,
                    statements.map((statement) => item(statement)),
                  ),
            ),
          ),
        ];
  });
}

/** The attribute that a difference is written as; the provider compares tags in two. */
function inFile({ attribute }: Difference): string {
  return attribute === "tags_all" ? "tags" : attribute;
}

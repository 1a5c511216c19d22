import { type Phrase, phrase, words } from "../phrase";
import type { Plan } from "./plan";

/** What keeps a plan from being the whole story, whatever it changes: a label and a sentence each. */
export function defectsOf({ complete, deferred_changes: deferred, checks }: Plan): { label: string; said: Phrase }[] {
  return [
    ...(complete && deferred.length === 0
      ? []
      : [
          {
            label: "Not all of it",
            said: words("something is deferred, or not targeted. Plan again after this one is applied."),
          },
        ]),
    ...checks.flatMap(({ address, status, instances }) => {
      const failed = instances.filter((instance) => isFailure(instance.status));
      const said = failed.flatMap(({ address: { to_display: name }, status: came, problems }) =>
        problems.length === 0
          ? [phrase`${name} ${words(outcomes[came === "error" ? "error" : "fail"])}.`]
          : problems.map(
              ({ message }) => phrase`${name} ${words(outcomes[came === "error" ? "error" : "fail"])}: ${message}`,
            ),
      );
      const own =
        isFailure(status) && failed.length === 0 ? [phrase`${address.to_display} ${words(outcomes.fail)}.`] : [];
      return [...said, ...own].map((one) => ({ label: "Check", said: one }));
    }),
  ];
}

const outcomes = { fail: "fails", error: "could not be asked" };

function isFailure(status: string): boolean {
  return status === "fail" || status === "error";
}

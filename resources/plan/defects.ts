import { type Phrase, phrase, words } from "../phrase";
import { isLeft } from "../types/rules";
import { providerAlarms } from "./configured";
import { fileFunctionAlarms } from "./file-texts";
import { defaultAlarms } from "./mysql-logins";
import { outputAlarms } from "./outputs";
import type { Plan } from "./plan";
import { readAlarms } from "./reads";
import { secretsInClear } from "./secrets";
import { conditionAlarms, confirmation, isOfStacks, moduleAlarms, stateReadAlarms } from "./unwritten";
import { fileAlarms } from "./written-file";

export interface Defect {
  readonly label: string;
  readonly said: Phrase;
}

/** Terraform saves a plan that failed as well, without what depends on the failure, and refuses to apply it. */
const brokenOff: Defect = {
  label: "Incomplete",
  said: words(
    "planning broke off with an error, so that changes are missing below. Terraform does not apply such a plan: correct what its log says, and plan again.",
  ),
};

const partial: Defect = {
  label: "Not all of it",
  said: words("something is deferred, or not targeted. Plan again after this one is applied."),
};

const unasked: Defect = {
  label: "Check",
  said: words(
    "check.alarms_confirmed, which every stack with alarms has, is not in the configuration: no plan says any more who gets no alarms.",
  ),
};

/** Whether a plan that leaves addresses of alarms asks whether they have confirmed: the `check` of `modules/alarms.ts`. */
function asksWhoConfirmed(plan: Plan): boolean {
  return (
    !isLeft(plan, "aws_sns_topic_subscription", () => true) ||
    plan.checks.some(({ address }) => confirmation.test(address.to_display))
  );
}

/** What a plan does not have, and the summary of it can be told. */
interface Surroundings {
  /**
   * The bucket of its state.
   * @default - not known: what reads or names it has no alarm
   */
  readonly stateBucket?: string;
  /**
   * The stack's file that it is a plan of, as `readWritten` reads it.
   * @default - not known: what a plan does not have of its configuration has no alarm
   */
  readonly written?: unknown;
}

/** What keeps a plan from being the whole story, whatever it changes. */
export function defectsOf(plan: Plan, { stateBucket, written }: Surroundings = {}): Defect[] {
  const ofFile = written === undefined ? [] : fileAlarms(written, plan, stateBucket);
  const { complete, errored, deferred_changes: deferred, action_invocations: actions, checks } = plan;
  return [
    ...(errored ? [brokenOff] : complete && deferred.length === 0 ? [] : [partial]),
    ...actions.map(({ address }) => ({
      label: "Action",
      said: phrase`${address} is run by whoever applies, and what it does is in no plan. No stack of this version has one.`,
    })),
    ...[...ofFile, ...moduleAlarms(plan), ...fileFunctionAlarms(plan)].map((said) => ({
      label: "Configuration",
      said: phrase`${said}.`,
    })),
    ...providerAlarms(plan).map((said) => ({ label: "Provider", said: phrase`${said}.` })),
    ...defaultAlarms(plan).map((said) => ({ label: "Variable", said: phrase`${said}.` })),
    ...outputAlarms(plan).map((said) => ({ label: "Output", said: phrase`${said}.` })),
    ...secretsInClear(plan).map((said) => ({ label: "Hidden", said: phrase`${said}.` })),
    ...(stateBucket === undefined ? [] : stateReadAlarms(plan, stateBucket)).map((said) => ({
      label: "Read",
      said: phrase`${said}.`,
    })),
    ...readAlarms(plan).map((said) => ({ label: "Read", said: phrase`${said}.` })),
    ...(errored || asksWhoConfirmed(plan) ? [] : [unasked]),
    ...conditionAlarms(plan).map((said) => ({ label: "Check", said: phrase`${said}.` })),
    ...checks.flatMap(({ address, status, instances }) => {
      // A message that somebody else wrote may tell what whoever plans can read.
      const isShown = isOfStacks(address.to_display) && ofFile.length === 0;
      const failed = instances.filter((instance) => isFailure(instance.status));
      const said = failed.flatMap(({ address: { to_display: name }, status: came, problems }) =>
        problems.length === 0 || !isShown
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

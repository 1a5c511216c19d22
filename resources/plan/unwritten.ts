import { attributesOf } from "../attributes";
import { type Phrase, phrase } from "../phrase";
import { writtenConditions } from "../types/written-expressions";
import { Configuration } from "./configuration";
import { textsAt } from "./file-texts";
import type { Plan } from "./schema";
import { names } from "./state-bucket";

/** The `check` of `modules/alarms.ts`, in an app on the constructs with a hash. */
export const confirmation = /(^|\.)check\.\w*confirmed(_[0-9A-F]{8})?$/;

/**
 * Conditions of what has none in any stack, but for those of a variable, whose message whoever gives the value reads: also one that holds or is not known yet: its message may show what whoever applies can
 * read, once it does not hold. What a condition says is in no plan.
 */
export function conditionAlarms({ checks }: Plan): Phrase[] {
  return checks
    .filter(({ address }) => address.kind !== "var" && !isOfStacks(address.to_display))
    .map(({ address }) => address.to_display)
    .map(
      (address) => phrase`${address} has a condition, which no stack of this version has: its message may show secrets`,
    );
}

/** Whether what has this address has conditions in stacks. */
export function isOfStacks(address: string): boolean {
  return confirmation.test(address) || Object.hasOwn(writtenConditions, placeOf(address));
}

/** As in `data.aws_vpc` and `resource.aws_instance`, of what has conditions in stacks. */
function placeOf(address: string): string {
  const [first = "", second = ""] = address.replace(/^(module\.[^.]+\.)+/, "").split(".");
  return ["data", "ephemeral"].includes(first) ? `${first}.${second}` : `resource.${first}`;
}

/** Modules from elsewhere, whose code is in no pull request. */
export function moduleAlarms(plan: Plan): Phrase[] {
  return modulesIn(attributesOf(attributesOf(plan.configuration).root_module), "").flatMap(({ address, source }) =>
    /^\.\.?\//.test(String(source))
      ? []
      : [
          phrase`${address} comes from ${source}, and no stack calls a module: whoever has that place decides what it does`,
        ],
  );
}

function modulesIn(module: object, prefix: string): { address: string; source: unknown }[] {
  return Object.entries(attributesOf(attributesOf(module).module_calls)).flatMap(([name, call]) => {
    const { source, module: inner } = attributesOf(call);
    const address = `${prefix}module.${name}`;
    return [{ address, source }, ...modulesIn(attributesOf(inner), `${address}.`)];
  });
}

/** What is read of the bucket of the state beside whether the client's own is there, as each stack asks. */
export function stateReadAlarms(plan: Plan, bucket: string): Phrase[] {
  const configuration = Configuration.of(plan);
  const ownState = new RegExp(`(^|/)${configuration.client ?? "-"}\\.tfstate$`);
  return configuration.reads
    .filter(({ address }) => {
      const given = configuration.argumentsOf(address) ?? {};
      const { literal } = configuration.expressionOf(address, "prefix");
      const isGuard = /(^|\.)data\.aws_s3_objects\.[^.]+$/.test(address) && ownState.test(String(literal));
      return (
        !isGuard &&
        names(
          textsAt(given, []).map(({ text }) => text),
          bucket,
        )
      );
    })
    .map(
      ({ address }) =>
        phrase`${address} reads of the bucket of the state, ${bucket}, which holds plans and every secret: no stack of this version does`,
    );
}

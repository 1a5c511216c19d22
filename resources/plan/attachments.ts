import { texts } from "../attributes";
import { Configuration } from "./configuration";
import type { Plan } from "./schema";

/** Arguments that attach policies, of the types that stacks have. */
export const attaching = ["policy_arn", "managed_policy_arns"];

/**
 * The policies that a resource attaches by an ARN which AWS has yet to give, by their addresses; undefined is one of which the
 * configuration does not plainly say which it is.
 */
export function pendingPolicies(
  address: string,
  isUnknown: (argument: string) => boolean,
  plan: Plan,
): (string | undefined)[] {
  const configuration = Configuration.of(plan);
  const written = configuration.argumentsOf(address);
  return (
    attaching
      .filter(isUnknown)
      // AWS gives what is not written.
      .filter((argument) => written?.[argument] !== undefined || (written === undefined && argument === "policy_arn"))
      .flatMap((argument) => {
        const { literal, references } = configuration.expressionOf(address, argument);
        const expressions = literal === undefined ? [undefined] : texts(literal);
        return expressions
          .filter((expression) => !/^arn:/.test(String(expression)))
          .map((expression) => {
            // In Terraform's own syntax, functions around a reference would not be seen.
            const [, name] = /^\$\{(aws_iam_policy\.[\w-]+(?:\[[^\]]+\])?)\.arn\}$/.exec(String(expression)) ?? [];
            const reference = references.find((one) => name !== undefined && `.${one}`.endsWith(`.${name}.arn`));
            return reference?.replace(/\.arn$/, "");
          });
      })
  );
}

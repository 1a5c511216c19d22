import { byName } from "../attributes";

/**
 * Arguments that the provider's schema marks as sensitive, of those that stacks write: the values of SSM parameters, and passwords.
 * Stacks mark no other one. A test compares this with what is synthesised.
 */
export const secretArguments: Readonly<Record<string, readonly string[]>> = byName({
  aws_ssm_parameter: ["value", "value_wo"],
  mysql_user: ["password_wo"],
});

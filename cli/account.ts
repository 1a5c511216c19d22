import type { Aws } from "../resources/aws/aws";
import type { Identity } from "../resources/aws/sts";
import { CommandError } from "./command-error";

/**
 * Makes sure that the credentials are of the account that is meant, before anything is asked of it or changed in it.
 * @throws CommandError where they are another's
 */
export async function guardAccount(aws: Aws, name: string, accountId: string): Promise<Identity> {
  const identity = await aws.sts.identity();
  if (identity.accountId !== accountId) {
    throw new CommandError(
      `${name}: these credentials are of account ${identity.accountId} (${identity.arn}), and ${accountId} is required. Set AWS_PROFILE to the right account's. Nothing was changed.`,
    );
  }
  return identity;
}

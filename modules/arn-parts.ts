import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { Construct } from "constructs";

/** Where a construct is deployed to, for the ARNs that it composes. */
export interface AccountOptions {
  /**
   * Id of the AWS account.
   * @default - the provider's, looked up
   */
  readonly accountId?: string;
}

export interface AccountAndRegionOptions extends AccountOptions {
  /**
   * AWS region.
   * @default - the provider's, looked up
   */
  readonly region?: string;
}

/** Id of the account, given or looked up below the construct. */
export function accountIdOf(scope: Construct, { accountId }: AccountOptions): string {
  return accountId ?? new DataAwsCallerIdentity(scope, "account", {}).accountId;
}

/** The region, given or looked up below the construct; `id`, because `name` and `region` are each of one major alone. */
export function regionOf(scope: Construct, { region }: AccountAndRegionOptions): string {
  return region ?? new DataAwsRegion(scope, "region", {}).id;
}

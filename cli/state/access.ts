import type { Described } from "../../config/client";

/**
 * What AWS is asked with where the state is concerned: as Terraform's backend does, the deploying role for a bucket in its
 * own account, the operator's own credentials for one in another.
 */
export function stateAccess({
  name,
  accountId,
  state,
  deployRoleArn,
}: Described): Pick<Described, "name" | "accountId" | "deployRoleArn"> {
  return { name, accountId: state.accountId, deployRoleArn: state.accountId === accountId ? deployRoleArn : undefined };
}

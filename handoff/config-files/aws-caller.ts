import type { Client } from "../../config/client";

/**
 * Whose credentials a printed command of AWS's takes, behind "of": this project's own commands assume `deployRoleArn` themselves,
 * and may be run with another account's.
 */
export function awsCaller({ accountId, deployRoleArn }: Pick<Client, "accountId" | "deployRoleArn">): string {
  return deployRoleArn === undefined ? `account ${accountId}` : `account ${accountId}, of its role ${deployRoleArn}`;
}

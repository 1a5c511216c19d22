import { accountChecks, credentialChecks } from "./checks/account";
import type { Check } from "./checks/check";
import { elasticsearchChecks } from "./checks/elasticsearch";
import { iterationChecks } from "./checks/iterations";
import { mysqlChecks } from "./checks/mysql";
import { nameChecks } from "./checks/names";
import { networkChecks } from "./checks/network";
import type { ClientConfig, SharedConfig } from "./client";
import type { Problem } from "./problem";

const checks: readonly Check[] = [
  ...nameChecks,
  ...accountChecks,
  ...networkChecks,
  ...iterationChecks,
  ...elasticsearchChecks,
  ...mysqlChecks,
];

/** All problems of a client, of those fields that could be read. */
export function checkClient(client: Partial<ClientConfig>): Problem[] {
  return run(checks, client);
}

/** All problems of a shared stack, of those fields that could be read. */
export function checkShared(shared: Partial<SharedConfig>): Problem[] {
  const { accountId, deployRoleArn, state } = shared;
  return accountId === undefined || state === undefined
    ? []
    : run(credentialChecks, { accountId, deployRoleArn, state });
}

function run(checks: readonly Check[], client: Partial<ClientConfig>): Problem[] {
  return checks
    .filter(({ needs }) => needs.every((field) => field in client))
    .flatMap(({ find }) => find(client as ClientConfig));
}

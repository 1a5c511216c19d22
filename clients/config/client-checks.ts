import { accountChecks, ciChecks, credentialChecks } from "./checks/account";
import { type Check, run } from "./checks/check";
import { elasticsearchChecks } from "./checks/elasticsearch";
import { ignoredNames } from "./checks/ignored";
import { iterationChecks } from "./checks/iterations";
import { mysqlChecks } from "./checks/mysql";
import { nameChecks, plansFolderCheck } from "./checks/names";
import { networkChecks, zoneCheck } from "./checks/network";
import type { ClientConfig, SharedConfig } from "./client";
import type { Problem } from "./problem";

const checks: readonly Check[] = [
  ...nameChecks,
  ignoredNames,
  ...accountChecks,
  ...networkChecks,
  ...iterationChecks,
  ...elasticsearchChecks,
  ...mysqlChecks,
];

/** @param faults paths of the values that could not be read */
export function checkClient(client: ClientConfig, faults: readonly string[]): Problem[] {
  return run(checks, client, faults);
}

/** @param faults paths of the values that could not be read */
export function checkShared(shared: SharedConfig, faults: readonly string[]): Problem[] {
  return run(
    [...credentialChecks, ...ciChecks, plansFolderCheck, zoneCheck],
    // Its network has fewer fields than a client's, and its zones may be left out.
    shared as Pick<SharedConfig, Exclude<keyof SharedConfig & keyof ClientConfig, "network">> as ClientConfig,
    faults,
  );
}

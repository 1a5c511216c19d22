import type { Problem } from "../load/problem";
import { type ClientFields, clientSchema } from "../schema/client";
import type { SharedStackFields } from "../schema/shared";
import { accountChecks, credentialChecks } from "./account";
import { type Check, run } from "./check";
import { ciChecks, ownerChecks } from "./ci";
import { discontinuedChecks } from "./discontinued";
import { elasticsearchChecks } from "./elasticsearch";
import { firstBootChecks } from "./first-boot";
import { httpsChecks } from "./https";
import { ignoredNameChecks } from "./ignored";
import { iterationChecks } from "./iterations";
import { jenkinsJobChecks } from "./jenkins-jobs";
import { kmsKeyChecks } from "./kms-keys";
import { mysqlChecks } from "./mysql";
import { nameChecks, plansFolderCheck } from "./names";
import { networkChecks, zoneCheck } from "./network";
import { deployerChecks, sharedDeployerChecks } from "./state";

const checks: readonly Check[] = [
  ...nameChecks,
  ...ignoredNameChecks,
  ...accountChecks,
  ...ciChecks,
  ...ownerChecks,
  ...deployerChecks,
  ...networkChecks,
  ...httpsChecks,
  ...firstBootChecks,
  ...iterationChecks,
  ...elasticsearchChecks,
  ...kmsKeyChecks,
  ...mysqlChecks,
  ...jenkinsJobChecks,
];

/**
 * What several fields of a client's file say of each other.
 * @param faults paths of the values that could not be read
 */
export function checkClient(name: string, client: ClientFields, faults: readonly string[]): Problem[] {
  return run([...checks, ...(client.allowDiscontinued === false ? discontinuedChecks : [])], name, client, faults);
}

/** What a client's file, without a mistake otherwise, has of values that AWS has discontinued. */
export function discontinuedProblems(name: string, input: Readonly<Record<string, unknown>>): Problem[] {
  return run(discontinuedChecks, name, clientSchema.parse({ ...input, allowDiscontinued: true }), []);
}

/**
 * What several fields of a shared stack's file say of each other.
 * @param faults paths of the values that could not be read
 */
export function checkSharedStack(
  name: string,
  place: { readonly accountId: string; readonly region: string },
  shared: SharedStackFields,
  faults: readonly string[],
): Problem[] {
  // Its network has fewer fields than a client's, and its zones may be left out.
  const fields = { ...shared, ...place } as unknown as ClientFields;
  return run(
    [...credentialChecks, ...ciChecks, ...sharedDeployerChecks, plansFolderCheck, zoneCheck],
    name,
    fields,
    faults,
  );
}

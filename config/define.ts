import type { ClientInput } from "./schema/client";
import type { SharedStackInput } from "./schema/shared";

/**
 * A client, in `clients/<name>.ts`, as its default export: `export default defineClient({ … })`. The name is the file's.
 * The fields are checked when the file is loaded, together with all others.
 */
export function defineClient(client: ClientInput): ClientInput {
  return client;
}

/**
 * What clients of an account and region share, in `clients/shared-<account>-<region>.ts`, as its default export. Account
 * and region are the file's name.
 */
export function defineSharedStack(shared: SharedStackInput): SharedStackInput {
  return shared;
}

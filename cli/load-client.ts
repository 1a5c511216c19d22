import type { Client } from "../config/client";
import { loadOne } from "../config/load/load";
import { CommandError } from "./command-error";

/**
 * The client of a name.
 * @param what that a shared stack does not have
 * @throws CommandError where it is a shared stack's, ClientFileError where there is no such file, or mistakes are in it
 */
export function loadClient(name: string, what: string): Client {
  const found = loadOne(name);
  if (found.kind === "shared-stack") {
    throw new CommandError(`${name}: a shared stack has no ${what}. Name a client.`);
  }
  return found;
}

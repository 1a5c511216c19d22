import type { Client, Described, SharedStack } from "../client";
import type { ClientFields } from "../schema/client";

/** A client file that could be read. */
export interface LoadedClient {
  readonly file: string;
  readonly client: Client;
  /** What the file itself says. */
  readonly fields: ClientFields;
}

/** A shared stack's file that could be read. */
export interface LoadedSharedStack {
  readonly file: string;
  readonly shared: SharedStack;
}

/** A client or shared stack, and its file. */
export interface LoadedOwner {
  readonly file: string;
  readonly owner: Described;
}

/** The clients and shared stacks of several files. */
export function ownersOf(clients: readonly LoadedClient[], shared: readonly LoadedSharedStack[]): LoadedOwner[] {
  return [
    ...clients.map(({ file, client: owner }) => ({ file, owner })),
    ...shared.map(({ file, shared: owner }) => ({ file, owner })),
  ];
}

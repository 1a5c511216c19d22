import type { Client, Described, SharedStack } from "../client";
import type { ClientFields } from "../schema/client";
import type { SharedStackFields } from "../schema/shared";

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
  /** What the file itself says. */
  readonly fields: SharedStackFields;
}

/** A client or shared stack, and its file. */
export interface LoadedOwner {
  readonly file: string;
  readonly owner: Described;
  /** What the file itself says of its state. */
  readonly said: ClientFields["state"];
}

/** The clients and shared stacks of several files. */
export function ownersOf(clients: readonly LoadedClient[], shared: readonly LoadedSharedStack[]): LoadedOwner[] {
  return [
    ...clients.map(({ file, client: owner, fields }) => ({ file, owner, said: fields.state })),
    ...shared.map(({ file, shared: owner, fields }) => ({ file, owner, said: fields.state })),
  ];
}

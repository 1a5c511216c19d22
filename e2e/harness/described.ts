import type { Client, SharedStack } from "../../config/client";
import { checkFiles, fileNamed, loadFleet } from "../../config/load/load";
import type { ClientInput } from "../../config/schema/client";
import type { SharedStackInput } from "../../config/schema/shared";

/** A client: what an operator writes into its file, and what that comes to. */
export interface Described {
  /** Name of the file, and of the client. */
  readonly name: string;
  readonly input: ClientInput;
  readonly client: Client;
}

/** A shared stack: what an operator writes into its file, and what that comes to. */
export interface DescribedShared {
  /** Name of the file, and of the stack. */
  readonly name: string;
  readonly input: SharedStackInput;
  readonly shared: SharedStack;
}

/**
 * A client as a file of that name would describe it, checked by itself.
 * @throws ClientFileError with every mistake
 */
export function describe(name: string, input: ClientInput): Described {
  const [client] = checkFiles([{ name, input }], { complete: false }).clients;
  return { name, input, client: client as Client };
}

/** A client with some of its file's fields replaced. */
export function changed({ name, input }: Described, fields: Partial<ClientInput>): Described {
  return describe(name, { ...input, ...fields });
}

/** A shared stack with some of its file's fields replaced. */
export function changedShared({ name, input: former }: DescribedShared, fields: Partial<SharedStackInput>) {
  const input: SharedStackInput = { ...former, ...fields };
  const [shared] = checkFiles([{ name, input }], { complete: false }).shared;
  return { name, input, shared } as DescribedShared;
}

/** The files under `clients/`. */
export function shipped(): { readonly clients: readonly Described[]; readonly shared: readonly DescribedShared[] } {
  const { clients, shared } = loadFleet();
  return {
    clients: clients.map((client) => ({ name: client.name, input: inputOf(client.name), client })),
    shared: shared.map((stack) => ({ name: stack.name, input: inputOf(stack.name), shared: stack })),
  };
}

/** What a file exports, which was checked before. */
function inputOf<T extends ClientInput | SharedStackInput>(name: string): T {
  return fileNamed(name).input as T;
}

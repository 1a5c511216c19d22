import { Option } from "commander";
import { CommandError } from "./command-error";

/** The option for a director whose address no output has. */
export function directorOption(): Option {
  return new Option("--director <address>", "address of a director that exists outside of the stack");
}

/** @throws CommandError where SSH would take the address for something else */
export function checkDirector(address: string | undefined): void {
  if (address !== undefined && !/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(address)) {
    throw new CommandError(`--director is ${JSON.stringify(address)}; a host name or IPv4 address is required.`);
  }
}

import { CommandError } from "./command-error";

/**
 * What `write` returns.
 * @param advice what to do where the folder cannot be written, as sentences
 * @throws CommandError where the folder's disk or permissions are against it
 */
export function written<T>(folder: string, advice: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) {
      throw error;
    }
    throw new CommandError(`${folder} cannot be written (${code}). ${advice}`, { cause: error });
  }
}

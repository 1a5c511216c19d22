import type { Described } from "../../config/client";
import type { loadReadable } from "../../config/load/load";
import { CommandError } from "../command-error";
import type { Terminal } from "../terminal";

/** All whose state is in the same bucket, as far as their files can be read: a mistake in one hinders no other. */
export function ownersBeside(
  { name, state }: Described,
  { owners, unreadable }: ReturnType<typeof loadReadable>,
  terminal: Terminal,
): Described[] {
  const beside = owners.filter((owner) => owner.state.bucket === state.bucket);
  if (unreadable.length > 0) {
    const files = unreadable.join(", ");
    if (beside.some((owner) => owner.state.deployers !== undefined)) {
      throw new CommandError(
        `${name}: \`state.deployers\` admits CI's roles of all clients in the bucket, and these files cannot be read: ${files}. Correct them first.`,
      );
    }
    terminal.progress(
      `Not read, for there are mistakes in them: ${files}. If their state is in ${state.bucket}, repeat this.`,
    );
  }
  return beside;
}

/** What went wrong, in words for the operator; it ends a command, and is printed without a stack. */
export class CommandError extends Error {
  /** Exit status of the command. */
  readonly exitStatus: number;

  constructor(message: string, { exitStatus = 1, ...options }: ErrorOptions & { readonly exitStatus?: number } = {}) {
    super(message, options);
    this.name = "CommandError";
    this.exitStatus = exitStatus;
  }
}

export interface CommandErrorOptions extends ErrorOptions {
  /**
   * Exit status of the command.
   * @default 1
   */
  readonly exitStatus?: number;
}

/** What went wrong, in words for the operator; it ends a command, and is printed without a stack. */
export class CommandError extends Error {
  readonly exitStatus: number;

  constructor(message: string, options: CommandErrorOptions = {}) {
    super(message, options);
    this.name = "CommandError";
    this.exitStatus = options.exitStatus ?? 1;
  }
}

/** Where a command writes. */
export interface Terminal {
  /** Results, to be read by people and programs. */
  result(text: string): void;
  /** Progress and mistakes, which are no part of the result. */
  progress(text: string): void;
}

/** The process's own standard output and error. */
export const terminal: Terminal = {
  result: (text) => process.stdout.write(`${text}\n`),
  progress: (text) => process.stderr.write(`${text}\n`),
};

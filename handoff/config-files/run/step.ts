import { shellWord } from "../../sql/quoting";

/** A step of RUN.md. */
export interface Step {
  readonly title: string;
  /** Where its commands are run: in the repository of the client file, or logged in to the director. */
  readonly where: "here" | "director";
  /**
   * What there is to know, in Markdown.
   * @default - the commands say it all
   */
  readonly text?: string;
  /** Commands of bash, each complete. */
  readonly commands: readonly string[];
  /**
   * What to do when they have succeeded, in Markdown.
   * @default - the step is done
   */
  readonly after?: string;
}

/** A word of bash, quoted where it has to be. */
export function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : shellWord(text);
}

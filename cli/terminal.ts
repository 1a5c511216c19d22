import { styleText } from "node:util";
import { createSpinner, type Spinner } from "nanospinner";
import { withPages } from "../config/documentation";

/** What a coloured word means to its reader. */
export type Style = "good" | "notable" | "bad" | "heading";

/** Where a command writes. */
export interface Terminal {
  /** Results, to be read by people and programs. */
  result(text: string): void;
  /** Progress and mistakes, which are no part of the result. */
  progress(text: string): void;
  /**
   * What is under way, until the next line is written: it turns on a terminal, and is a line of progress elsewhere.
   * @param text as in `Looking up what exists`; nothing ends it
   */
  busy(text?: string): void;
  /** A word of a result in its colour, where results are shown in colours. */
  styled(style: Style, text: string): string;
  /** How many columns results have; undefined where they go to a file or a program, which wrap nothing. */
  readonly columns?: number | undefined;
}

const formats = { good: "green", notable: "yellow", bad: "red", heading: "bold" } as const;

/** The process's own standard output and error; `NO_COLOR` and `FORCE_COLOR` are heeded, as by Node.js itself. */
class ProcessTerminal implements Terminal {
  private spinner: Spinner | undefined;
  private busyLine: string | undefined;
  private readonly turns =
    process.stderr.isTTY === true && process.env.TERM !== "dumb" && (process.env.CI ?? "false") === "false";

  result(text: string): void {
    this.write(process.stdout, text);
  }

  progress(text: string): void {
    this.write(process.stderr, text);
  }

  busy(text?: string): void {
    if (text !== undefined && !this.turns) {
      // A line stays, and says once what goes on after each result.
      if (text !== this.busyLine) {
        this.progress(`${text} …`);
        this.busyLine = text;
      }
      return;
    }
    this.spinner?.stop();
    this.spinner = text === undefined ? undefined : createSpinner(`${text} …`, { color: "cyan" }).start();
  }

  styled(style: Style, text: string): string {
    return styleText(formats[style], text, { stream: process.stdout });
  }

  get columns(): number | undefined {
    return process.stdout.isTTY ? process.stdout.columns : undefined;
  }

  private write(stream: NodeJS.WriteStream, text: string): void {
    this.busy();
    stream.write(`${withPages(text)}\n`);
  }
}

export const terminal: Terminal = new ProcessTerminal();

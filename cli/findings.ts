import { firstSentence } from "../config/first-sentence";
import { CommandError } from "./command-error";
import { count, row } from "./layout";
import type { Style, Terminal } from "./terminal";

/** What a question came to; a refusal is what fails, as Terraform would half-way through an apply. */
export interface Finding {
  readonly verdict: "ok" | "warning" | "refused" | "unasked";
  /** What was asked about, as in `role edxanalytics`. */
  readonly subject: string;
  /** What was found and, unless it is well, what to do. */
  readonly text: string;
}

export type Answer = Omit<Finding, "subject">;

export const ok = (text: string): Answer => ({ verdict: "ok", text });
export const warning = (text: string): Answer => ({ verdict: "warning", text });
export const refused = (text: string): Answer => ({ verdict: "refused", text });

const styles: Readonly<Record<Finding["verdict"], Style>> = {
  ok: "good",
  warning: "notable",
  refused: "bad",
  unasked: "notable",
};

/** What the end of a report repeats, so that it is found among what is well. */
const recapitulated = [
  ["refused", "Refused"],
  ["unasked", "Could not be asked"],
  ["warning", "Warnings"],
] as const;

/** Exit status where nothing is refused, and something could not be asked. */
export const unaskedStatus = 2;

/** Questions under their headings; each is asked when its finding is wanted. */
export type Sections = readonly (readonly [title: string, findings: AsyncIterable<Finding>])[];

/** What the counts of findings mean for the operator. */
interface Conclusion {
  /** Where something is refused. */
  readonly refused: string;
  /** Where nothing is, but some questions could not be asked. */
  readonly unasked: (questions: string) => string;
}

/**
 * Asks everything, prints each answer as it comes, and then again, in short, what is not well, and how many there are of each
 * kind.
 * @throws CommandError where an answer is a refusal, or a question could not be asked
 */
export async function printFindings(sections: Sections, terminal: Terminal, conclusion: Conclusion): Promise<void> {
  const findings: Finding[] = [];
  for (const [title, found] of sections) {
    const before = findings.length;
    const showBusy = () => {
      // Elsewhere the answers themselves are the progress.
      if (terminal.columns !== undefined) {
        terminal.busy(`Asking: ${title}`);
      }
    };
    showBusy();
    for await (const finding of found) {
      if (findings.length === before) {
        terminal.result(`\n${terminal.styled("heading", title)}`);
      }
      findings.push(finding);
      terminal.result(rowOf(finding, terminal));
      showBusy();
    }
  }
  const of = (verdict: Finding["verdict"]) => findings.filter((finding) => finding.verdict === verdict);
  for (const [verdict, title] of recapitulated) {
    if (of(verdict).length > 0) {
      const lines = of(verdict).map((finding) => rowOf({ ...finding, text: firstSentence(finding.text) }, terminal));
      terminal.result([`\n${terminal.styled("heading", title)}`, ...lines].join("\n"));
    }
  }
  const [refused, notAsked] = [of("refused").length, of("unasked").length];
  terminal.result(
    `\n${of("ok").length} ok, ${count(of("warning").length, "warning")}, ${refused} refused, ${notAsked} not asked.`,
  );
  if (refused > 0) {
    throw new CommandError(conclusion.refused);
  }
  if (notAsked > 0) {
    throw new CommandError(conclusion.unasked(count(notAsked, "question")), { exitStatus: unaskedStatus });
  }
}

function rowOf({ verdict, subject, text }: Finding, terminal: Terminal): string {
  return row(terminal, styles[verdict], verdict, subject, text);
}

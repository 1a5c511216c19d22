import { CommandError } from "./command-error";
import { count, indented, row } from "./layout";
import type { Terminal } from "./terminal";

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
 * Asks everything, prints each answer as it comes, and then how many there are of each kind.
 * @throws CommandError where an answer is a refusal, or a question could not be asked
 */
export async function printFindings(sections: Sections, terminal: Terminal, conclusion: Conclusion): Promise<void> {
  const findings: Finding[] = [];
  for (const [title, found] of sections) {
    const before = findings.length;
    for await (const finding of found) {
      if (findings.length === before) {
        terminal.result(`\n${title}`);
      }
      findings.push(finding);
      terminal.result(row(finding.verdict, finding.subject, finding.text));
    }
  }
  const of = (verdict: Finding["verdict"]) => findings.filter((finding) => finding.verdict === verdict);
  const [refused, notAsked] = [of("refused").length, of("unasked")];
  if (notAsked.length > 0) {
    const lines = notAsked.map(({ subject, text }) => `${subject} ${text}`);
    terminal.result("\nCould not be asked");
    terminal.result(indented(lines, 2).join("\n"));
  }
  terminal.result(
    `\n${of("ok").length} ok, ${count(of("warning").length, "warning")}, ${refused} refused, ${notAsked.length} not asked.`,
  );
  if (refused > 0) {
    throw new CommandError(conclusion.refused);
  }
  if (notAsked.length > 0) {
    throw new CommandError(conclusion.unasked(count(notAsked.length, "question")), { exitStatus: unaskedStatus });
  }
}

import type { Described } from "../../config/client";
import { type Imports, importsFile } from "../../config/load/imports";
import type { Aws } from "../../resources/aws/aws";
import { AwsError } from "../../resources/aws/errors";
import type { LookUp } from "../../resources/look-up";
import type { Outcome } from "../../resources/outcome";
import { type Answer, type Finding, ok, refused } from "../findings";

const unanswered = (why: string): Answer => ({
  verdict: "unasked",
  text: `could not be asked: ${why}. Ask with other credentials, or look yourself.`,
});

/** What is asked for, and what with. */
export interface Context {
  /** The client's name, or the shared stack's. */
  readonly name: string;
  readonly kind: Described["kind"];
  readonly aws: Aws;
  /** The stack's resources, and the way to look for them. */
  readonly lookUp: LookUp;
  /** Ids that the stack imports, by address. */
  readonly imports: Imports;
  /** Whether there is a state: what has the stack's tags is managed by it then. Asked once. */
  readonly hasState: () => Promise<boolean>;
}

/** One question, which does not hinder the next when these credentials may not ask it. */
export async function ask(subject: string, answer: () => Promise<Answer>): Promise<Finding> {
  try {
    return { subject, ...(await answer()) };
  } catch (error) {
    return unasked(subject, error);
  }
}

/** A finding for a call that failed; what no other call can get around is raised again. */
export function unasked(subject: string, error: unknown): Finding {
  if (!(error instanceof AwsError) || error.hopeless) {
    throw error;
  }
  return { subject, ...unanswered(error.brief) };
}

/**
 * Whether the stack can have the name of one of its resources: nothing has it, or what has it is the stack's.
 * @param fix what to do where something else has it
 */
export async function nameAnswer(
  { name, imports, lookUp, hasState }: Context,
  address: string,
  outcome: Outcome,
  fix: string,
): Promise<Answer> {
  if (outcome.kind === "not-found" || outcome.kind === "regardless") {
    return ok("does not exist: the name is free");
  }
  if (outcome.kind === "unknown") {
    return unanswered(outcome.why);
  }
  const isFound = outcome.kind === "found";
  if (outcome.tags === undefined) {
    return isFound ? ok("exists") : refused(`cannot be created: ${outcome.why}. ${fix}.`);
  }
  const tags = Object.fromEntries((await outcome.tags()).map(({ Key, Value }) => [Key, Value]));
  const own = lookUp.resources.defaultTags;
  if (isFound && imports[address] === outcome.id) {
    return ok(`exists, imported by ${importsFile(name)}`);
  }
  if (tags.Project === own.Project && tags.Client === own.Client) {
    return (await hasState())
      ? ok("exists, managed by this stack")
      : refused(
          "exists, with this stack's tags, and the state is new: a deploy would create it again. Correct `state`, or bring the state back: docs/operations.md. If it is lost for good, import: docs/adopting.md.",
        );
  }
  if (tags.Client !== undefined) {
    return refused(`exists, and is managed by client ${tags.Client}. ${fix}.`);
  }
  const byHand = isFound ? " If it was made by hand, it can be imported: docs/adopting.md." : "";
  return refused(`exists, and is not managed by this stack. ${fix}.${byHand}`);
}

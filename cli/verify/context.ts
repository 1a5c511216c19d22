import type { RunContext } from "../../handoff/config-files/run/context";
import type { Sources } from "../../handoff/config-files/sources";
import { type Answer, type Finding, refused } from "../findings";
import { ProbeError, type Probes } from "./probes";

/** What is asked about, and what with. */
export interface VerifyContext {
  readonly sources: Sources;
  /** What the release's software is like. */
  readonly tools: RunContext["tools"];
  readonly probes: Probes;
  /** Day on which certificates are judged. */
  readonly now: Date;
  /**
   * Address of the director.
   * @default - it exists outside of the stack, and is not named
   */
  readonly director?: string;
  /** A secret of SSM's, or why there is none. */
  secret(key: "apiAuthToken" | "backendOauth2Secret"): { readonly text: string } | { readonly why: string };
  /** Public address of a service's host, which may have none; raises a ProbeError where AWS does not tell. */
  publicAddress(service: "api" | "jenkins"): Promise<string | undefined>;
}

/** What another program has said, with a full stop. */
export function sentence(text: string): string {
  return text.replace(/\.?$/, ".");
}

export function unasked(why: string): Answer {
  return { verdict: "unasked", text: `could not be asked: ${why}` };
}

/**
 * One question; that it has no answer is said, and hinders no other.
 * @param isOpen whether this machine certainly may ask: then silence is an answer too
 */
export async function ask(subject: string, answer: () => Promise<Answer>, isOpen = false): Promise<Finding> {
  try {
    return { subject, ...(await answer()) };
  } catch (error) {
    if (!(error instanceof ProbeError)) {
      throw error;
    }
    const { why, message } = error;
    const silent = why === "refused" || why === "unknown-name" || (why === "timed-out" && isOpen);
    return { subject, ...(silent ? refused(`does not answer: ${sentence(message)}`) : unasked(sentence(message))) };
  }
}

/** A field of the client file that questions need. */
export function missingField({ sources }: VerifyContext, path: string): Answer {
  return unasked(`\`configurationFiles.${path}\` is missing in clients/${sources.client.name}.ts. Set it.`);
}

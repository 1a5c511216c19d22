import { closest, distance } from "fastest-levenshtein";
import { withPages } from "../documentation";
import { looksLikeSecret } from "../secrets";
import { visible } from "../visible";

/** One mistake in a client file, said so that its reader knows what to change. */
export interface Problem {
  /** Dotted path of the field, as in `database.iterations.1.storageGiB`. */
  readonly path: string;
  /** What is wrong: the value, what is allowed, what to do; one or two sentences, without the path. */
  readonly message: string;
}

/** The problems of one file under `clients/`. */
export interface FileProblems {
  /** The file as the operator knows it, as in `clients/acme.ts`. */
  readonly file: string;
  readonly problems: readonly Problem[];
  /**
   * Whether there is such a file: a name that no file has is no mistake in one.
   * @default true
   */
  readonly exists?: boolean;
}

/** Raised once for everything that is wrong in the client files; its message is the whole report. */
export class ClientFileError extends Error {
  constructor(readonly files: readonly FileProblems[]) {
    super(report(files));
    this.name = "ClientFileError";
  }
}

/**
 * @param found the value as it stands in the file, if there is one
 * @param allowed what may stand there instead
 * @param fix what to do, as a sentence without its full stop
 */
export function problem(path: string, found: unknown, allowed: string, fix: string): Problem {
  return { path, message: `is ${found === undefined ? "missing" : show(found)}; ${allowed}. ${fix}.` };
}

/** One mistake, with the file that it is in. */
export function problemIn(file: string, one: Problem): FileProblems {
  return { file, problems: [one] };
}

/** A value as it would be written in the file, cut to a readable length; of what looks like a secret, nothing. */
export function show(value: unknown): string {
  if (looksLikeSecret(value)) {
    return "what looks like a secret, and is not shown";
  }
  if (typeof value === "number") {
    return String(value);
  }
  if (typeof value === "bigint" || typeof value === "function") {
    return typeof value === "bigint" ? `${value}n` : "a function";
  }
  const text =
    JSON.stringify(value, (_, part) =>
      typeof part === "bigint"
        ? `${part}n`
        : typeof part === "function"
          ? "a function"
          : looksLikeSecret(part)
            ? "…"
            : part,
    ) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** The known name that a mistyped one was probably meant to be. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const candidate = known.length === 0 ? undefined : closest(name, known);
  return candidate !== undefined && distance(name.toLowerCase(), candidate.toLowerCase()) <= candidate.length / 2
    ? candidate
    : undefined;
}

/** Whether a name is a known one but for a letter or two. */
export function isTypo(name: string, known: readonly string[]): boolean {
  return known.some((one) => distance(name.toLowerCase(), one.toLowerCase()) <= 2);
}

/**
 * What may stand in the place of an unknown name.
 * @param otherwise what to do where it is like none
 */
export function didYouMean(name: string, known: readonly string[], otherwise = "Remove it"): string {
  const candidate = nearest(name, known);
  return [
    candidate === undefined ? otherwise : `Did you mean \`${candidate}\`?`,
    ...(known.length === 0 ? [] : [`${candidate === undefined ? ". " : " "}Known here: ${known.join(", ")}`]),
  ].join("");
}

function report(files: readonly FileProblems[]): string {
  const count = files.reduce((sum, { problems, exists = true }) => sum + (exists ? problems.length : 0), 0);
  const lines = files.flatMap(({ file, problems }) =>
    problems.map(({ path, message }) =>
      [`${visible(file)}:`, ...(path === "" ? [] : [`\`${visible(path)}\``]), visible(message, { lines: true })].join(
        " ",
      ),
    ),
  );
  const counted = count === 0 ? [] : ["", `${count} ${count === 1 ? "mistake" : "mistakes"} in the client files.`];
  return withPages([...lines, ...counted].join("\n"));
}

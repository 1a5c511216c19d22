import { types } from "node:util";
import { looksLikeSecret } from "../secrets";

/** JSON.parse quotes the text around a fault, and a secret may be in it. */
const quotedJson = /(Unexpected token .{1,8}, )?(\.\.\.)?".*"(\.\.\.)? is not valid JSON/s;

/** Errors of JavaScript's own that quote no text that they read. */
const plainKinds: readonly unknown[] = ["Error", "EvalError", "RangeError", "ReferenceError", "TypeError", "URIError"];

/** Where parsers say that they are, esbuild last. */
const places = [/\bline (\d+)[, :]+column (\d+)/i, /:(\d+):(\d+): ERROR\b/];

/** What was thrown, in words, whatever it is, without a secret that it has quoted. */
export function messageOf(thrown: unknown): string {
  try {
    if (thrown === null || thrown === undefined) {
      return `it throws ${thrown}`;
    }
    const text = types.isNativeError(thrown) ? ofError(thrown) : ownWords(String(thrown));
    return looksLikeSecret(text) ? "with a message that is not shown, as what looks like a secret is in it" : text;
  } catch {
    return "it throws what cannot be shown";
  }
}

function ofError(error: Error): string {
  const said = ownWords(error.message);
  const fromLibrary = !plainKinds.includes(error.name) || thrownIn(error.stack ?? "");
  if (!fromLibrary || said.includes("is not valid JSON")) {
    return said;
  }
  // A library quotes what it has read: its kind, code and place say where to look, and nothing of the content.
  const { code } = error as { readonly code?: unknown };
  const [, line, column] = places.map((place) => place.exec(error.message)).find((found) => found !== null) ?? [];
  return [
    error.name,
    ...(typeof code === "string" && /^[A-Z][A-Z0-9_]+$/.test(code) ? [code] : []),
    ...(line === undefined ? [] : [`at line ${line}, column ${column}`]),
    "(its message is not shown, as it may quote a secret)",
  ].join(" ");
}

/** Whether a library has thrown an error; the project itself may be one. */
function thrownIn(stack: string): boolean {
  const first = stack.split("\n").find((line) => /^\s+at /.test(line)) ?? "";
  return /[\\/]node_modules[\\/](?!edx-analytics-aws[\\/])/.test(first);
}

/** The first line: what follows is the place in the text that was read, or through which files Node.js came. */
function ownWords(message: string): string {
  const [line = ""] = message.replace(quotedJson, "text that it parses is not valid JSON").trim().split("\n");
  return line.trim().replace(/[.:]$/, "");
}

import { type ChildProcess, spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";

/** What a command did. */
export interface Result {
  readonly code: number | null;
  /** Standard output. */
  readonly stdout: string;
  /** Standard output and error as they came, without colours. */
  readonly output: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** @default {} - added to this process's environment */
  readonly env?: Readonly<Record<string, string>>;
  /** Called with the process once it runs, to kill it in the middle. @default - it runs to its end */
  readonly onStart?: (child: ChildProcess) => void;
}

const running = new Set<ChildProcess>();

/** Runs a command to its end, whatever its exit status. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<Result> {
  const child = start(command, args, options);
  let stdout = "";
  let output = "";
  child.stdout?.on("data", (chunk) => {
    stdout += chunk;
    output += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    output += chunk;
  });
  options.onStart?.(child);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, output: stripVTControlCharacters(output) }));
  });
}

/** Runs a command that has to succeed. */
export async function succeed(command: string, args: readonly string[], options: RunOptions = {}): Promise<Result> {
  const result = await run(command, args, options);
  if (result.code !== 0) {
    throw new Error(`${command} ${args.join(" ")} ended with ${result.code}:\n${tail(result.output)}`);
  }
  return result;
}

/** Starts a process that is ended with this one, whatever happens. */
export function start(command: string, args: readonly string[], { cwd, env }: RunOptions = {}): ChildProcess {
  // A group of its own: Ctrl-C reaches it through `endAll`, after its children.
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, detached: true });
  // A client that is refused ends before it has read what it was sent; its exit status says so.
  child.stdin?.on("error", () => {});
  running.add(child);
  child.on("close", () => running.delete(child));
  return child;
}

/** Ends a process and its children. */
export function end(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): void {
  if (child.pid !== undefined && child.exitCode === null) {
    try {
      process.kill(-child.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
        throw error;
      }
    }
  }
}

/**
 * Ends every process that was started and still runs.
 * @param patience how long each may take to end what it has started itself, before it is killed, milliseconds
 */
export function endAll(patience: number): void {
  for (const child of running) {
    end(child, "SIGTERM");
  }
  // Called while this process exits, when nothing asynchronous runs any more.
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; waited < patience && [...running].some(isThere); waited += 100) {
    Atomics.wait(clock, 0, 0, 100);
  }
  for (const child of running) {
    end(child, "SIGKILL");
  }
}

/** Whether the process group has a process. */
function isThere({ pid }: ChildProcess): boolean {
  try {
    return pid !== undefined && process.kill(-pid, 0);
  } catch {
    return false;
  }
}

/** The last lines of an output, which hold the error. */
export function tail(output: string): string {
  return output.trim().split("\n").slice(-40).join("\n");
}

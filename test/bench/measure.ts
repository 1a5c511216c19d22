import { spawnSync } from "node:child_process";

/** What a command took, in seconds. */
export interface Took {
  readonly wall: number;
  /** Of the command and of all that it started, on all cores. */
  readonly cpu: number;
}

/**
 * Runs a Node.js script and takes its time.
 * @throws Error where it fails
 */
export function timed(args: readonly string[], { folder, env }: { folder: string; env?: NodeJS.ProcessEnv }): Took {
  const { status, stderr } = spawnSync(
    "bash",
    ["-c", 'TIMEFORMAT="%R %U %S"; time "$@"', "bash", process.execPath, ...args],
    {
      cwd: folder,
      env: { ...process.env, ...env },
      encoding: "utf8",
      stdio: ["ignore", "ignore", "pipe"],
      maxBuffer: 1 << 28,
    },
  );
  if (status !== 0) throw new Error(`${args.join(" ")} failed:\n${stderr}`);
  const [wall, user, system] = (stderr.trim().split("\n").at(-1) as string).split(" ").map(Number) as [
    number,
    number,
    number,
  ];
  return { wall, cpu: user + system };
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

/** The one in the middle by CPU. */
export function medianTook(values: readonly Took[]): Took {
  return [...values].sort((a, b) => a.cpu - b.cpu)[Math.floor(values.length / 2)] as Took;
}

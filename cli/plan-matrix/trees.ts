import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { terraformLockFile } from "../../stacks/provider-locks";
import { CommandError } from "../command-error";

const execute = promisify(execFile);

/** Terraform JSON of a stack, as far as CI needs it. */
export interface Synthesised {
  readonly provider: { readonly aws: readonly { readonly region: string; readonly allowed_account_ids: string[] }[] };
  readonly terraform: {
    /** @default - it requires none */
    readonly required_providers?: Readonly<Record<string, { readonly source: string }>>;
    readonly backend: { readonly s3: { readonly bucket: string; readonly key: string; readonly region: string } };
  };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, { readonly name?: string }>>>>;
  /**
   * Text of the dependency lock file beside it: other providers may plan otherwise.
   * @default - there is none
   */
  readonly lock?: string;
}

/** All stacks of a tree, by their names. */
export type Stacks = ReadonlyMap<string, Synthesised>;

/**
 * Full id of the commit that a name stands for.
 * @throws CommandError where the repository has no such commit, or there is no repository
 */
export async function commitOf(root: string, base: string): Promise<string> {
  const found = await git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${base}^{commit}`]).catch(
    () => undefined,
  );
  if (found !== undefined) {
    return found.trim();
  }
  const shallow = await git(root, ["rev-parse", "--is-shallow-repository"]).catch(() => undefined);
  const inClone =
    shallow?.trim() === "true"
      ? "this clone is shallow, and does not have that commit. Fetch the history: `git fetch --unshallow`, or `fetch-depth: 0` in CI."
      : "the repository has no such commit. Name a branch, tag or commit that `git rev-parse` knows, or fetch it first.";
  const why =
    shallow === undefined
      ? "this folder is in no git repository. Repeat the command in a clone of the project."
      : inClone;
  throw new CommandError(`--base is ${JSON.stringify(base)}; ${why}`);
}

/**
 * The stacks of another commit, synthesised with that commit's own code and libraries in a temporary folder.
 * @throws SynthesisError where that tree cannot be synthesised
 */
export async function stacksOfCommit(root: string, commit: string, progress: (text: string) => void): Promise<Stacks> {
  const folder = mkdtempSync(join(tmpdir(), "edx-analytics-base-"));
  const tree = join(folder, "tree");
  try {
    // A hook of the operator's is for work in progress, which this is not.
    await git(root, ["-c", "core.hooksPath=/dev/null", "worktree", "add", "--detach", "--quiet", tree, commit]);
    if (textOf(join(tree, "package-lock.json")) === textOf(join(root, "package-lock.json"))) {
      symlinkSync(join(root, "node_modules"), join(tree, "node_modules"));
    } else {
      progress("The base has another package-lock.json: installing its libraries");
      await call("npm", ["ci", "--no-audit", "--no-fund"], tree).catch((error: Error) => {
        throw new SynthesisError(error.message, { cause: error });
      });
    }
    return await stacksOfTree(tree);
  } finally {
    await git(root, ["worktree", "remove", "--force", tree]).catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The stacks of a folder that holds the project. */
export async function stacksOfTree(tree: string): Promise<Stacks> {
  const outdir = mkdtempSync(join(tmpdir(), "edx-analytics-synth-"));
  // All clients, whatever the operator works on; and cdktf's way to name another folder.
  const env = { ...process.env, CLIENT: undefined, CDKTF_OUTDIR: outdir };
  try {
    await execute(process.execPath, ["--require", "tsx/cjs", "main.ts"], { cwd: tree, env, maxBuffer: 2 ** 26 });
    const stacks = join(outdir, "stacks");
    return new Map(
      readdirSync(stacks)
        .sort()
        .map((name) => [name, synthesised(join(stacks, name))]),
    );
  } catch (error) {
    throw new SynthesisError(reason(error), { cause: error });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function synthesised(folder: string): Synthesised {
  const stack = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as Synthesised;
  return { ...stack, lock: textOf(join(folder, terraformLockFile)) };
}

/** A tree that cannot be synthesised; its message is what the synth said. */
export class SynthesisError extends Error {}

/** Text of a file; undefined where there is none. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

async function git(root: string, args: readonly string[]): Promise<string> {
  return call("git", ["-C", root, ...args], root);
}

async function call(command: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    return (await execute(command, [...args], { cwd, maxBuffer: 2 ** 26 })).stdout;
  } catch (error) {
    throw new CommandError(`\`${command} ${args.join(" ")}\` failed: ${reason(error)}`, { cause: error });
  }
}

/** What a program says of a call that went wrong. */
function reason(error: unknown): string {
  const { stderr, message } = error as { readonly stderr?: string; readonly message: string };
  return stderr?.trim() || message;
}

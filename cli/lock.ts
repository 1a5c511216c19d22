import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Argument, type Command, Option } from "commander";
import { StagedFiles } from "../handoff/whole-files";
import { type LockedProvider, lockFileOf, readLockFile, sourceOf } from "../stacks/lock-file";
import {
  type LockKind,
  lockedProviders,
  lockFileName,
  lockFolder,
  platforms,
  providers,
} from "../stacks/provider-locks";
import { CommandError } from "./command-error";
import { hasPassword } from "./init/package-source";
import { aligned, count, indented } from "./layout";
import { engine, lockWith } from "./lock/terraform";
import type { Terminal } from "./terminal";
import { written } from "./written";

interface Options {
  readonly upgrade?: boolean;
  readonly platform: readonly string[];
  readonly fsMirror?: string;
  readonly netMirror?: string;
}

/** A kind's file before and after. */
interface Change {
  readonly kind: LockKind;
  readonly before: readonly LockedProvider[];
  readonly after: readonly LockedProvider[];
}

export function addLock(program: Command, terminal: Terminal): void {
  program
    .command("lock")
    .summary("create or renew the dependency lock files, which decide on the providers' versions")
    .description(
      "Writes providers/locks/, a dependency lock file for each kind of stack, by `terraform providers lock` (or that of " +
        "the program in TERRAFORM_BINARY_NAME). Versions stay unless --upgrade is given; checksums that are missing are " +
        "added. The providers are downloaded once for each platform. Where anything fails, no file is changed.",
    )
    .addArgument(new Argument("[kinds...]", "kinds of stacks; all by default").choices(Object.keys(lockedProviders)))
    .option("--upgrade", "take the newest versions that the stacks accept")
    .option("--platform <os_arch...>", "platforms to lock", [...platforms])
    .addOption(
      new Option("--fs-mirror <folder>", "take the providers from a folder instead of their registry").conflicts(
        "netMirror",
      ),
    )
    .option("--net-mirror <url>", "take the providers from a network mirror instead of their registry")
    .action(async (kinds: readonly LockKind[], options: Options) => {
      if (hasPassword(options.netMirror ?? "")) {
        throw new CommandError(
          "--net-mirror has a password or token, which Terraform's messages and the shell's history would show. Leave it out; Terraform reads it from `credentials` in its CLI configuration, or TF_TOKEN_….",
        );
      }
      const chosen = kinds.length > 0 ? kinds : (Object.keys(lockedProviders) as LockKind[]);
      const changes = await lock([...new Set(chosen)], options, terminal);
      terminal.result(report(changes));
    });
}

/**
 * Locks the providers of some kinds of stacks, and writes their files once all of it is known.
 * @param folder folder of the dependency lock files
 * @throws CommandError with what Terraform says
 */
export async function lock(
  kinds: readonly LockKind[],
  options: Options,
  terminal: Terminal,
  folder = lockFolder(),
): Promise<Change[]> {
  const { command, registry } = await engine();
  const former = new Map(kinds.map((kind) => [kind, readFormer(join(folder, lockFileName(kind)))]));
  const kept = options.upgrade
    ? []
    : [...former.values()].flat().filter(({ address }) => address.startsWith(`${registry}/`));
  const names = [...new Set(kinds.flatMap((kind) => lockedProviders[kind]))];
  const mirror = [
    ...(options.fsMirror === undefined ? [] : [`-fs-mirror=${resolve(options.fsMirror)}`]),
    ...(options.netMirror === undefined ? [] : [`-net-mirror=${options.netMirror}`]),
  ];
  terminal.busy(
    `Locking ${names.map((name) => providers[name].source).join(" and ")} for ${options.platform.join(", ")}`,
  );
  const locked = readLockFile(
    await lockWith(
      command,
      {
        required: Object.fromEntries(names.map((name) => [name, providers[name]])),
        kept: lockFileOf(distinct(kept)),
        args: [...options.platform.map((platform) => `-platform=${platform}`), ...mirror],
      },
      terminal,
    ),
  );
  const changes = kinds.map((kind) => {
    const before = former.get(kind) ?? [];
    return { kind, before, after: ofKind(kind, locked, before, registry) };
  });
  const files = changes.map(({ kind, after }) => ({ path: lockFileName(kind), content: lockFileOf(after) }));
  written(folder, "Lock again once it can.", () => new StagedFiles(folder, files).moveIntoPlace());
  return changes;
}

/** A kind's providers as they were locked now; a former block that has all that of the same version stays. */
function ofKind(
  kind: LockKind,
  locked: readonly LockedProvider[],
  before: readonly LockedProvider[],
  registry: string,
): LockedProvider[] {
  return lockedProviders[kind].map((name) => {
    const address = `${registry}/${providers[name].source}`;
    const now = locked.find((provider) => provider.address === address);
    if (now === undefined) {
      throw new CommandError(`${address} is not in what was locked. Nothing was changed.`);
    }
    const former = before.find((provider) => provider.address === address && provider.version === now.version);
    return former !== undefined && added(now, former) === 0 ? former : now;
  });
}

/** How many checksums a provider has that a former one had not. */
function added(provider: LockedProvider, former: LockedProvider): number {
  return provider.hashes.filter((hash) => !former.hashes.includes(hash)).length;
}

/** Of two versions of a provider in the files of two kinds, the first stays for both. */
function distinct(locked: readonly LockedProvider[]): LockedProvider[] {
  return [...new Map(locked.toReversed().map((provider) => [provider.address, provider])).values()];
}

function readFormer(path: string): LockedProvider[] {
  return existsSync(path) ? readLockFile(readFileSync(path, "utf8")) : [];
}

/** What has changed, and what to do next. */
export function report(changes: readonly Change[]): string {
  const differ = changes.some(({ before, after }) => lockFileOf(before) !== lockFileOf(after));
  return changes
    .flatMap(({ kind, before, after }) => [
      `providers/locks/${lockFileName(kind)}`,
      ...indented(aligned(after.map((provider) => described(provider, before))), 2),
    ])
    .concat(
      differ
        ? "Next: compare new checksums with the releases' own (docs/ci.md#providers), `npm run synth`, plan, and commit."
        : "Nothing has changed.",
    )
    .join("\n");
}

function described(provider: LockedProvider, before: readonly LockedProvider[]): string[] {
  const former = before.find((each) => sourceOf(each) === sourceOf(provider));
  const { version, hashes } = provider;
  if (former === undefined) {
    return [provider.address, `new: ${version}`, count(hashes.length, "checksum")];
  }
  if (former.address !== provider.address || former.version !== version) {
    const was = former.address === provider.address ? former.version : `${former.version} of ${former.address}`;
    return [provider.address, `${was} → ${version}`, count(hashes.length, "checksum")];
  }
  const more = added(provider, former);
  return [provider.address, version, more === 0 ? "unchanged" : `${count(more, "checksum")} added`];
}

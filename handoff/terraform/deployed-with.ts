import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type LockedProvider, lockFileOf, readLockFile, sourceOf } from "../../stacks/lock-file";
import { type LockKind, lockedProviders, lockFileName, lockFolder, providers } from "../../stacks/provider-locks";

/** What the exported configuration runs with, and what it was deployed with: its dependency lock file says all of it. */
export interface DeployedWith {
  /** The program's name and command: OpenTofu has a registry of its own, so a lock file is either's. */
  readonly engine: { readonly name: "Terraform" | "OpenTofu"; readonly command: "terraform" | "tofu" };
  /** The versions that a provider may have, by its local name: later ones of the major that is locked, as in `~> 5.100`. */
  readonly ranges: Readonly<Record<string, string>>;
  /** The locked versions, by local name; none of a provider that is not locked. */
  readonly versions: Readonly<Record<string, string>>;
  /** The dependency lock file, whose providers are constrained as above. */
  readonly lockFile: string;
}

/** @param text the dependency lock file of that kind of stacks; the committed one by default */
export function deployedWith(
  kind: LockKind,
  text = readFileSync(join(lockFolder(), lockFileName(kind)), "utf8"),
): DeployedWith {
  const locked = readLockFile(text);
  const named = lockedProviders[kind].map((name) => ({
    name,
    range: providers[name].version as string,
    provider: locked.find((provider) => sourceOf(provider) === providers[name].source),
  }));
  const isTofu = locked.some(({ address }) => address.startsWith("registry.opentofu.org/"));
  return {
    engine: isTofu ? { name: "OpenTofu", command: "tofu" } : { name: "Terraform", command: "terraform" },
    ranges: Object.fromEntries(named.map(({ name, provider, range }) => [name, provider ? ofMajor(provider) : range])),
    versions: Object.fromEntries(named.flatMap(({ name, provider }) => (provider ? [[name, provider.version]] : []))),
    lockFile: lockFileOf(
      locked.map((provider) => ({
        ...provider,
        text: provider.text.replace(/^( +constraints = ).*$/m, `$1"${ofMajor(provider)}"`),
      })),
    ),
  };
}

/** As in `~> 5.100`: 5.100 and what came later of that major. */
function ofMajor({ version }: LockedProvider): string {
  return `~> ${version.split(".").slice(0, 2).join(".")}`;
}

/** A provider in a dependency lock file. */
export interface LockedProvider {
  /** With its registry, as in `registry.terraform.io/hashicorp/aws`. */
  readonly address: string;
  readonly version: string;
  readonly hashes: readonly string[];
  /** The whole block, as Terraform wrote it. */
  readonly text: string;
}

const header =
  '# This file is maintained automatically by "terraform init".\n# Manual edits may be lost in future updates.\n';

/** The providers of a dependency lock file, which Terraform always writes in this one form. */
export function readLockFile(text: string): LockedProvider[] {
  return [...text.matchAll(/^provider "([^"]+)" \{\n((?: .*\n)*)\}$/gm)].map(([block, address = "", body = ""]) => ({
    address,
    version: /^ +version += "([^"]+)"$/m.exec(body)?.[1] ?? "",
    hashes: [...body.matchAll(/"((?:h1|zh):[^"]+)"/g)].map(([, hash = ""]) => hash),
    text: block,
  }));
}

/** A dependency lock file of some providers, in Terraform's order and layout. */
export function lockFileOf(providers: readonly LockedProvider[]): string {
  const sorted = providers.toSorted((one, other) => (one.address < other.address ? -1 : 1));
  return [header, ...sorted.map(({ text }) => `${text}\n`)].join("\n");
}

/** A provider's address without its registry, as in `hashicorp/aws`. */
export function sourceOf({ address }: LockedProvider): string {
  return address.split("/").slice(-2).join("/");
}

/** The providers that a configuration requires, such as `hashicorp/aws`, and a dependency lock file does not have. */
export function unlocked(
  required: Readonly<Record<string, { readonly source: string }>>,
  locked: readonly LockedProvider[],
): string[] {
  return Object.values(required)
    .map(({ source }) => (source.includes("/") ? source : `hashicorp/${source}`))
    .filter((source) => !locked.some((provider) => sourceOf(provider) === source));
}

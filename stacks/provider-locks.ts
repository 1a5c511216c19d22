import { join } from "node:path";
import { projectFolder } from "../config/project-folder";

/**
 * Providers by their local names, in the versions that stacks accept. Of `aws` these are both majors that the bindings'
 * attributes exist in, so that a team may be on either: decision 0002. `mysql` starts at the release whose schema the
 * bindings are made of: decision 0012.
 */
export const providers = {
  aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" },
  mysql: { source: "petoju/mysql", version: ">= 3.0.94, < 4.0.0" },
} as const;

/** Kinds of stacks by the providers that they need. Each has a dependency lock file, which decides on versions: decision 0023. */
export const lockedProviders = {
  aws: ["aws"],
  databases: ["aws", "mysql"],
} as const satisfies Record<string, readonly (keyof typeof providers)[]>;

export type LockKind = keyof typeof lockedProviders;

/** Name of a kind's dependency lock file, in `providers/locks/`. */
export function lockFileName(kind: LockKind): string {
  return `${kind}.terraform.lock.hcl`;
}

/** Folder of the dependency lock files, in the repository. */
export function lockFolder(): string {
  return join(projectFolder(), "providers", "locks");
}

/** File beside the lock files, and beside each stack: the versions of Terraform and OpenTofu that can run it. */
export const versionsFile = "versions.tf";

/** Where operators and CI work: Linux and macOS, on Intel and ARM. */
export const platforms: readonly string[] = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"];

/** Name of a dependency lock file where Terraform reads it: beside the configuration. */
export const terraformLockFile = ".terraform.lock.hcl";

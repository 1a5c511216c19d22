import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { type LockKind, lockFileName, lockFolder, terraformLockFile, versionsFile } from "./provider-locks";

/** Versions of Terraform and OpenTofu, as providers/locks/versions.tf has them: S3-native locking came with 1.10, write-only arguments with 1.11: decision 0002. */
export const requiredVersion = ">= 1.11.0";

/**
 * Puts beside each stack's `cdk.tf.json` what Terraform reads there: the dependency lock file, and `versions.tf`. In
 * `cdk.tf.json` itself, `required_version` would keep checkov from reading the file.
 */
export function writeBeside(
  outdir: string,
  stacks: readonly { readonly node: { readonly id: string }; readonly lock: LockKind }[],
): void {
  for (const { node, lock } of stacks) {
    const folder = join(outdir, "stacks", node.id);
    copyFileSync(join(lockFolder(), lockFileName(lock)), join(folder, terraformLockFile));
    copyFileSync(join(lockFolder(), versionsFile), join(folder, versionsFile));
  }
}

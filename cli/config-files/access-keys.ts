import { spawnSync } from "node:child_process";
import type { AccessKeyOwner, Outputs } from "../../handoff/config-files/outputs";
import { CommandError } from "../command-error";

/**
 * The secret access keys that a stack gave out, in clear: one that its state holds encrypted goes through the operator's
 * own gpg, which has the private key. Of an access key that was imported there is none.
 */
export function readAccessKeys(name: string, outputs: Outputs): Partial<Record<AccessKeyOwner, string>> {
  const keys: Partial<Record<AccessKeyOwner, string>> = {};
  for (const owner of ["elasticsearch", "reports"] as const) {
    const encrypted = outputs[`${owner}_encrypted_secret_access_key`];
    keys[owner] =
      encrypted === undefined
        ? outputs[`${owner}_secret_access_key`]
        : decrypt(name, `${owner}_encrypted_secret_access_key`, encrypted);
  }
  return keys;
}

function decrypt(name: string, output: string, encrypted: string): string {
  const input = Buffer.from(encrypted, "base64");
  const { status, stdout, stderr, error } = spawnSync("gpg", ["--quiet", "--decrypt"], {
    encoding: "utf8",
    env: process.env,
    input,
  });
  if (status === null && error !== undefined) {
    throw new CommandError(
      `${name}: \`gpg\` is not on the PATH, and the output ${output} is encrypted with the client's \`pgpKey\`. Install GnuPG where its private key is.`,
    );
  }
  if (status !== 0) {
    throw new CommandError(
      `${name}: gpg cannot decrypt the output ${output}: ${stderr.trim().split("\n").at(-1)}. Take a machine or GNUPGHOME with the private key of \`pgpKey\`.`,
    );
  }
  return stdout.trim();
}

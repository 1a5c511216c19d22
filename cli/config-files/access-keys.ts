import { spawn } from "node:child_process";
import type { AccessKeyOwner, Outputs } from "../../handoff/config-files/outputs";
import { CommandError } from "../command-error";

/**
 * The secret access keys that a stack gave out, in clear: one that its state holds encrypted goes through the operator's
 * own gpg, which has the private key. Of an access key that was imported there is none.
 */
export async function readAccessKeys(name: string, outputs: Outputs): Promise<Partial<Record<AccessKeyOwner, string>>> {
  const keys: Partial<Record<AccessKeyOwner, string>> = {};
  for (const owner of ["elasticsearch", "reports"] as const) {
    const encrypted = outputs[`${owner}_encrypted_secret_access_key`];
    keys[owner] =
      encrypted === undefined
        ? outputs[`${owner}_secret_access_key`]
        : await decrypt(name, `${owner}_encrypted_secret_access_key`, encrypted);
  }
  return keys;
}

function decrypt(name: string, output: string, encrypted: string): Promise<string> {
  return new Promise((done, fail) => {
    const gpg = spawn("gpg", ["--quiet", "--decrypt"], { env: process.env, stdio: ["pipe", "pipe", "pipe"] });
    let text = "";
    let reason = "";
    gpg.stdout.setEncoding("utf8").on("data", (part) => {
      text += part;
    });
    gpg.stderr.setEncoding("utf8").on("data", (part) => {
      reason += part;
    });
    gpg.on("error", () =>
      fail(
        new CommandError(
          `${name}: \`gpg\` is not on the PATH, and the output ${output} is encrypted with the client's \`pgpKey\`. Install GnuPG where its private key is.`,
        ),
      ),
    );
    gpg.on("close", (code) =>
      code === 0
        ? done(text.trim())
        : fail(
            new CommandError(
              `${name}: gpg cannot decrypt the output ${output}: ${reason.trim().split("\n").at(-1)}. Take a machine or GNUPGHOME with the private key of \`pgpKey\`.`,
            ),
          ),
    );
    // A gpg that ends early is told of by its status.
    gpg.stdin.on("error", () => {});
    gpg.stdin.end(Buffer.from(encrypted, "base64"));
  });
}

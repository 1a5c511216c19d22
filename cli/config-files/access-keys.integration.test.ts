import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientOf } from "../../test/client-files";
import { outputsOf } from "../../test/outputs";
import { readAccessKeys } from "./access-keys";

const folder = mkdtempSync(join(tmpdir(), "edx-analytics-gpg-"));
const path = process.env.PATH;
afterEach(() => {
  process.env.PATH = path;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const encrypted = outputsOf(clientOf({ pgpKey: "keybase:operator", buckets: { apiReports: {} } }));

/** Puts a gpg of the test's own on the PATH. */
function fakeGpg(lines: string): void {
  writeFileSync(join(folder, "gpg"), `#!/bin/sh\n${lines}\n`);
  chmodSync(join(folder, "gpg"), 0o755);
  process.env.PATH = `${folder}:/usr/bin:/bin`;
}

describe("secret access keys", () => {
  it("are outputs without a PGP key", () => {
    expect(readAccessKeys("example", outputsOf(clientOf()))).toEqual({
      elasticsearch: "secret-elasticsearch",
      reports: undefined,
    });
  });

  it("go through the operator's gpg with one, decoded", () => {
    fakeGpg('printf "%s of %s" "$*" "$(base64)"');
    const ciphertext = Buffer.from("secret-reports", "base64").toString("base64");

    expect(readAccessKeys("example", encrypted).reports).toBe(`--quiet --decrypt of ${ciphertext}`);
  });

  it("say what to do where gpg cannot", () => {
    fakeGpg("echo 'gpg: decryption failed: No secret key' >&2; exit 2");

    expect(() => readAccessKeys("example", encrypted)).toThrow(
      "example: gpg cannot decrypt the output elasticsearch_encrypted_secret_access_key: gpg: decryption failed: No secret key. Take",
    );
    process.env.PATH = folder;
    rmSync(join(folder, "gpg"));
    expect(() => readAccessKeys("example", encrypted)).toThrow("`gpg` is not on the PATH");
  });
});

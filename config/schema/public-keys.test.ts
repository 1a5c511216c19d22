import { mistakes } from "../../test/client-files";
import { pgpFingerprint } from "./public-keys";

const ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJz4sPZkBn6xeLWhaJFTPBBNGTCq27V3sZ9TR4CG8lNF";

/** An SSH key of some strings, as the wire has it. */
function ssh(kind: string, ...parts: readonly (string | Buffer)[]): string {
  const strings = [kind, ...parts].map((part) => Buffer.from(part));
  const bytes = strings.flatMap((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return [length, part];
  });
  return `${kind} ${Buffer.concat(bytes).toString("base64")}`;
}

/** An RSA key with a modulus of so many bits. */
function rsa(bits: number, exponent = Buffer.from([1, 0, 1])): string {
  const modulus = Buffer.alloc(bits / 8, 0xff);
  return ssh("ssh-rsa", exponent, Buffer.concat([Buffer.from([0]), modulus]));
}

describe("a public key of SSH", () => {
  const check = (publicKey: string) => mistakes({ "hosts.keyPair": { publicKey } });

  it.each([
    ed25519,
    `${ed25519} ops@example.org, a laptop`,
    rsa(2048),
    rsa(3072),
    rsa(4096),
    // PuTTY's former exponent.
    rsa(2048, Buffer.from([37])),
  ])("may be %.60s", (key) => {
    expect(check(key)).toEqual([]);
  });

  it.each([
    ["text", "ssh-ed25519 A"],
    ["random bytes of a key's length", `ssh-rsa AAAAB3NzaC1yc2E${"A".repeat(349)}`],
    ["another kind inside", ssh("ssh-rsa", "x").replace("ssh-rsa ", "ssh-ed25519 ")],
    ["a byte too many", ssh("ssh-ed25519", Buffer.alloc(33, 1))],
    ["a string too many", ssh("ssh-ed25519", Buffer.alloc(32, 1), "x")],
    ["half of it", `${ed25519.slice(0, -24)}`],
    ["base64 that does not end", `${ed25519}=`],
    ["an even exponent", rsa(2048, Buffer.from([1, 0, 2]))],
    ["an empty exponent", rsa(2048, Buffer.alloc(0))],
    ["a negative modulus", ssh("ssh-rsa", Buffer.from([1, 0, 1]), Buffer.alloc(256, 0xff))],
    ["a kind that EC2 does not import", ssh("ecdsa-sha2-nistp256", "nistp256", Buffer.alloc(65, 4))],
    ["two keys", `${ed25519}\n${ed25519}`],
    ["options before it", `no-pty ${ed25519}`],
    ["a control character behind it", `${ed25519} a\u0007`],
  ])("is none with %s", (_, key) => {
    expect(check(key)).toEqual([
      expect.stringMatching(/one whole line of an OpenSSH public key, ssh-ed25519 or ssh-rsa, is required/),
    ]);
  });

  it.each(["\n", "\r\n"])("ends with no line end, as a file does: %j", (end) => {
    expect(check(`${ed25519} ops${end}`)).toEqual([
      expect.stringContaining("it ends with a line end, which is not part of the key. Take it off, as with `.trim()`."),
    ]);
  });

  it.each(["$", "%", "{", "}"])("has no %s in its comment", (character) => {
    expect(check(`${ed25519} ops ${character}x`)).toEqual([
      expect.stringContaining(
        `its comment has ${character} in it, which Terraform reads as its own. Take $, %, { and }`,
      ),
    ]);
  });

  it.each([512, 1024, 1536, 2040, 8192])("is too short or long with %i bits of RSA", (bits) => {
    const why = bits < 2048 ? "a shorter one can be broken" : "EC2 takes no longer one";
    expect(check(rsa(bits))).toEqual([
      expect.stringContaining(`RSA keys of 2048 to 4096 bits are allowed, this one has ${bits}: ${why}`),
    ]);
    expect(check(rsa(bits))[0]).toContain("Make another, as with `ssh-keygen -t rsa -b 4096 -m PEM`");
  });

  it.each([1, 3])("has not %i as RSA's exponent", (exponent) => {
    expect(check(rsa(2048, Buffer.from([exponent])))).toEqual([
      expect.stringContaining("its RSA exponent is 1 or 3, with which signatures have been forged"),
    ]);
  });
});

describe("a public key of PGP", () => {
  // gpg --quick-gen-key … ed25519, and --quick-add-key … cv25519 encr
  const both =
    "mDMEawjHFxYJKwYBBAHaRw8BAQdAism9bUFcKBUieicUn5euwSRGRdRifwJryqM6AMZQFmG0F2VkMjU1MTkgPGVkMjU1MTlAeC5vcmc+iJAEExYIADgWIQT7i5ZJAMKsjOHk9lJ907PuYsE7uwUCawjHFwIbAwULCQgHAgYVCgkICwIEFgIDAQIeAQIXgAAKCRB907PuYsE7u+QjAPsHc2XreGk5glOtlHsCYyMrp/EH0Cy+D8RKem7P7t58vQEA43jSe1u8qkieGEuiDtXC+acfPgbaGzBBhCv0vd6d4AG4OARrCMcXEgorBgEEAZdVAQUBAQdABS8w3LxadueJ0QuhZ4vHfiL4qq2yLYM+wShoh2YonBgDAQgHiHgEGBYIACAWIQT7i5ZJAMKsjOHk9lJ907PuYsE7uwUCawjHFwIbDAAKCRB907PuYsE7u9IGAQDrYYe9vf8CU3ZFxt1ZcM+XwknmkVU3/v1UknCA/9oVEwD+NB7wQ8ehq4b4l1udCWdLfYTMR1/DfUmdZlT0QkDv6gY=";
  const signOnly =
    "mDMEawjHFxYJKwYBBAHaRw8BAQdAism9bUFcKBUieicUn5euwSRGRdRifwJryqM6AMZQFmG0F2VkMjU1MTkgPGVkMjU1MTlAeC5vcmc+iJAEExYIADgWIQT7i5ZJAMKsjOHk9lJ907PuYsE7uwUCawjHFwIbAwULCQgHAgYVCgkICwIEFgIDAQIeAQIXgAAKCRB907PuYsE7u+QjAPsHc2XreGk5glOtlHsCYyMrp/EH0Cy+D8RKem7P7t58vQEA43jSe1u8qkieGEuiDtXC+acfPgbaGzBBhCv0vd6d4AE=";
  // gpg --quick-gen-key … rsa1024 sign, --quick-add-key … rsa1024 encr, and revkey
  const rsaSignOnly =
    "mI0EawkMyAEEAM+6MtgACZJBjKQw5LkHBBEdu1tfrDjxmi/pBG0BnxP5Jd955gqHz8KOEbHEkmv6+Gb1qlIV1101vWPJ486F9Ui3Aglh0XninbRu2oKlFZej6fobP8h6Efj1DpaWmJl4ojTaNSOscuPT7iwMmoKPc8AqrQ/U1rp4Tu6md72U1Hm5ABEBAAG0D3JzYSA8cnNhQHgub3JnPojOBBMBCgA4FiEEjgW8gtaEgCh1NxY1cb3IegKCOQoFAmsJDMgCGwMFCwkIBwIGFQoJCAsCBBYCAwECHgECF4AACgkQcb3IegKCOQqsuwQAkyVnhkQKUo2OYCdETGaZMqh3oFQEbcNrBv8Rm6Df0S/FvRxxsxoUKl4bf0pq+VoBjsqXKQPGTgVuyUbeD/WH2A1F66zfgm01Y87tMD8LJtAOdFxYAZy9nYzUwNKYteQMC2gRoUEWvkwPHDopvqxrUSle398qBB/vUyNuRUKm0NQ=";
  const rsaRevoked =
    "mI0EawkMyAEEAM+6MtgACZJBjKQw5LkHBBEdu1tfrDjxmi/pBG0BnxP5Jd955gqHz8KOEbHEkmv6+Gb1qlIV1101vWPJ486F9Ui3Aglh0XninbRu2oKlFZej6fobP8h6Efj1DpaWmJl4ojTaNSOscuPT7iwMmoKPc8AqrQ/U1rp4Tu6md72U1Hm5ABEBAAG0D3JzYSA8cnNhQHgub3JnPojOBBMBCgA4FiEEjgW8gtaEgCh1NxY1cb3IegKCOQoFAmsJDMgCGwMFCwkIBwIGFQoJCAsCBBYCAwECHgECF4AACgkQcb3IegKCOQqsuwQAkyVnhkQKUo2OYCdETGaZMqh3oFQEbcNrBv8Rm6Df0S/FvRxxsxoUKl4bf0pq+VoBjsqXKQPGTgVuyUbeD/WH2A1F66zfgm01Y87tMD8LJtAOdFxYAZy9nYzUwNKYteQMC2gRoUEWvkwPHDopvqxrUSle398qBB/vUyNuRUKm0NS4jQRrCQzIAQQA0jA2KluLb71G1xkhJAWaQYXUV5WOTuG/fPkKNBPMQ6InZzkX602g/PAb8kRF8zgMKL3TmQSz99XtlxxuSCzAZ2Qkcq0Hw3HOeyrUVyQ6m3+A3PZ0sWSityX1DMAY9otxStCQGfmBvBK33ZfqdP1YYSg3UFd7bSMxj4OXj7uF1FsAEQEAAYi2BCgBCgAgFiEEjgW8gtaEgCh1NxY1cb3IegKCOQoFAmsJDMgCHQAACgkQcb3IegKCOQp2HwP7BPh3FgqdE4UA2ROkoZEOF4kAGLKjC6W3nvevrpDFRWyxaA25UZ25OYySoYc2ORGCdnRn3rRtdpqRlZIRzxVnUPV4Fz63zZF+x55KoS2faOLmuZGswkLBeeyewYqXQfxtko7ccpi5Tr2Gn9nCJGRhmcQyYIo6ffojREn/I6yfJqGItgQYAQoAIBYhBI4FvILWhIAodTcWNXG9yHoCgjkKBQJrCQzIAhsMAAoJEHG9yHoCgjkKNk0D/i/fhR36sF2sph/JfA0w06Y8alNR9Qk/AfLXjivvwouIqamJqb7DFmtCkbvwkrFCbGP14tnEsGvxJxQJc+w07S2V2kxl2HDDNzlHyeLm6BT2JQCs51ipySbLu8vFqtCl4YASD5uCpxjT4Iynz9OdoxPB49a1RMoLZVGtOmqjx/E4";
  // gpg --quick-gen-key … rsa1024 cert,encr
  const rsaEncrypts =
    "mI0EawkMyAEEALat8/RmjHAYf7JRBA3FC95RU8er+Fm0iLJpSPjaineJoQq9aZpBc0IQNUa+GXmopHS7SGhtrOY48419C+7cVGGs0F+tf+GRDxaOs7ISA4PL88p1qCYaaYbj71Rcd4L4aPy7WV7fYHibt48b3Ycg5EZmV/x1io/zH70HFBkAsgVlABEBAAG0D2VuYyA8ZW5jQHgub3JnPojOBBMBCgA4FiEE9fLSaWUw6tpIUFSOkTVj6oeUHFwFAmsJDMgCGw0FCwkIBwIGFQoJCAsCBBYCAwECHgECF4AACgkQkTVj6oeUHFxE4QQAl1qBM4TiMwYz6j2b4KzJ5fbrbgEOc/8hwrNpyHiz/feMyDicsGhp9cOuDw89g62y7M8GBu1CD5P+MVTuB7myrtqXw/1Frk2Xyxx0/xHNmstVj7PSXVezbxGObhKCLtdyX56ZyAS5T7ccr7ckPYOi+5VJm8Fw7eaH4xA/qOkgsj8=";
  const secret =
    "lFgEawjHFxYJKwYBBAHaRw8BAQdAism9bUFcKBUieicUn5euwSRGRdRifwJryqM6AMZQFmEAAQCMZXJIwoyUGQvqt9ke0H5D8xUP7o56UkY5QnNIIM6a0g8QtBdlZDI1NTE5IDxlZDI1NTE5QHgub3JnPoiQBBMWCAA4FiEE+4uWSQDCrIzh5PZSfdOz7mLBO7sFAmsIxxcCGwMFCwkIBwIGFQoJCAsCBBYCAwECHgECF4AACgkQfdOz7mLBO7vkIwD7B3Nl63hpOYJTrZR7AmMjK6fxB9Asvg/ESnpuz+7efL0BAON40ntbvKpInhhLog7VwvmnHz4G2hswQYQr9L3eneABnF0EawjHFxIKKwYBBAGXVQEFAQEHQAUvMNy8WnbnidELoWeLx34i+Kqtsi2DPsEoaIdmKJwYAwEIBwAA/1jkwGgzrEr6a2Ee3ZHs7KKxZoeCBWCCEhTmFj/RpKmAEV6IeAQYFggAIBYhBPuLlkkAwqyM4eT2Un3Ts+5iwTu7BQJrCMcXAhsMAAoJEH3Ts+5iwTu70gYBAOthh729/wJTdkXG3Vlwz5fCSeaRVTf+/VSScID/2hUTAP40HvBDx6GrhviXW50JZ0t9hMxHX8N9SZ1mVPRCQO/qBg==";
  const bytes = Buffer.from(both, "base64");

  it("has the fingerprint that its own signature names", () => {
    const fingerprint = pgpFingerprint(both);

    expect(fingerprint).toBe("FB8B964900C2AC8CE1E4F6527DD3B3EE62C13BBB");
    expect(bytes.includes(Buffer.from(String(fingerprint), "hex"))).toBe(true);
    expect(pgpFingerprint("keybase:operator")).toBe("keybase:operator");
    expect(pgpFingerprint("aGVsbG8=")).toBeUndefined();
  });

  it.each([both, rsaEncrypts, `${both.slice(0, 60)}\n${both.slice(60)}\n`, "keybase:ab", "keybase:operator_1"])(
    "may be %.30s",
    (pgpKey) => {
      expect(mistakes({ pgpKey })).toEqual([]);
    },
  );

  it.each([
    ["random bytes", `mQ${"A".repeat(198)}`],
    ["half of it", both.slice(0, 200)],
    ["bytes behind it", Buffer.concat([bytes, Buffer.from("xyz")]).toString("base64")],
    ["no user", bytes.subarray(0, 53).toString("base64")],
    ["a blank in its base64, which the provider does not read", `${both.slice(0, 60)} ${both.slice(60)}`],
    ["its padding cut off", both.replace(/=+$/, "")],
    ["armour", `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${both}\n-----END PGP PUBLIC KEY BLOCK-----`],
    ["a Keybase user's name of one letter", "keybase:a"],
    ["a Keybase user's name that is too long", `keybase:${"a".repeat(17)}`],
    ["a Keybase team", "keybase:acme.ops"],
  ])("is none with %s", (_, pgpKey) => {
    expect(mistakes({ pgpKey })).toEqual([
      expect.stringContaining("a public PGP key in base64 without armour, or keybase:name, is required"),
    ]);
  });

  it.each([
    ["of an algorithm that only signs", signOnly],
    ["of RSA that may only sign", rsaSignOnly],
    ["whose encryption subkey is revoked", rsaRevoked],
  ])("has to encrypt: one %s", (_, pgpKey) => {
    expect(mistakes({ pgpKey })).toEqual([expect.stringContaining("no key in it encrypts: it only signs")]);
  });

  it("is not revoked as a whole", () => {
    // gpg --import of the revocation certificate that --quick-gen-key leaves
    const pgpKey =
      "mDMEZZIAgBYJKwYBBAHaRw8BAQdAuK1WFj788Amr+13rGzF7zB/TT3+7hNlZFjkj6EL+EWiIeAQgFggAIBYhBPqUIsYiyHYx+4ONKVwNIyWiDZWsBQJlkgCAAh0AAAoJEFwNIyWiDZWs5CQBAPl78IsZL2xR3pch5HH8JSouCCuZGINiODi0Cltq9DDgAP0WIkFOW3K3YwcHceSysRaXtuAeXcUa3SRbA1ovjHmfA7QLZSA8ZUB4Lm9yZz6IkAQTFggAOBYhBPqUIsYiyHYx+4ONKVwNIyWiDZWsBQJlkgCAAhsDBQsJCAcCBhUKCQgLAgQWAgMBAh4BAheAAAoJEFwNIyWiDZWsN9IBALHBvXVV5YvbCRcJO49jIOTC38jAcLlmwzlfB4yEbGlzAQDhXrQKBwry/f4MetVNbCSduJyX7e1jJX/ymmdNjN4JDbg4BGWSAIASCisGAQQBl1UBBQEBB0CHrDk7D6QKLj+NCOxEfpO+eJUi14+zjj9klLqLA+3wKgMBCAeIfgQYFggAJgIbDBYhBPqUIsYiyHYx+4ONKVwNIyWiDZWsBQJlut8ABQkLSoDAAAoJEFwNIyWiDZWsopwBAPKbI8AXjLEOfxVsk/8nkoP5VBQRhJEUXh6eAAyqEgHcAP9QV+Mhx0d8BvG4t8BEgSiMRKWovtAn1ZcErTQfTS7qAQ==";

    expect(mistakes({ pgpKey })).toEqual([
      expect.stringContaining("it is revoked, and the provider encrypts with no such key. Export another one."),
    ]);
  });

  it("is no private key, which is not shown", () => {
    expect(mistakes({ pgpKey: secret })).toEqual([
      "`pgpKey` looks like a secret, and client files are committed. Take it out; docs/configuration-files.md says where secrets go.",
    ]);
  });
});

import { createHash } from "node:crypto";
import { conflict, notFound } from "../outcome";
import { exposure } from "./alarm";
import { resourceType } from "./resource-type";

export const keyPair = resourceType("aws_key_pair", {
  holds: "the key that new hosts are reached with",
  uniqueName: { word: "key pair", argument: "key_name" },
  find: async ({ arguments: { key_name } }, { aws: { ec2 } }) => {
    const name = String(key_name);
    const existing = await ec2.keyPair(name);
    return existing === undefined
      ? notFound
      : conflict(
          `the key pair ${name} exists, and Terraform, which cannot compare its public key, would replace it. Use { existing: "${name}" }`,
          async () => existing.Tags ?? [],
        );
  },
  alarms: {
    create: ({ after }) => {
      const bits = bitsOfRsa(String(after.public_key));
      return [
        bits < fewestBits &&
          exposure`is an RSA key of ${String(bits)} bits: fewer than ${String(fewestBits)} are no longer safe`,
      ];
    },
  },
  adoption: { create: "the deployment has no such key pair" },
});

/** https://doi.org/10.6028/NIST.SP.800-57pt1r5, table 2: 112 bits of security. */
const fewestBits = 2048;

/** How long the modulus is, the third string of a key; NaN of what is no RSA key. */
function bitsOfRsa(publicKey: string): number {
  const bytes = Buffer.from(/^ssh-rsa (\S+)/.exec(publicKey.trim())?.[1] ?? "", "base64");
  const end = (start: number) => (start + 4 <= bytes.length ? start + 4 + bytes.readUInt32BE(start) : Number.NaN);
  const start = end(end(0));
  const hex = Number.isNaN(end(start)) ? "" : bytes.subarray(start + 4, end(start)).toString("hex");
  return hex === "" ? Number.NaN : BigInt(`0x${hex}`).toString(2).length;
}

/** Of a public key, as `ssh-keygen -l` prints it: two keys with the same beginning differ in it. */
export function fingerprint(publicKey: string): string {
  const [kind = "", base64 = ""] = publicKey.trim().split(/\s+/);
  const hash = createHash("sha256").update(Buffer.from(base64, "base64")).digest("base64");
  return `${kind} SHA256:${hash.replace(/=+$/, "")}`;
}

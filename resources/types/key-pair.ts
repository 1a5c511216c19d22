import { createHash } from "node:crypto";
import { conflict, notFound } from "../outcome";
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
  adoption: { create: "the deployment has no such key pair" },
});

/** Of a public key, as `ssh-keygen -l` prints it: two keys with the same beginning differ in it. */
export function fingerprint(publicKey: string): string {
  const [kind = "", base64 = ""] = publicKey.trim().split(/\s+/);
  const hash = createHash("sha256").update(Buffer.from(base64, "base64")).digest("base64");
  return `${kind} SHA256:${hash.replace(/=+$/, "")}`;
}

import { createHash } from "node:crypto";
import { z } from "zod";

/** What is wrong with a key, to be read after its field and its value; undefined where nothing is. */
type Fault = string | undefined;

const sshForm =
  "one whole line of an OpenSSH public key, ssh-ed25519 or ssh-rsa, is required. Paste the contents of the .pub file.";

/** Bits of RSA: EC2 takes 1024 too, which NIST does not: https://csrc.nist.gov/pubs/sp/800/131/a/r2/final. */
const rsaBits = { min: 2048, max: 4096 };

/**
 * OpenSSH public key of a kind that EC2 imports: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html,
 * decoded as RFC 4253, 6.6, and RFC 8709 have it.
 */
export const publicKey = z.string().superRefine((line, context) => {
  const fault = sshFault(line);
  if (fault !== undefined) {
    context.addIssue({ code: "custom", message: fault, input: line });
  }
});

function sshFault(line: string): Fault {
  if (/[\r\n]$/.test(line.trimStart()) && sshFault(line.trimEnd()) === undefined) {
    return "it ends with a line end, which is not part of the key. Take it off, as with `.trim()`.";
  }
  const forbidden = /^[\w-]+ [\w+/=]+ .*?([${}%])/.exec(line)?.[1];
  if (forbidden !== undefined) {
    return `its comment has ${forbidden} in it, which Terraform reads as its own. Take $, %, { and } out of the comment.`;
  }
  const [, kind, base64 = ""] = /^(ssh-ed25519|ssh-rsa) ([A-Za-z0-9+/]+={0,2})( [^\p{Cc}${}%]*)?$/u.exec(line) ?? [];
  if (kind === undefined || base64.length % 4 !== 0) {
    return sshForm;
  }
  const [named, ...parts] = sshStrings(Buffer.from(base64, "base64")) ?? [];
  if (named?.toString() !== kind) {
    return sshForm;
  }
  if (kind === "ssh-ed25519") {
    return parts.length === 1 && parts[0]?.length === 32 ? undefined : sshForm;
  }
  const [exponent, modulus] = parts;
  if (parts.length !== 2 || exponent === undefined || modulus === undefined || !isOdd(exponent) || !isOdd(modulus)) {
    return sshForm;
  }
  const bits = bitsOf(modulus);
  const fix =
    "Make another, as with `ssh-keygen -t rsa -b 4096 -m PEM`, and see docs/upgrading.md for hosts that have it";
  if (bits < rsaBits.min || bits > rsaBits.max) {
    const why =
      bits < rsaBits.min ? "a shorter one can be broken, and whoever does logs in" : "EC2 takes no longer one";
    return `RSA keys of ${rsaBits.min} to ${rsaBits.max} bits are allowed, this one has ${bits}: ${why}. ${fix}.`;
  }
  return BigInt(`0x${exponent.toString("hex")}`) > 3n
    ? undefined
    : `its RSA exponent is 1 or 3, with which signatures have been forged; ssh-keygen takes 65537. ${fix}.`;
}

/** The strings, each behind its length, that make up a key; undefined where they do not end with it. */
function sshStrings(bytes: Buffer): Buffer[] | undefined {
  const strings: Buffer[] = [];
  let position = 0;
  while (position < bytes.length) {
    if (position + 4 > bytes.length) {
      return undefined;
    }
    const end = position + 4 + bytes.readUInt32BE(position);
    if (end > bytes.length) {
      return undefined;
    }
    strings.push(bytes.subarray(position + 4, end));
    position = end;
  }
  return strings;
}

/** Whether it is a positive odd number, as a modulus and an exponent are. */
function isOdd(number: Buffer): boolean {
  const [first = 0x80] = number;
  return first < 0x80 && ((number.at(-1) as number) & 1) === 1;
}

function bitsOf(number: Buffer): number {
  return BigInt(`0x${number.toString("hex")}`).toString(2).length;
}

const pgpForm =
  "a public PGP key in base64 without armour, or keybase:name, is required. Try `gpg --export KEY | base64 -w0`.";

/** Public PGP key that the AWS provider encrypts with, or a Keybase user's, of 2 to 16 characters. */
export const pgpKey = z.string().superRefine((text, context) => {
  const fault = /^keybase:(?!.*__)[A-Za-z0-9]\w{1,15}$/.test(text) ? undefined : pgpFault(text);
  if (fault !== undefined) {
    context.addIssue({ code: "custom", message: fault, input: text });
  }
});

/** https://www.rfc-editor.org/rfc/rfc9580#name-packet-types */
const packets = { signature: 2, publicKey: 6, userId: 13, publicSubkey: 14 } as const;

/** https://www.rfc-editor.org/rfc/rfc9580#name-signature-types */
const revocations = { key: 0x20, subkey: 0x28 } as const;
/** https://www.rfc-editor.org/rfc/rfc9580#name-signature-subpacket-types */
const subpackets = { created: 2, expiresAfter: 9, keyFlags: 27 } as const;
/** https://www.rfc-editor.org/rfc/rfc9580#name-key-flags: the one that Terraform's provider asks for. */
const encryptsCommunications = 0x04;

/** Algorithms that encrypt: RSA, Elgamal, ECDH, X25519, X448: https://www.rfc-editor.org/rfc/rfc9580#name-public-key-algorithms. */
const encrypting = [1, 2, 16, 18, 25, 26];

function pgpFault(text: string): Fault {
  // Go's decoder, which Terraform's provider uses, skips line ends and nothing else.
  const base64 = text.replaceAll(/[\r\n]/g, "");
  const found =
    base64.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)
      ? pgpPackets(Buffer.from(base64, "base64"))
      : undefined;
  if (found?.[0]?.tag !== packets.publicKey || !found.some(({ tag }) => tag === packets.userId)) {
    return pgpForm;
  }
  const keys = pgpKeys(found);
  if (keys[0] && isRevoked(keys[0])) {
    return "it is revoked, and the provider encrypts with no such key. Export another one.";
  }
  return keys.some(encrypts)
    ? undefined
    : "no key in it encrypts: it only signs. Add an encryption subkey, with `gpg --quick-add-key FINGERPRINT cv25519 encr`, and export it again.";
}

/**
 * From when on the provider encrypts no more with a public PGP key, as of itself or its last encryption subkey.
 * @param text a key that the schema takes
 * @returns undefined for never, and of a Keybase user's key, which is not known
 */
export function pgpExpiry(text: string): Date | undefined {
  const [primary, ...subkeys] = pgpKeys(pgpPackets(Buffer.from(text, "base64")) ?? []);
  if (primary === undefined) {
    return undefined;
  }
  const seconds = Math.min(expiryOf(primary), Math.max(...[primary, ...subkeys].filter(encrypts).map(expiryOf)));
  return Number.isFinite(seconds) ? new Date(seconds * 1000) : undefined;
}

/**
 * Of a public PGP key, as `gpg --show-keys` prints it: https://www.rfc-editor.org/rfc/rfc9580#name-version-4-fingerprint.
 * @param text a key in base64, or `keybase:name`, which stays as it is
 * @returns undefined where it is no key of version 4
 */
export function pgpFingerprint(text: string): string | undefined {
  if (text.startsWith("keybase:")) {
    return text;
  }
  const body = pgpPackets(Buffer.from(text, "base64"))?.find(({ tag }) => tag === packets.publicKey)?.body;
  return body?.[0] === 4
    ? createHash("sha1")
        .update(Buffer.from([0x99, body.length >> 8, body.length & 0xff]))
        .update(body)
        .digest("hex")
        .toUpperCase()
    : undefined;
}

interface Packet {
  readonly tag: number;
  readonly body: Buffer;
}

interface PgpKey extends Packet {
  /** What is said of the key, and of a primary one of its users. */
  readonly signatures: readonly Buffer[];
}

/** The primary key and its subkeys. */
function pgpKeys(found: readonly Packet[]): PgpKey[] {
  return found.flatMap((packet, index) => {
    if (packet.tag !== packets.publicKey && packet.tag !== packets.publicSubkey) {
      return [];
    }
    const rest = found.slice(index + 1);
    const next = rest.findIndex(({ tag }) => tag === packets.publicSubkey);
    const own = rest.slice(0, next === -1 ? undefined : next).filter(({ tag }) => tag === packets.signature);
    return [{ ...packet, signatures: own.map(({ body }) => body) }];
  });
}

function isRevoked({ tag, signatures }: PgpKey): boolean {
  const revocation = tag === packets.publicSubkey ? revocations.subkey : revocations.key;
  return signatures.some((signature) => signature[1] === revocation);
}

function encrypts(key: PgpKey): boolean {
  const flags = key.signatures.flatMap((signature) => subpacketsOf(signature).get(subpackets.keyFlags)?.[0] ?? []);
  return (
    // The algorithm is behind the version and the time of creation.
    encrypting.includes(key.body[5] as number) &&
    !isRevoked(key) &&
    // A primary key without flags may do everything.
    ((key.tag === packets.publicKey && flags.length === 0) ||
      flags.some((flag) => (flag & encryptsCommunications) !== 0))
  );
}

/** Seconds since 1970, as the last signature has it that says what the key is for. */
function expiryOf({ body, signatures }: PgpKey): number {
  const seconds = (found: Buffer | undefined) => (found?.length === 4 ? found.readUInt32BE() : 0);
  const [last] = signatures
    .map(subpacketsOf)
    .filter((said) => said.has(subpackets.keyFlags))
    .sort((one, other) => seconds(other.get(subpackets.created)) - seconds(one.get(subpackets.created)));
  const lifetime = seconds(last?.get(subpackets.expiresAfter));
  return lifetime === 0 ? Number.POSITIVE_INFINITY : body.readUInt32BE(1) + lifetime;
}

/** What a signature of version 4 says, by the type of subpacket. */
function subpacketsOf(signature: Buffer): ReadonlyMap<number, Buffer> {
  const found = new Map<number, Buffer>();
  if (signature[0] !== 4 || signature.length < 6) {
    return found;
  }
  const end = Math.min(signature.length, 6 + signature.readUInt16BE(4));
  let position = 6;
  while (position < end) {
    const length = subpacketLength(signature, position);
    if (length === undefined || length.value === 0) {
      break;
    }
    const next = length.end + length.value;
    // The highest bit says that a reader has to know the subpacket.
    found.set((signature[length.end] as number) & 0x7f, signature.subarray(length.end + 1, next));
    position = next;
  }
  return found;
}

/** As of a packet, but that there are no parts, whose numbers are of two octets here. */
function subpacketLength(bytes: Buffer, at: number): Length | undefined {
  const first = bytes[at] as number;
  return first >= 224 && first < 255 && at + 1 < bytes.length
    ? { value: ((first - 192) << 8) + (bytes[at + 1] as number) + 192, end: at + 2 }
    : newLength(bytes, at);
}

/** The packets of a message; undefined where they do not end with it. */
function pgpPackets(bytes: Buffer): Packet[] | undefined {
  const found: Packet[] = [];
  let position = 0;
  while (position < bytes.length) {
    const first = bytes[position] as number;
    if ((first & 0x80) === 0) {
      return undefined;
    }
    const isNew = (first & 0x40) !== 0;
    const length = isNew ? newLength(bytes, position + 1) : oldLength(bytes, position + 1, first & 3);
    if (length === undefined || length.end + length.value > bytes.length) {
      return undefined;
    }
    position = length.end + length.value;
    found.push({ tag: isNew ? first & 0x3f : (first >> 2) & 0xf, body: bytes.subarray(length.end, position) });
  }
  return found;
}

interface Length {
  readonly value: number;
  /** Where the body begins. */
  readonly end: number;
}

function newLength(bytes: Buffer, at: number): Length | undefined {
  const first = bytes[at];
  if (first === undefined || (first >= 224 && first < 255) || at + 5 > bytes.length) {
    return first !== undefined && first < 192 ? { value: first, end: at + 1 } : undefined;
  }
  if (first < 192) {
    return { value: first, end: at + 1 };
  }
  return first === 255
    ? { value: bytes.readUInt32BE(at + 1), end: at + 5 }
    : { value: ((first - 192) << 8) + (bytes[at + 1] as number) + 192, end: at + 2 };
}

function oldLength(bytes: Buffer, at: number, type: number): Length | undefined {
  const size = [1, 2, 4][type];
  return size === undefined || at + size > bytes.length
    ? undefined
    : { value: bytes.readUIntBE(at, size), end: at + size };
}

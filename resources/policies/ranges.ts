import { BlockList, isIP } from "node:net";

/** Ranges of so few bits that two or more of them are the world. */
const bitsOfAnOwner = { ipv4: 8, ipv6: 16 };

/** Whether a range is the Internet, or a part of it larger than any one owner has. */
export function isWorld(cidr: unknown): boolean {
  const [address, bits] = partsOf(cidr);
  return isIP(address) !== 0 && bits < (address.includes(":") ? bitsOfAnOwner.ipv6 : bitsOfAnOwner.ipv4);
}

/** Whether a range is in another one. */
export function isWithin(range: unknown, other: unknown): boolean {
  const [[address, bits], [otherAddress, otherBits]] = [partsOf(range), partsOf(other)];
  if (isIP(address) === 0 || isIP(address) !== isIP(otherAddress) || bits < otherBits) {
    return false;
  }
  const kind = isIP(address) === 4 ? "ipv4" : "ipv6";
  if (otherBits > (kind === "ipv4" ? 32 : 128)) {
    return false;
  }
  const list = new BlockList();
  list.addSubnet(otherAddress, otherBits, kind);
  return list.check(address, kind);
}

function partsOf(range: unknown): [address: string, bits: number] {
  const [, address = "", bits = ""] = /^([^/]+)\/(\d+)$/.exec(String(range)) ?? [];
  return [address, Number(bits)];
}

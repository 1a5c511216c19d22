import { z } from "zod";
import { ipv4Range, isWithin as isWithinIpv4, oneOrMore, outside } from "./fields";

/** Unspecified, loopback, of IPv4 in other forms, link-local and multicast: https://www.iana.org/assignments/iana-ipv6-special-registry/. */
const reservedRanges = ["::/8", "fe80::/10", "ff00::/8"];

const addressBits = 128n;

/** IPv6 range in CIDR notation, as in `2001:db8::/32`, as AWS writes it: in the short form, its host bits zero. */
const cidrIpv6 = z
  .cidrv6({
    abort: true,
    error: ({ input }) => `an IPv6 range in CIDR notation is required, as in 2001:db8::/32. ${fix(String(input))}`,
  })
  .refine((range) => range === shortForm(range), {
    error: ({ input }) => `AWS keeps an IPv6 range in its short form. Did you mean "${shortForm(String(input))}"?`,
    abort: true,
  })
  .refine((range) => firstOf(range) % sizeOf(range) === 0n, {
    error: "AWS keeps a CIDR with its host bits zero, as in 2001:db8::/32. Clear the bits behind the mask.",
  });

/** Ranges of both kinds that rules let in, of which there is one at least. */
export const rangesOfBothKinds = (who: string) =>
  oneOrMore(
    z.array(
      z.string().superRefine((range, context) => {
        const kind = isIpv6(range) ? ipv6Range(who) : ipv4Range(who);
        for (const { message } of kind.safeParse(range).error?.issues ?? []) {
          context.addIssue({ code: "custom", message });
        }
      }),
    ),
    who,
  );

/** Whether a range is of IPv6. */
export function isIpv6(range: string): boolean {
  return range.includes(":");
}

/** Whether a range is a part of another one of its kind, or all of it. */
export function isWithinAnother(range: string, whole: string): boolean {
  return isIpv6(range) === isIpv6(whole) && (isIpv6(range) ? isWithin(range, whole) : isWithinIpv4(range, whole));
}

const ipv6Range = (who: string) => cidrIpv6.refine(...outside(reservedRanges, isWithin, who));

function fix(found: string): string {
  return z.ipv6().safeParse(found).success ? `Did you mean "${found}/128"?` : "Write address and mask length.";
}

/** By RFC 5952, as browsers write it. */
function shortForm(range: string): string {
  const [address = "", mask = ""] = range.split("/");
  return `${new URL(`http://[${address}]`).hostname.slice(1, -1)}/${Number(mask)}`;
}

/** The first address of a range in its short form, as a number. */
function firstOf(range: string): bigint {
  const [address = ""] = range.split("/");
  const [left = [], right = []] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...zeros, ...right].reduce((sum, group) => sum * 0x10000n + BigInt(`0x${group}`), 0n);
}

function sizeOf(range: string): bigint {
  return 2n ** (addressBits - BigInt(range.split("/")[1] as string));
}

function isWithin(range: string, whole: string): boolean {
  return firstOf(range) / sizeOf(whole) === firstOf(whole) / sizeOf(whole) && sizeOf(range) <= sizeOf(whole);
}

import { type Attributes, attributesOf, blocks, texts } from "../attributes";
import { principals, statementsOf } from "../policy-statements";

/** Ranges of so few bits that two or more of them are the world. */
const bitsOfAnOwner = { ipv4: 8, ipv6: 16 };

/** What inline rules, or rules of the older type, open to the world. */
export function openBlocks(rules: unknown): string[] {
  return blocks(rules).flatMap((rule) => openRanges(rule, [rule.cidr_blocks, rule.ipv6_cidr_blocks].flat()));
}

/** Ports of a rule by each range that is the world's, so that another range of the same ports is another opening. */
export function openRanges(rule: Attributes, ranges: readonly unknown[]): string[] {
  return ranges.filter(isWorld).map((range) => `${ports(rule)} from ${range}`);
}

/** Whether a range is the Internet, or a part of it larger than any one owner has. */
export function isWorld(cidr: unknown): boolean {
  if (typeof cidr !== "string") {
    return false;
  }
  const [address = "", bits = ""] = cidr.split("/");
  return Number(bits) < (address.includes(":") ? bitsOfAnOwner.ipv6 : bitsOfAnOwner.ipv4);
}

/** The protocol and the ports of a rule, in words. */
export function ports({ ip_protocol: ip, protocol, from_port: from, to_port: to }: Attributes): string {
  const name = String(ip ?? protocol);
  if (name === "-1" || name === "all") {
    return "all ports";
  }
  return `${name} ${from === to ? String(from) : `${from}-${to}`}`;
}

/** What the statements of a policy let everybody do. */
export function openPolicy(policy: unknown): string[] {
  return statementsOf(policy)
    .filter(({ Effect, Condition }) => Effect === "Allow" && !namesCaller(Condition))
    .filter(({ Principal, NotPrincipal }) => isEverybody(Principal) || NotPrincipal !== undefined)
    .map(({ Action, NotAction }) =>
      Action === undefined
        ? `all but ${listed(NotAction)} to everybody, by its policy`
        : `${listed(Action)} to everybody, by its policy`,
    );
}

function listed(actions: unknown): string {
  return [actions].flat().join(", ");
}

function isEverybody(principal: unknown): boolean {
  return Object.values(principals(principal)).some((identifiers) => texts(identifiers).includes("*"));
}

/**
 * Conditions that say who calls or from where, as S3 reckons what is public:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html. One of transport, such as
 * `aws:SecureTransport`, leaves everybody in.
 */
const callers =
  /^(aws:(source(ip|vpc|vpce|arn|account|owner|orgid|orgpaths)|principal(arn|account|orgid|orgpaths)|userid)|.+:(sub|aud))$/;

function namesCaller(condition: unknown): boolean {
  return Object.entries(attributesOf(condition)).some(
    ([operator, keys]) =>
      !/not|ifexists|forallvalues|^null$/i.test(operator) &&
      Object.entries(attributesOf(keys)).some(
        ([key, values]) =>
          callers.test(key.toLowerCase()) &&
          ![values].flat().some((value) => value === "*" || isRangeOfWorld(key, value)),
      ),
  );
}

function isRangeOfWorld(key: string, value: unknown): boolean {
  return key.toLowerCase() === "aws:sourceip" && isWorld(value);
}

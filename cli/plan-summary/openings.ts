import { kindOf } from "./kinds";
import type { ResourceChange } from "./plan";

type Attributes = Readonly<Record<string, unknown>>;

/** Ranges of so few bits that two or more of them are the world. */
const bitsOfAnOwner = { ipv4: 8, ipv6: 16 };

/** What is open to the world by a resource's attributes, in words; nothing of it for an empty list. */
const openings: Readonly<Record<string, (resource: Attributes) => string[]>> = {
  aws_vpc_security_group_ingress_rule: (rule) =>
    isWorld(rule.cidr_ipv4) || isWorld(rule.cidr_ipv6) ? [ports(rule)] : [],
  aws_security_group: ({ ingress }) => openBlocks(ingress),
  aws_security_group_rule: (rule) => (rule.type === "ingress" ? openBlocks([rule]) : []),
  aws_db_instance: ({ publicly_accessible: open }) => (open === true ? ["the database, by a public address"] : []),
  aws_s3_bucket_public_access_block: (block) =>
    ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
      .filter((name) => block[name] === false)
      .map((name) => `the bucket: ${name} is off`),
  aws_elasticsearch_domain: ({ access_policies: policy }) => openPolicy(policy),
  aws_s3_bucket_policy: ({ policy }) => openPolicy(policy),
};

/** What a change opens to the world that was not open before. */
export function opensToTheWorld(resource: ResourceChange): string[] {
  const kind = kindOf(resource);
  const find = openings[resource.type];
  if (resource.type === "aws_s3_bucket_public_access_block" && kind === "destroyed") {
    return ["the bucket: nothing blocks public access any more"];
  }
  if (find === undefined || (kind !== "added" && kind !== "changed" && kind !== "replaced")) {
    return [];
  }
  const { before, after } = resource.change;
  const open = isAttributes(before) ? find(before) : [];
  return isAttributes(after) ? find(after).filter((opening) => !open.includes(opening)) : [];
}

function openBlocks(blocks: unknown): string[] {
  return (Array.isArray(blocks) ? blocks : [])
    .filter(isAttributes)
    .filter(({ cidr_blocks: ipv4, ipv6_cidr_blocks: ipv6 }) => [ipv4, ipv6].flat().some(isWorld))
    .map(ports);
}

function isWorld(cidr: unknown): boolean {
  if (typeof cidr !== "string") {
    return false;
  }
  const [address = "", bits = ""] = cidr.split("/");
  return Number(bits) < (address.includes(":") ? bitsOfAnOwner.ipv6 : bitsOfAnOwner.ipv4);
}

function ports({ ip_protocol: ip, protocol, from_port: from, to_port: to }: Attributes): string {
  const name = String(ip ?? protocol);
  if (name === "-1" || name === "all") {
    return "all ports";
  }
  return `${name} ${from === to ? String(from) : `${from}-${to}`}`;
}

/** Statements that let everybody in without a condition. */
function openPolicy(policy: unknown): string[] {
  const statements = [(parsed(policy) as { Statement?: unknown } | undefined)?.Statement].flat().filter(isAttributes);
  return statements
    .filter(({ Effect, Principal, Condition }) => Effect === "Allow" && isEverybody(Principal) && !Condition)
    .map(({ Action }) => `${[Action].flat().join(", ")} to everybody, by its policy`);
}

function isEverybody(principal: unknown): boolean {
  return principal === "*" || (isAttributes(principal) && [principal.AWS].flat().includes("*"));
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function isAttributes(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import { kindOf } from "./kinds";
import type { ResourceChange } from "./plan";

type Attributes = Readonly<Record<string, unknown>>;

/** Ranges of so few bits that two or more of them are the world. */
const bitsOfAnOwner = { ipv4: 8, ipv6: 16 };

/** What is open to the world by a resource's attributes, in words; nothing of it for an empty list. */
const openings: Readonly<Record<string, (resource: Attributes) => string[]>> = {
  aws_vpc_security_group_ingress_rule: (rule) => opened(rule, [rule.cidr_ipv4, rule.cidr_ipv6]),
  aws_security_group: ({ ingress }) => openBlocks(ingress),
  aws_security_group_rule: (rule) => (rule.type === "ingress" ? openBlocks([rule]) : []),
  aws_db_instance: ({ publicly_accessible: open }) => (open === true ? ["the database, by a public address"] : []),
  aws_s3_bucket_public_access_block: (block) =>
    ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
      .filter((name) => block[name] === false)
      .map((name) => `the bucket: ${name} is off`),
  aws_elasticsearch_domain: ({ access_policies: policy }) => openPolicy(policy),
  aws_iam_role: ({ assume_role_policy: policy }) => openPolicy(policy),
  aws_s3_bucket_policy: ({ policy }) => openPolicy(policy),
};

/** Attributes that decide whether something is open, and whose value a plan may not know. */
const deciding: Readonly<Record<string, readonly string[]>> = {
  aws_vpc_security_group_ingress_rule: ["cidr_ipv4", "cidr_ipv6"],
  aws_security_group_rule: ["cidr_blocks", "ipv6_cidr_blocks"],
  aws_elasticsearch_domain: ["access_policies"],
  aws_iam_role: ["assume_role_policy"],
  aws_s3_bucket_policy: ["policy"],
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

/** What nobody can tell from the plan whether it opens something: an attribute, and why. */
export function undecided({ type, change }: ResourceChange): { attribute: string; why: string }[] {
  const unknown = isAttributes(change.after_unknown) ? change.after_unknown : {};
  const after = isAttributes(change.after) ? change.after : {};
  const before = isAttributes(change.before) ? change.before : {};
  const list = after.prefix_list_id;
  return [
    ...(deciding[type] ?? [])
      .filter((attribute) => unknown[attribute] === true)
      .map((attribute) => ({ attribute, why: "is known after the apply alone" })),
    ...(typeof list === "string" && list !== "" && list !== before.prefix_list_id
      ? [{ attribute: "prefix_list_id", why: "names ranges that are not in the plan" }]
      : []),
  ];
}

function openBlocks(blocks: unknown): string[] {
  return (Array.isArray(blocks) ? blocks : [])
    .filter(isAttributes)
    .flatMap((block) => opened(block, [block.cidr_blocks, block.ipv6_cidr_blocks].flat()));
}

/** Ports of a rule by each range that is the world's, so that another range of the same ports is another opening. */
function opened(rule: Attributes, ranges: readonly unknown[]): string[] {
  return ranges.filter(isWorld).map((range) => `${ports(rule)} from ${range}`);
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

/** Statements that let everybody in. */
function openPolicy(policy: unknown): string[] {
  const statements = [(parsed(policy) as { Statement?: unknown } | undefined)?.Statement].flat().filter(isAttributes);
  return statements
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
  return (
    principal === "*" ||
    (isAttributes(principal) && Object.values(principal).some((identifiers) => [identifiers].flat().includes("*")))
  );
}

/**
 * Conditions that say who calls or from where, as S3 reckons what is public:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html. One of transport, such as
 * `aws:SecureTransport`, leaves everybody in.
 */
const callers =
  /^(aws:(source(ip|vpc|vpce|arn|account|owner|orgid|orgpaths)|principal(arn|account|orgid|orgpaths)|userid)|.+:(sub|aud))$/;

function namesCaller(condition: unknown): boolean {
  const tests = isAttributes(condition) ? Object.entries(condition) : [];
  return tests.some(
    ([operator, keys]) =>
      !/not|ifexists|forallvalues|^null$/i.test(operator) &&
      Object.entries(isAttributes(keys) ? keys : {}).some(
        ([key, values]) =>
          callers.test(key.toLowerCase()) &&
          ![values].flat().some((value) => value === "*" || isRangeOfWorld(key, value)),
      ),
  );
}

function isRangeOfWorld(key: string, value: unknown): boolean {
  return key.toLowerCase() === "aws:sourceip" && isWorld(value);
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

import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { commercialRegions, partitionOf } from "../tables/regions";
import { mixesAlphabets, oneAlphabet } from "./alphabets";

/**
 * The kinds of value that a client file is made of. Every message says what is allowed and what to do, to be read after
 * the field's path and the value that was found.
 */

/** AWS region of the commercial partition, as in `eu-west-1`: every ARN that the project writes is `arn:aws:`. */
export const region = z.string().refine((value) => commercialRegions.includes(value), { error: regionMessage });

function regionMessage({ input }: { input?: unknown }): string {
  const partition = partitionOf(String(input));
  return partition === undefined
    ? `a region of AWS's is required, as in \`eu-west-1\`. ${didYouMeanRegion(String(input))}`
    : `it is of the partition ${partition}, and only the commercial one, aws, is supported. Name one of that.`;
}

function didYouMeanRegion(found: string): string {
  const candidate = closest(found, [...commercialRegions]);
  return distance(found, candidate) <= 2 ? `Did you mean \`${candidate}\`?` : "Use its code, not its name.";
}

/** AWS account id: 12 digits, as a string, because it may start with 0. */
export const accountId = z.string().regex(/^(?!0{12})\d{12}$/, {
  error: 'an account id is 12 digits in quotes, as in "123456789012". See `aws sts get-caller-identity`.',
});

/** Availability zone, as in `eu-west-1a`; a VPC of the client's own has a sixteenth of its range for each letter. */
export const zone = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d[a-p]$/, {
  error: ({ input }) =>
    /^[a-z]{2}(-[a-z]+)+-\d-[a-z0-9]+(-[a-z0-9]+)*-\d[a-z]$/.test(String(input))
      ? "it is a Local or Wavelength Zone, and these are not supported. Name an availability zone, as in `eu-west-1a`."
      : "an availability zone is the region and a letter from a to p, as in `eu-west-1a`. Correct the letter.",
});

/** An e-mail address; what stands before the @ has 64 characters at most, all of it 254: RFC 5321, 4.5.3.1. */
export function emailAddress(example: string) {
  return z
    .email({ error: `an e-mail address is required, as in \`${example}\`. Correct it.` })
    .refine((address) => address.lastIndexOf("@") <= 64 && address.length <= 254, {
      error: "an e-mail address has at most 64 characters before the @, and 254 in all. Correct it.",
    });
}

/** IPv4 range in CIDR notation, as in `203.0.113.0/24`, its host bits zero: AWS stores no others. */
export const cidr = z.cidrv4({ abort: true, error: cidrMessage }).refine(isNetworkAddress, {
  error: "AWS keeps a CIDR with its host bits zero, as in 203.0.113.0/24. Clear the bits behind the mask.",
});

/** This host, loopback, link-local, multicast and what is above: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html. */
export const reservedRanges = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"];

/** IPv4 range that a rule lets in. */
export const ipv4Range = (who: string) => cidr.refine(...outside(reservedRanges, isWithin, who));

/** A refinement: no range of what IANA reserves, from which no request comes. */
export function outside(
  reserved: readonly string[],
  isPart: (range: string, whole: string) => boolean,
  who: string,
): [check: (range: string) => boolean, message: { error: string }] {
  return [
    (range) => !reserved.some((whole) => isPart(range, whole)),
    { error: `no host has an address of ${reserved.join(", ")}. Write the range of those who ${who}.` },
  ];
}

/**
 * Ranges that rules let in, up to two rules each. AWS lets 1,000 rules apply to a network interface:
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups.
 */
function atMostSoMany<T extends z.ZodType<string>>(ranges: z.ZodArray<T>): z.ZodArray<T> {
  return ranges.max(490, {
    error: "AWS lets 1,000 rules apply to a host, and a range is up to two. Leave 490 or fewer.",
  });
}

/** IPv4 ranges that rules let in. */
export const rangesOrNone = (who: string) => atMostSoMany(z.array(ipv4Range(who)));

/** Ranges that rules let in, of which there is one at least. */
export function oneOrMore<T extends z.ZodType<string>>(ranges: z.ZodArray<T>, who: string): z.ZodArray<T> {
  return atMostSoMany(ranges).min(1, { error: `one range or more is required. Name who may ${who}.` });
}

/** What S3 keeps to itself, of which no bucket has the name. */
const noReservedName =
  /^(?!xn--|sthree-|amzn-s3-demo-|\d+(\.\d+){3}$)(?!.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$)/;
const reservedNames =
  "S3 keeps IP addresses, xn--…, sthree-…, amzn-s3-demo-…, …-s3alias, …--ol-s3, ….mrap, …--x-s3 and …--table-s3 to itself.";

/** Name of an S3 bucket: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html. */
export const s3BucketName = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]$/, {
    error: "a bucket name is 3 to 63 of a-z, 0-9, - and single dots, with a letter or digit at both ends. Rename it.",
  })
  .regex(noReservedName, { error: `${reservedNames} Rename it.` });

/** Name of an S3 bucket that Terraform creates, in the namespace of all accounts. */
export const newBucketName = s3BucketName.regex(/^(?!.*-an$)/, {
  error:
    "S3 keeps …-an to buckets of an account's own namespace, in which the AWS provider of this project creates none. Rename it.",
});

/**
 * Name of an S3 bucket that exists: those of us-east-1 from before March 2018 may have capitals, _ and up to 255 characters:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html.
 */
export const existingBucketName = z
  .string()
  .regex(/^[A-Za-z0-9._-]{3,255}$/, {
    error: "the name of a bucket is 3 to 255 letters, digits, ., _ and -. Copy it from `aws s3api list-buckets`.",
  })
  .regex(noReservedName, { error: `${reservedNames} Name the bucket itself.` });

/**
 * ARN of an IAM user or role, with AWS's lengths: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html.
 * The path is behind the first slash, without an empty part.
 * @param end what may follow the name
 */
function iamArn(kinds: string, error: string, end = "") {
  return z
    .string()
    .regex(new RegExp(`^arn:aws:iam::(?!0{12})\\d{12}:(${kinds})/([\\w+=,.@-]+/)*[\\w+=,.@-]+${end}$`), {
      abort: true,
      error,
    })
    .refine((arn) => (arn.split("/").at(-1) as string).length <= 64, {
      error: "a name of IAM's has at most 64 characters, behind the last slash. Copy the ARN from AWS.",
    })
    .refine((arn) => arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1).length <= 512, {
      error: "a path of IAM's, from the first slash to the last, has at most 512 characters. Copy the ARN from AWS.",
    });
}

/** ARN of an IAM user or role; the principal of `grades-download` may be either. */
export const principalArn = iamArn(
  "user|role",
  "the ARN of an IAM user or role is required, as in `arn:aws:iam::123456789012:user/edxapp`. See `aws iam get-user`.",
).regex(/^(?!.*:role\/aws-service-role\/)/, {
  error: "AWS's own service alone assumes a service-linked role, and no policy goes on it. Name edxapp's user or role.",
});

/** ARN of an IAM user or role as `aws:PrincipalArn` has it; a `*` at its end stands for any ending. */
export const deployerArn = iamArn(
  "user|role",
  "the ARN of an IAM user or role is required, as in `arn:aws:iam::123456789012:role/deploy`, or the beginning of its name and a *, as in `…:role/deploy*`. See `aws iam get-role`; of a session it is the role's ARN.",
  "\\*?",
);

/** ARN of an IAM role. */
export const roleArn = iamArn(
  "role",
  "the ARN of an IAM role is required, as in `arn:aws:iam::123456789012:role/deploy`. See `aws iam get-role`.",
).regex(/^(?!.*:role\/aws-service-role\/)/, {
  error: "AWS's own service alone assumes a service-linked role. Name the role of those who deploy.",
});

/** Name of a MySQL user: https://dev.mysql.com/doc/refman/8.0/en/user-names.html. Quotes would end the provider's own. */
export const mysqlUser = z
  .string()
  .regex(/^(?!mysql\.)[^\s\p{C}'"`\\{}\u{10000}-\u{10ffff}]{1,32}$/u, {
    error:
      "a MySQL user is 1 to 32 visible characters without blanks, quotes, braces and emoji. Take `EDXAPP_MYSQL_USER`.",
  })
  .refine((user) => !mixesAlphabets(user), { error: `${oneAlphabet}. Take \`EDXAPP_MYSQL_USER\`.` });

/** Key of an iteration: an integer in quotes, which rises with each replacement and is not used twice. */
export const iterationKey = z.string().regex(/^[1-9]\d{0,3}$/, {
  error: 'an iteration is a whole number from 1 in quotes, as in "2". Number it one above the last.',
});

/** An id that AWS assigned, as in `vpc-0a1b2c3d4e5f67890`. */
export function awsId(prefix: string, where: string) {
  return z.string().regex(new RegExp(`^${prefix}-[0-9a-f]{8}(?:[0-9a-f]{9})?$`), {
    error: `an id is required, as in \`${prefix}-0a1b2c3d4e5f67890\`. ${where}.`,
  });
}

/** For the `refine` of a list in which nothing may stand twice. */
export const unique = (what: string) =>
  [
    (values: readonly string[]) => new Set(values).size === values.length,
    { error: `a ${what} may be named once. Remove the repetition.` },
  ] as const;

/** Ids of existing security groups that a host or database is in, besides its own. */
export const additionalSecurityGroupIds = z
  .array(awsId("sg", "See `aws ec2 describe-security-groups`"))
  .max(14, {
    error: "AWS puts a network interface into 16 groups at most, up to two of the stack's. Leave 14 or fewer.",
  })
  .refine(...unique("group"))
  .default([]);

/** An integer within limits, its unit in the field's own comment. */
export function integer({ min, max }: { readonly min: number; readonly max: number }, fix: string) {
  return z.number().refine((value) => Number.isInteger(value) && value >= min && value <= max, {
    error: `a whole number from ${min} to ${max} is allowed. ${fix}.`,
  });
}

/** Reports a field that has to be there because of what other fields of its object say. */
export function missing(context: z.RefinementCtx, field: string, message: string): void {
  context.addIssue({ code: "custom", path: [field], input: undefined, message });
}

/** An object of which exactly one field is set. */
export function exactlyOne<T extends z.ZodRawShape>(shape: T) {
  const names = Object.keys(shape).map((name) => `\`${name}\``);
  return z
    .strictObject(shape)
    .refine((value) => Object.values(value).filter((field) => field !== undefined).length === 1, {
      error: `exactly one of ${names.join(" and ")} is allowed. Set one, remove the other.`,
    });
}

/** First and last address of an IPv4 range, as numbers. */
export function addressesOf(range: string): { readonly first: number; readonly last: number } {
  const [address = "", mask = ""] = range.split("/");
  const first = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { first, last: first + 2 ** (32 - Number(mask)) - 1 };
}

/** Whether two IPv4 ranges have an address in common. */
export function overlap(one: string, other: string): boolean {
  const [first, second] = [addressesOf(one), addressesOf(other)];
  return first.first <= second.last && second.first <= first.last;
}

/** Whether an IPv4 range is a part of another one, or all of it. */
export function isWithin(range: string, whole: string): boolean {
  const [part, all] = [addressesOf(range), addressesOf(whole)];
  return all.first <= part.first && part.last <= all.last;
}

function cidrMessage(issue: { input?: unknown }): string {
  const found = String(issue.input);
  if (found.includes(":")) {
    return "IPv6 is not supported, an IPv4 range is required, as in 203.0.113.0/24. Name one.";
  }
  const fix =
    found === "0.0.0.0"
      ? 'Did you mean "0.0.0.0/0"?'
      : /^\d{1,3}(\.\d{1,3}){3}$/.test(found)
        ? `Did you mean "${found}/32"?`
        : "Write address and mask length.";
  return `an IPv4 range in CIDR notation is required, as in 203.0.113.0/24. ${fix}`;
}

function isNetworkAddress(value: string): boolean {
  const { first, last } = addressesOf(value);
  return first % (last - first + 1) === 0;
}

import { bucketsOf } from "../buckets";
import type { Client } from "../client";
import { isExisting } from "../existing";
import { addressesOf, isWithin } from "../schema/fields";
import { isWithinAnother } from "../schema/ipv6";
import { privateRanges } from "../schema/network";

type Read = Pick<
  Client,
  "director" | "hosts" | "buckets" | "alarms" | "jenkinsJobs" | "network" | "database" | "edxapp"
>;

/** RFC 1918 and RFC 6598. */
const nonPublicRanges = [...privateRanges, "100.64.0.0/10"];

/** What has another effect than its reader expects, or none. */
export function effectWarnings(client: Read): string[] {
  return [
    ...sshWarnings(client),
    ...rangeWarnings(client),
    ...sameKeyWarnings(client),
    ...dotWarnings(client),
    ...clusterWarnings(client),
    ...ipv6Warnings(client),
    ...peeringWarnings(client),
    ...restoreWarnings(client),
  ];
}

/** The private range 10.0.0.0/8 is the largest that an organisation has of its own. */
function sshWarnings({ director }: Read): string[] {
  const isWide = (range: string) =>
    addressesOf(range).last - addressesOf(range).first + 1 >= 2 ** 24 && !isWithin(range, "10.0.0.0/8");
  return isExisting(director)
    ? []
    : director.sshFrom
        .filter(isWide)
        .map(
          (range) =>
            `director.sshFrom has "${range}": ${range.endsWith("/8") ? "16 million addresses" : "anybody"} may try to log in to the director, from which all hosts and databases are reached. Name the ranges of those who do.`,
        );
}

/** AWS takes a range within another, which a reader takes for the limit. */
function rangeWarnings({ director, hosts: { securityGroup } }: Read): string[] {
  const lists = {
    "director.sshFrom": isExisting(director) ? [] : director.sshFrom,
    "hosts.securityGroup.webFrom": isExisting(securityGroup) ? [] : securityGroup.webFrom,
  };
  return Object.entries(lists).flatMap(([path, ranges]) =>
    ranges.flatMap((range) => {
      const whole = ranges.find((other) => other !== range && isWithinAnother(range, other));
      return whole === undefined
        ? []
        : [`${path} has "${range}", which is within its "${whole}": it has no effect. Remove one of them.`];
    }),
  );
}

/** Jenkins holds the private key of the hosts. */
function sameKeyWarnings({ director, hosts: { keyPair } }: Read): string[] {
  if (isExisting(director)) {
    return [];
  }
  const [field, ofHosts, ofDirector] =
    isExisting(keyPair) && isExisting(director.keyPair)
      ? (["existing", keyPair.existing, director.keyPair.existing] as const)
      : (["publicKey", materialOf(keyPair), materialOf(director.keyPair)] as const);
  return ofHosts !== undefined && ofHosts === ofDirector
    ? [
        `director.keyPair.${field} is that of hosts.keyPair, whose private key Jenkins holds: who gets into Jenkins can log in to the director, from which all hosts and databases are reached. Give the director a key pair of its own.`,
      ]
    : [];
}

/** The key without its comment; undefined of a pair that exists, of which this project knows the name alone. */
function materialOf(keyPair: Client["hosts"]["keyPair"]): string | undefined {
  return isExisting(keyPair) ? undefined : keyPair.publicKey.split(" ")[1];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, and https://github.com/boto/boto/issues/2836. */
function dotWarnings({ buckets }: Read): string[] {
  return bucketsOf(buckets)
    .filter(([, { exists, name }]) => !exists && name.includes("."))
    .map(
      ([key, { name }]) =>
        `buckets.${key}.name is "${name}": S3's certificate is for no name with a dot in it, so boto 2, with which the pipeline and Ansible call the bucket, refuses HTTPS, and the bucket refuses HTTP. Name it without dots; where it is deployed, a change replaces it: copy its objects first.`,
    );
}

/** A cluster ends with its job, at the latest when Jenkins aborts that. */
function clusterWarnings({ alarms, jenkinsJobs: { jobs } }: Read): string[] {
  const longest = Math.max(0, ...jobs.map(({ timeoutMinutes }) => timeoutMinutes));
  const late = jobs.filter(({ timeoutMinutes }) => alarms !== undefined && timeoutMinutes > alarms.clusterHours * 60);
  return alarms === undefined || late.length === 0
    ? []
    : [
        `alarms.clusterHours is ${alarms.clusterHours}, and jobs may run longer: ${late.map(({ key, timeoutMinutes }) => `jenkinsJobs.${key}, ${timeoutMinutes} minutes`).join("; ")}. Their clusters are reported though they do what they should. Set it to ${Math.ceil(longest / 60)} or more, or lower \`timeoutMinutes\`.`,
      ];
}

/** Most browsers call by IPv4 where they can. */
function ipv6Warnings({ hosts: { securityGroup } }: Read): string[] {
  const ranges = isExisting(securityGroup) ? [] : securityGroup.webFrom;
  return ranges.length > 0 && ranges.every((range) => range.includes(":"))
    ? [
        'hosts.securityGroup.webFrom has ranges of IPv6 alone: whoever calls by IPv4, as most do, no longer gets to Insights. Add theirs, as in "0.0.0.0/0".',
      ]
    : [];
}

/** A public range is in the route tables then, before the way to the Internet. */
function peeringWarnings({ network }: Read): string[] {
  const range = network.vpc === "new" ? network.peering?.cidr : undefined;
  return range === undefined || nonPublicRanges.some((whole) => isWithin(range, whole))
    ? []
    : [
        `network.peering.cidr is "${range}", which are public addresses: what the hosts send to those on the Internet goes to the edxapp VPC. Write that VPC's own range, if it has another.`,
      ];
}

/** RDS takes them from the source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html. */
function restoreWarnings({ database, edxapp }: Read): string[] {
  return database.iterations.flatMap(({ key, restoreFrom, masterUser, encrypted }) => {
    const isEdxapp =
      restoreFrom !== undefined &&
      "instance" in restoreFrom &&
      edxapp.database.identifier !== undefined &&
      restoreFrom.instance === edxapp.database.identifier;
    const given = [
      ...(masterUser === "root" ? [] : [`masterUser "${masterUser}"`]),
      ...(encrypted ? [] : ["encrypted false"]),
    ];
    return [
      ...(isEdxapp
        ? [
            `database.iterations.${key}.restoreFrom.instance is "${restoreFrom.instance}", edxapp's own database: all of its learners' data and its users come into the analytics server, and to whoever reads that. Name an analytics instance or snapshot.`,
          ]
        : []),
      ...(restoreFrom === undefined || given.length === 0
        ? []
        : [
            `database.iterations.${key} has ${given.join(" and ")} beside restoreFrom: RDS takes master user, encryption and the least storage from the source, whatever is written. Make sure that they are the source's.`,
          ]),
    ];
  });
}

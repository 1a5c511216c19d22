/**
 * The order in which people write arguments: what a thing is called, what it is, what it belongs to. Those that stand in
 * no list come between, in the order of the JSON form, which is the alphabet's.
 */
const first = [
  // Terraform's own
  ["provider", "count", "for_each", "alias", "region", "from", "to"],
  // Names
  ["name", "identifier", "bucket", "key", "domain_name", "policy_name", "description"],
  // Variables and outputs; principals of policies
  ["type", "identifiers", "default", "value"],
  // What it is
  ["ami", "instance_type", "key_name", "engine", "engine_version", "instance_class", "elasticsearch_version", "family"],
  ["storage_type", "allocated_storage", "storage_encrypted", "volume_type", "volume_size", "instance_count"],
  // Security group rules
  [
    "security_group_id",
    "referenced_security_group_id",
    "cidr_ipv4",
    "cidr_ipv6",
    "ip_protocol",
    "from_port",
    "to_port",
  ],
  // Policies
  ["sid", "effect", "actions", "resources", "principals", "condition"],
  ["test", "variable", "values"],
  ["role", "user", "assume_role_policy", "policy", "policy_arn"],
  // Rules of a bucket's lifecycle
  ["id", "status", "filter"],
].flat();

const last = ["tags", "timeouts", "lifecycle"];

/** Arguments in the order that they are read in. */
export function inReadingOrder<T>(entries: readonly (readonly [string, T])[]): (readonly [string, T])[] {
  const rank = (name: string) => (first.includes(name) ? first.indexOf(name) : first.length + 1 + last.indexOf(name));
  return [...entries].sort(([one], [other]) => rank(one) - rank(other));
}

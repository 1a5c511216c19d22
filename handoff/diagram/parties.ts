import { attributesOf, texts } from "../../resources/attributes";
import { referenceIn, type StackResource, type StackResources } from "../../resources/stack-resources";
import type { Party } from "./diagram";

/** The cluster, which no stack creates: Jenkins starts it in the groups and with the role that the stack has for it. */
export const cluster = "emr";

/** What a stack creates and uses that reaches something, or is reached. */
export function partiesOf(resources: StackResources): Party[] {
  const { all, lookedUp } = resources;
  const of = (type: string, found: readonly StackResource[] = all) => found.filter((one) => one.type === type);
  return [
    ...of("aws_instance").map(host),
    ...of("aws_lb").map(
      (balancer): Party => ({
        id: balancer.address,
        title: "Load balancer",
        details: [named(balancer)],
        owner: "managed",
        place: "VPC",
      }),
    ),
    {
      id: cluster,
      title: "EMR cluster",
      details: ["started by Jenkins", ...of("aws_iam_role").filter(isClusterRole).map(named)],
      owner: "managed",
      place: "VPC",
    },
    ...of("aws_db_instance").map((server) => database(server, "Analytics RDS", "managed")),
    ...of("aws_db_instance", lookedUp).map((server) => database(server, "edxapp RDS", "existing")),
    ...of("aws_s3_bucket").map((bucket) => bucketOf(String(bucket.arguments.bucket), "managed")),
    ...of("aws_s3_bucket", lookedUp).map((bucket) => bucketOf(String(bucket.arguments.bucket), "existing")),
    ...of("aws_elasticsearch_domain").map(
      (domain): Party => ({
        id: domain.address,
        title: "Elasticsearch",
        details: [String(domain.arguments.domain_name)],
        owner: "managed",
        place: groupsOf(domain).length > 0 ? "VPC" : undefined,
      }),
    ),
    ...of("aws_iam_user").map((user) => userOf(user.address, named(user), "managed")),
  ];
}

/** A bucket, or a folder of one, by its name. */
export function bucketOf(name: string, owner: Party["owner"]): Party {
  return { id: `s3:${name}`, title: "Bucket", details: [name], owner, place: "S3" };
}

/** A user of IAM, whose keys something outside of AWS's view has. */
export function userOf(id: string, name: string, owner: Party["owner"]): Party {
  return { id, title: "IAM user", details: [name], owner };
}

/** Whether a role is that of the clusters' instances. */
export function isClusterRole({ address }: StackResource): boolean {
  return /^aws_iam_role\.emr_roles_\w*ec2$/.test(address);
}

/** The addresses of the groups that a host, server, load balancer or domain is in, or their ids. */
export function groupsOf({ arguments: given }: StackResource): string[] {
  const inVpc = attributesOf(given.vpc_options).security_group_ids;
  return [given.vpc_security_group_ids, given.security_groups, inVpc]
    .flatMap(texts)
    .map((id) => referenceIn(id)?.address ?? id);
}

function host({ address, arguments: { tags } }: StackResource): Party {
  const name = String((tags as { Name?: unknown } | undefined)?.Name ?? address);
  const [, service] = /_(insights|api|jenkins)$/.exec(address) ?? [];
  const services = { insights: "Insights", api: "Analytics API", jenkins: "Jenkins" };
  if (address === "aws_instance.director") {
    return { id: address, title: "Director", details: [name], owner: "managed", place: "VPC" };
  }
  const title = service === undefined ? "Analytics host" : services[service as keyof typeof services];
  const details = [...(service === undefined ? ["Insights, API, Jenkins"] : []), name];
  return { id: address, title, details, owner: "managed", place: "VPC" };
}

function database({ address, arguments: given }: StackResource, title: string, owner: Party["owner"]): Party {
  const details = [String(given.identifier ?? given.db_instance_identifier)];
  return { id: address, title, details, owner, place: owner === "managed" ? "VPC" : undefined };
}

function named({ arguments: { name } }: StackResource): string {
  return String(name);
}

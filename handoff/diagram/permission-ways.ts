import { type Attributes, blocks, texts } from "../../resources/attributes";
import { referenceIn, type StackResource, type StackResources } from "../../resources/stack-resources";
import type { Party, Way } from "./diagram";
import { bucketOf, cluster, isClusterRole, partiesOf, userOf } from "./parties";

/** Who may do what by policies, and whom and what they name beside the stack's resources. */
export function permissionWays(resources: StackResources): { readonly ways: Way[]; readonly named: Party[] } {
  const named = new Map<string, Party>();
  const targets = targetsOf(resources, named);
  const ways: Way[] = [];
  const allow = (holders: readonly string[], statement: Attributes) => {
    for (const from of holders) {
      for (const to of targets(statement)) {
        const what = verbs(texts(statement.actions));
        if (what.length > 0 && from !== to) {
          ways.push({ from, to, kind: "permission", what });
        }
      }
    }
  };
  for (const { holder, statements } of identityPolicies(resources)) {
    for (const statement of statements) {
      allow(holdersOf(holder, resources, named), statement);
    }
  }
  for (const statement of resourcePolicies(resources)) {
    const principals = blocks(statement.principals).flatMap(({ identifiers }) => texts(identifiers));
    allow(
      principals.flatMap((principal) => holdersOf(principal, resources, named)),
      statement,
    );
  }
  return { ways: [...ways, ...keyWays(resources)], named: [...named.values()] };
}

/** Each policy that a role or user has, with whose it is, as a reference or a name. */
function identityPolicies(resources: StackResources) {
  const inline = ["aws_iam_role_policy", "aws_iam_user_policy"]
    .flatMap((type) => resources.of(type))
    .map(({ arguments: { role, user, policy } }) => ({
      holder: String(role ?? user),
      statements: allowed(policy, resources),
    }));
  const attached = ["aws_iam_role_policy_attachment", "aws_iam_user_policy_attachment"]
    .flatMap((type) => resources.of(type))
    .map(({ arguments: { role, user, policy_arn } }) => ({
      holder: String(role ?? user),
      statements: statementsOf(String(policy_arn), resources),
    }));
  return [...inline, ...attached];
}

/** AWS's own policy for clusters reaches every bucket, as decision 0024 says. */
function statementsOf(policyArn: string, resources: StackResources): readonly Attributes[] {
  if (policyArn.endsWith("/AmazonElasticMapReduceforEC2Role")) {
    return [{ actions: ["s3:*"], resources: ["*"] }];
  }
  return allowed(resources.at(referenceIn(policyArn)?.address ?? "")?.arguments.policy, resources);
}

function resourcePolicies(resources: StackResources): Attributes[] {
  return resources.lookedUp
    .filter(({ type }) => type === "aws_iam_policy_document")
    .flatMap(({ arguments: { statement } }) => blocks(statement).filter(isGrant));
}

/** Whether a statement of a resource's policy lets somebody in; of a trust, it is another question who assumes the role. */
function isGrant({ effect, principals, resources }: Attributes): boolean {
  return effect === "Allow" && blocks(principals).some(({ type }) => type === "AWS") && resources !== undefined;
}

function allowed(policy: unknown, resources: StackResources): readonly Attributes[] {
  const document = resources.at(referenceIn(String(policy))?.address ?? "");
  return blocks(document?.arguments.statement).filter(({ effect }) => effect === "Allow");
}

/** The parties that a role or user is of: hosts by their instance profile, the cluster, or the user itself. */
function holdersOf(holder: string, resources: StackResources, named: Map<string, Party>): string[] {
  const found = resources.at(referenceIn(holder)?.address ?? "");
  if (found?.type === "aws_iam_role") {
    return isClusterRole(found) ? [cluster] : hostsWith(found, resources);
  }
  if (found !== undefined) {
    return [found.address];
  }
  if (/role|EMR_/i.test(holder)) {
    return [cluster];
  }
  const name = holder.replace(/^arn:aws[\w-]*:iam::\d+:user\//, "");
  const user = userOf(`user:${name}`, name, "existing");
  named.set(user.id, user);
  return [user.id];
}

function hostsWith(role: StackResource, resources: StackResources): string[] {
  const roleIn = (value: unknown) => referenceIn(String(value))?.address;
  const profiles = resources
    .of("aws_iam_instance_profile")
    .filter(({ arguments: given }) => roleIn(given.role) === role.address)
    .map(({ address }) => address);
  return resources
    .of("aws_instance")
    .filter(({ arguments: given }) => profiles.includes(roleIn(given.iam_instance_profile) ?? ""))
    .map(({ address }) => address);
}

/** The keys of the stack's users are in the configuration of the Analytics API: docs/configuration-files.md. */
function keyWays(resources: StackResources): Way[] {
  const api = resources
    .of("aws_instance")
    .filter(({ address }) => /\.analytics_(?!.*_(insights|jenkins)$)/.test(address));
  return resources
    .of("aws_iam_user")
    .flatMap(({ address: to }) =>
      api.map(({ address: from }): Way => ({ from, to, kind: "permission", what: ["has its key"] })),
    );
}

/** What a statement is about: buckets by name, the domain, clusters; what it names and no resource is, becomes a party. */
function targetsOf(resources: StackResources, named: Map<string, Party>) {
  const parties = partiesOf(resources);
  return ({ actions, resources: arns }: Attributes): string[] => {
    const services = texts(actions).map((action) => action.split(":")[0]);
    if (services.includes("elasticmapreduce")) {
      return [cluster];
    }
    return texts(arns).flatMap((arn) => {
      if (arn === "*" && services.includes("s3")) {
        return parties.filter(({ place }) => place === "S3").map(({ id }) => id);
      }
      if (services.includes("es")) {
        return parties.filter(({ id }) => id.startsWith("aws_elasticsearch_domain.")).map(({ id }) => id);
      }
      const [, path = ""] = /^arn:aws[\w-]*:s3:::(.*)$/.exec(arn) ?? [];
      const [, bucket, folder] = /^([^/*]+)(?:\/([^*]*?)\/?\*?)?$/.exec(path) ?? [];
      if (bucket === undefined) {
        return [];
      }
      const known = parties.find(({ id }) => id === `s3:${bucket}`);
      const party = known ?? bucketOf(folder ? `${bucket}/${folder}` : bucket, "existing");
      // Of a bucket that is a party by its folders alone, the bucket itself is named for its location.
      if (known === undefined && !folder) {
        return [];
      }
      named.set(party.id, party);
      return [party.id];
    });
  };
}

function verbs(actions: readonly string[]): string[] {
  const does = (pattern: RegExp) => actions.some((action) => pattern.test(action));
  return [
    ...(does(/^elasticmapreduce:\*$/) ? ["starts clusters"] : []),
    ...(does(/^(s3:(\*|GetObject\*?|Get\*)|es:(\*|ESHttp\*|ESHttpGet))$/) ? ["reads"] : []),
    ...(does(/^(s3:(\*|Put\w*\*?|Delete\w*)|es:(\*|ESHttp\*|ESHttpP\w+))$/) ? ["writes"] : []),
  ];
}

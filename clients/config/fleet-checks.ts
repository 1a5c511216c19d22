import { providersMade } from "./ci";
import type { ClientConfig, SharedConfig } from "./client";
import { nameRules } from "./names";
import { emrSubnetOf, sharedSubnetsOf, vpcOf } from "./places";
import { type FileProblems, problem, problemIn } from "./problem";
import { bucketsOf, databaseIterationsOf, elasticsearchOf, ownership, usedNames } from "./resolve";
import { foreignRoleProblems, sharedStackProblems, stillUsed } from "./shared-stack-checks";

/** A client file that could be read. */
export interface LoadedClient {
  readonly file: string;
  readonly client: ClientConfig;
}

/** A shared stack's file that could be read. */
export interface LoadedShared {
  readonly file: string;
  readonly shared: SharedConfig;
}

/** Something of which AWS takes one within a scope, and the field that it is mended at where there are two. */
interface Claim {
  readonly file: string;
  readonly path: string;
  /** What AWS calls it, and its name, to be read after "makes". */
  readonly what: string;
  /** Where it is the only one, in words: `account 111122223333`. */
  readonly where: string;
  readonly fix: string;
}

type Claimant = (path: string, what: string, where: string, fix: string) => Claim;

/** What is known of files beside those that are checked. */
export interface FleetOptions {
  /** Whether these are all files, so that a shared stack that none of them describes is a mistake. */
  readonly complete: boolean;
  /**
   * Clients that are not checked, but may use a shared stack that is.
   * @default []
   */
  readonly others?: readonly ClientConfig[];
}

/**
 * What no single file can know: names and owners that two files claim. Clients' names and state keys are made of the
 * files' own names, and cannot collide: decision 0005.
 * @param names of all files, those that could not be read among them
 */
export function checkFleet(
  clients: readonly LoadedClient[],
  shared: readonly LoadedShared[],
  names: readonly string[],
  options: FleetOptions,
): FileProblems[] {
  const claims = [
    ...clients.flatMap(({ file, client }) => clientClaims(file, client)),
    ...shared.flatMap(({ file, shared: stack }) => sharedClaims(file, stack)),
  ];
  const missing = options.complete ? clients.flatMap((client) => sharedStackProblems(client, shared, names)) : [];
  const users = [...clients.map(({ client }) => client), ...(options.others ?? [])];
  return [
    ...doubles(claims),
    ...foreignBuckets(clients, shared),
    ...foreignRoleProblems(clients, shared),
    ...missing,
    ...shared.flatMap((stack) => stillUsed(stack, users)),
  ];
}

/** A bucket that a client makes and writes the policy of is neither one for state nor edxapp's. */
function foreignBuckets(clients: readonly LoadedClient[], shared: readonly LoadedShared[]): FileProblems[] {
  const makers = new Map(
    clients.flatMap(({ file, client }) =>
      Object.entries(bucketsOf(client))
        .filter(([, { create }]) => create)
        .map(([key, { name }]) => [name, `${file} (\`buckets.${key}\`)`]),
    ),
  );
  const used = [
    ...clients.map(({ file, client }) => ({ file, path: "state.bucket", name: client.state.bucket })),
    ...shared.map(({ file, shared: stack }) => ({ file, path: "state.bucket", name: stack.state.bucket })),
    ...clients.map(({ file, client }) => ({
      file,
      path: "edxapp.gradesBucket.name",
      name: client.edxapp.gradesBucket.name,
    })),
  ];
  return used.flatMap(({ file, path, name }) =>
    makers.has(name)
      ? problemIn(
          file,
          problem(path, name, `${makers.get(name)} makes that bucket`, "Name a bucket that is there already"),
        )
      : [],
  );
}

function clientClaims(file: string, client: ClientConfig): Claim[] {
  const claim: Claimant = (path, what, where, fix) => ({ file, path, what, where, fix });
  const account = `account ${client.accountId}`;
  const region = `${account}, ${client.region}`;
  const vpc = vpcOf(client);
  const places = { account, region, vpc };
  const domain = elasticsearchOf(client);
  return [
    ...usedNames(client).flatMap(([key, name]) => {
      const { kind, scope } = nameRules[key];
      // RDS instances are claimed by iteration.
      return scope === "none" || key === "databaseIdentifier"
        ? []
        : [
            claim(
              `names.${key}`,
              `the ${kind} \`${name}\``,
              places[scope],
              'Set it here, or choose `naming: "prefixed"`',
            ),
          ];
    }),
    ...databaseIterationsOf(client).map(({ key, identifier }) =>
      claim(
        `database.iterations.${key}.identifier`,
        `the RDS instance \`${identifier}\``,
        region,
        "Set it here, or `names.databaseIdentifier`",
      ),
    ),
    ...(domain
      ? [claim("elasticsearch.domainName", `the Elasticsearch domain \`${domain.domainName}\``, region, "Set another")]
      : []),
    ...Object.entries(bucketsOf(client))
      .filter(([, { create }]) => create)
      .map(([key, { name }]) =>
        claim(
          `buckets.${key}.name`,
          `the bucket \`${name}\``,
          "all of AWS",
          "Set another, or `create: false` in all but one",
        ),
      ),
    ...providersMade(client.ci, ownership(client)).map(({ path, what, fix }) => claim(path, what, account, fix)),
    ...((client.emr.roles ?? ownership(client)) === "create"
      ? [
          claim(
            "emr.roles",
            "`EMR_DefaultRole` and `EMR_EC2_DefaultRole`",
            account,
            'Set "existing", share the account by a shared stack, or correct an `accountId` that was copied',
          ),
        ]
      : []),
    ...((client.emr.securityGroups ?? ownership(client)) === "create"
      ? [
          claim(
            "emr.securityGroups",
            "`ElasticMapReduce-master` and `-slave`",
            vpc,
            'Set "existing", share the VPC by a shared stack, or correct an `accountId` that was copied',
          ),
        ]
      : []),
    ...tagClaims(client, claim),
    ...(["new-policy", "merge-policy", "leave-policy"].includes(client.edxapp.gradesBucket.access)
      ? gradesClaims(client, claim)
      : []),
  ];
}

/** A client's destroy takes EMR's tag from its subnet, whoever else has clusters there. */
function tagClaims(client: ClientConfig, claim: Claimant): Claim[] {
  const own = emrSubnetOf(client);
  return own === undefined || client.emr.servicePolicy === "v1" || client.sharing === "shared-stack"
    ? []
    : [
        claim(
          "emr.servicePolicy",
          emrTagOn(own.subnet),
          `account ${client.accountId}, ${client.region}`,
          "Share the account by a shared stack that names the subnet, or take another subnet",
        ),
      ];
}

function emrTagOn(subnet: string): string {
  return `EMR's tag on ${subnet}`;
}

function gradesClaims({ edxapp }: ClientConfig, claim: Claimant): Claim[] {
  const { name } = edxapp.gradesBucket;
  return [
    claim(
      "edxapp.gradesBucket.access",
      `the policy of bucket \`${name}\``,
      "all of AWS",
      'Set "print" or "user-policy" in all but one, or correct a bucket\'s name that was copied',
    ),
  ];
}

function sharedClaims(file: string, shared: SharedConfig): Claim[] {
  const claim: Claimant = (path, what, where, fix) => ({ file, path, what, where, fix });
  const account = `account ${shared.accountId}`;
  const { subnets, path: subnetsPath } = sharedSubnetsOf(shared);
  return [
    ...providersMade(shared.ci, "create").map(({ path, what, fix }) => claim(path, what, account, fix)),
    ...(shared.emrRoles === "create"
      ? [claim("emrRoles", "`EMR_DefaultRole` and `EMR_EC2_DefaultRole`", account, 'Set "existing" in all but one')]
      : []),
    claim(
      "network",
      "`ElasticMapReduce-master` and `-slave`",
      vpcOf(shared),
      'Set `emr.securityGroups: "existing"` in the client',
    ),
    ...(shared.servicePolicy === "v1" ? [] : subnets).map((subnet) =>
      claim(
        subnetsPath,
        emrTagOn(subnet),
        `${account}, ${shared.region}`,
        'Set `sharing: "shared-stack"` in the client',
      ),
    ),
  ];
}

/** Who of two is in the wrong no check can know, so each of them is told of the other. */
function doubles(claims: readonly Claim[]): FileProblems[] {
  const claimants = new Map<string, Claim[]>();
  for (const claim of claims) {
    // IAM and EC2 compare names without regard to case.
    const key = `${claim.what} in ${claim.where}`.toLowerCase();
    claimants.set(key, [...(claimants.get(key) ?? []), claim]);
  }
  return [...claimants.values()].flatMap((all) =>
    all.flatMap((claim) => {
      const others = all
        .filter((other) => other !== claim)
        .map(({ file, path }) => (file === claim.file ? `\`${path}\`` : `${file} (\`${path}\`)`));
      return others.length === 0
        ? []
        : problemIn(claim.file, {
            path: claim.path,
            message: `makes ${claim.what} in ${claim.where}, and so does ${others.join(", ")}; there can be one. ${claim.fix}.`,
          });
    }),
  );
}

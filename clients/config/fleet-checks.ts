import { providersMade } from "./ci";
import type { ClientConfig, SharedConfig } from "./client";
import { nameRules } from "./names";
import { type FileProblems, type Problem, problem } from "./problem";
import { bucketsOf, databaseIterationsOf, elasticsearchOf, ownership, sharedStackName, usedNames } from "./resolve";

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
      ? found(file, problem(path, name, `${makers.get(name)} makes that bucket`, "Name a bucket that is there already"))
      : [],
  );
}

/** A destroy of what clients use would take their rules and policies before AWS refuses to take the rest. */
function stillUsed({ file, shared }: LoadedShared, clients: readonly ClientConfig[]): FileProblems[] {
  const users = clients
    .filter((client) => client.sharing === "shared-stack" && sharedStackName(client) === sharedStackName(shared))
    .map(({ name }) => name);
  return shared.protected || users.length === 0
    ? []
    : found(
        file,
        problem(
          "protected",
          false,
          `${users.join(" and ")} still ${users.length === 1 ? "uses" : "use"} the stack`,
          "Remove the field; or first destroy these clients, and remove their files",
        ),
      );
}

function clientClaims(file: string, client: ClientConfig): Claim[] {
  const claim = (path: string, what: string, where: string, fix: string): Claim => ({ file, path, what, where, fix });
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
    ...(["new-policy", "merge-policy", "leave-policy"].includes(client.edxapp.gradesBucket.access)
      ? gradesClaims(client, claim)
      : []),
  ];
}

function gradesClaims(
  { edxapp }: ClientConfig,
  claim: (path: string, what: string, where: string, fix: string) => Claim,
): Claim[] {
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
  const claim = (path: string, what: string, where: string, fix: string): Claim => ({ file, path, what, where, fix });
  const account = `account ${shared.accountId}`;
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
  ];
}

function sharedStackProblems(
  { file, client }: LoadedClient,
  shared: readonly LoadedShared[],
  names: readonly string[],
): FileProblems[] {
  if (client.sharing === "none") {
    return [];
  }
  const name = sharedStackName(client);
  const stack = shared.find((candidate) => sharedStackName(candidate.shared) === name);
  if (stack === undefined) {
    return names.includes(name)
      ? []
      : found(
          file,
          problem("sharing", client.sharing, `it needs clients/${name}.ts`, 'Write that file, or set "none"'),
        );
  }
  const { servicePolicy } = stack.shared;
  return [
    ...(vpcOf(client) === vpcOf(stack.shared)
      ? []
      : found(
          file,
          problem(
            "network",
            client.network.vpc,
            `${stack.file} makes EMR's groups in ${vpcOf(stack.shared)}`,
            "Take the same VPC",
          ),
        )),
    // With v2 the client tags its subnet and clusters, without which EMR may start none.
    ...(client.emr.servicePolicy === servicePolicy
      ? []
      : found(
          file,
          problem(
            "emr.servicePolicy",
            client.emr.servicePolicy,
            `${stack.file} gives EMR_DefaultRole the policy "${servicePolicy}"`,
            "Take the same",
          ),
        )),
  ];
}

function vpcOf(
  owner: Pick<ClientConfig, "accountId" | "region"> & { name?: string; network: { vpc: string; vpcId?: string } },
): string {
  const { network } = owner;
  return (
    network.vpcId ??
    `the ${network.vpc} VPC of ${network.vpc === "new" ? owner.name : `account ${owner.accountId}, ${owner.region}`}`
  );
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
        : found(claim.file, {
            path: claim.path,
            message: `makes ${claim.what} in ${claim.where}, and so does ${others.join(", ")}; there can be one. ${claim.fix}.`,
          });
    }),
  );
}

function found(file: string, one: Problem): FileProblems[] {
  return [{ file, problems: [one] }];
}

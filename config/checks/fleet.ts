import { bucketsOf } from "../buckets";
import type { Client, SharedStack } from "../client";
import type { FileProblems } from "../load/problem";
import { type Claim, doubles, emrGroups, emrRoles, serviceRole, severalClients } from "./claims";
import { bucketConflicts, claimedNames, deployRoleConflicts, stateBucketConflicts } from "./conflicts";
import { type LoadedClient, type LoadedSharedStack, ownersOf } from "./loaded";
import { rolesWithoutField } from "./own-roles";
import { emrSubnetOf, sharedSubnetsOf, vpcOf } from "./places";
import { existingRoleProblems, instancePolicyProblems, sharedStackProblems, stillUsed } from "./shared-stack";
import { deployerConflicts, statePlaceConflicts } from "./state";

type Claimant = (path: string, what: string, where: string, fix: string) => Claim;

/** What is known of files beside those that are checked. */
export interface FleetOptions {
  /** Whether these are all files, so that a shared stack that none of them describes is a mistake. */
  readonly complete: boolean;
  /**
   * Clients that are not checked, but may use a shared stack that is.
   * @default []
   */
  readonly others?: readonly Client[];
}

/**
 * What no single file can know: names and owners that two files claim. Clients' names and state keys are made of the
 * files' own names, and cannot collide: decision 0005.
 * @param names of all files, those that could not be read among them
 */
export function checkFleet(
  clients: readonly LoadedClient[],
  shared: readonly LoadedSharedStack[],
  names: readonly string[],
  options: FleetOptions,
): FileProblems[] {
  const claims = [...clients.flatMap(clientClaims), ...shared.flatMap(sharedClaims)];
  const missing = options.complete ? clients.flatMap((client) => sharedStackProblems(client, shared, names)) : [];
  const users = [...clients.map(({ client }) => client), ...(options.others ?? [])];
  return [
    ...doubles(claims),
    ...bucketConflicts(clients, shared),
    ...stateBucketConflicts(clients, shared),
    ...deployRoleConflicts(clients, shared),
    ...deployerConflicts(ownersOf(clients, shared)),
    ...statePlaceConflicts(ownersOf(clients, shared)),
    ...existingRoleProblems(clients, shared),
    ...instancePolicyProblems(clients, shared),
    ...missing,
    ...shared.flatMap((stack) => stillUsed(stack, users)),
  ];
}

function clientClaims({ file, client, fields }: LoadedClient): Claim[] {
  const claim: Claimant = (path, what, where, fix) => ({ file, path, what, where, fix });
  const account = `account ${client.accountId}`;
  const region = `${account}, ${client.region}`;
  const vpc = vpcOf(client);
  const places = { account, region, vpc };
  const { elasticsearch } = client;
  return [
    ...claimedNames(client, fields).flatMap(({ path, kind, name, scope }) =>
      scope === "none"
        ? []
        : [claim(path, `the ${kind} \`${name}\``, places[scope], 'Set it here, or choose `naming: "prefixed"`')],
    ),
    ...rolesWithoutField(client.name, fields).map(({ path, name }) =>
      claim(path, `the IAM role \`${name}\``, account, "Set another name there, or rename this file"),
    ),
    ...client.database.iterations.map(({ key, identifier }) =>
      claim(
        `database.iterations.${key}.identifier`,
        `the RDS instance \`${identifier}\``,
        region,
        "Set it here, or `database.identifier`",
      ),
    ),
    ...(elasticsearch
      ? [
          claim(
            "elasticsearch.domainName",
            `the Elasticsearch domain \`${elasticsearch.domainName}\``,
            region,
            "Set another",
          ),
        ]
      : []),
    ...(elasticsearch?.vpc?.serviceRole === "managed"
      ? [
          claim(
            "elasticsearch.vpc.serviceRole",
            serviceRole,
            account,
            "Set `{ existing: true }` in all but one, or correct an `accountId` that was copied",
          ),
        ]
      : []),
    ...bucketsOf(client.buckets)
      .filter(([, { exists }]) => !exists)
      .map(([key, { name }]) =>
        claim(
          `buckets.${key}.name`,
          `the bucket \`${name}\``,
          "all of AWS",
          `Set another, or \`{ existing: "${name}" }\` in all but one`,
        ),
      ),
    ...providerClaims(file, client),
    ...(client.emr.roles === "managed" ? [claim("emr.roles", emrRoles, account, severalClients)] : []),
    ...(client.emr.securityGroups.owner === "managed"
      ? [
          claim(
            "emr.securityGroups",
            emrGroups,
            vpc,
            "Correct an `accountId` that was copied, set `{ existing: true }`, or share the VPC by a shared stack",
          ),
        ]
      : []),
    ...tagClaims(client, claim),
    ...(["new-policy", "merge-policy", "leave-policy"].includes(client.edxapp.gradesBucket.access)
      ? gradesClaims(client, claim)
      : []),
  ];
}

/** The identity provider that a file's CI stack manages, of which an account has one. */
function providerClaims(file: string, { ci, accountId }: Client | SharedStack): Claim[] {
  return ci?.identityProvider === "managed"
    ? [
        {
          file,
          path: `ci.${ci.provider}.identityProvider`,
          what: `the identity provider \`${ci.issuer}\``,
          where: `account ${accountId}`,
          fix: "Set `{ existing: true }` in all but one",
        },
      ]
    : [];
}

/** A client's destroy takes EMR's tag from its subnet, whoever else has clusters there. */
function tagClaims(client: Client, claim: Claimant): Claim[] {
  const own = emrSubnetOf(client);
  return own === undefined || client.emr.servicePolicy === "v1" || client.sharedStack !== undefined
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

function gradesClaims({ edxapp }: Client, claim: Claimant): Claim[] {
  const { name } = edxapp.gradesBucket;
  return [
    claim(
      "edxapp.gradesBucket.access",
      `the policy of bucket \`${name}\``,
      "all of AWS",
      'Correct a bucket\'s name that was copied, or set "print" or "user-policy" in all but one',
    ),
  ];
}

function sharedClaims({ file, shared }: LoadedSharedStack): Claim[] {
  const claim: Claimant = (path, what, where, fix) => ({ file, path, what, where, fix });
  const account = `account ${shared.accountId}`;
  const { subnets, path: subnetsPath } = sharedSubnetsOf(shared);
  return [
    ...providerClaims(file, shared),
    ...(shared.emr.roles === "managed"
      ? [
          claim(
            "emr.roles",
            emrRoles,
            account,
            'Set `sharing: "shared-stack"` in a client, and `{ existing: true }` in all shared stacks of the account but one',
          ),
        ]
      : []),
    ...(shared.elasticsearchServiceRole
      ? [claim("elasticsearch.serviceRole", serviceRole, account, "Remove it in all files but one of the account")]
      : []),
    claim("network", emrGroups, vpcOf(shared), "Set `emr.securityGroups: { existing: true }` in the client"),
    ...(shared.emr.servicePolicy === "v1" ? [] : subnets).map((subnet) =>
      claim(
        subnetsPath,
        emrTagOn(subnet),
        `${account}, ${shared.region}`,
        'Set `sharing: "shared-stack"` in the client',
      ),
    ),
  ];
}

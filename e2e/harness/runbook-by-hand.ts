import type { Client } from "../../config/client";
import { bucketsByHand, type RunbookBuckets, statementOnGradesBucket } from "./by-hand/buckets";
import { databaseByHand, joinEmrRds, type RunbookDatabase } from "./by-hand/database";
import { domainByHand } from "./by-hand/domain";
import { elasticIpByHand, hostsByHand, type RunbookElasticIp, type RunbookHosts } from "./by-hand/hosts";
import { analyticsUsers, type RunbookKeys, roleOfHost, rolesOfEmr } from "./by-hand/iam";
import { type RunbookGroups, securityGroupsByHand } from "./by-hand/security-groups";
import type { World } from "./world";

/** What the client of a deployment made by hand is told by. */
export type ByHandClient = Pick<Client, "name" | "edxapp">;

/** What was made by hand, with the ids that AWS gave. */
export interface RunbookByHand {
  readonly client: ByHandClient;
  /** Access keys by user, in the order in which they were created. */
  readonly accessKeys: RunbookKeys;
  readonly groups: RunbookGroups;
  readonly hosts: RunbookHosts;
  readonly elasticIp: RunbookElasticIp;
  readonly database: RunbookDatabase;
  /** Name of the Elasticsearch domain. */
  readonly domainName: string;
  readonly buckets: RunbookBuckets;
}

/**
 * Creates what the runbook creates when it is followed in the console, section by section, as it was in 2016:
 * its names, what the console and EMR fill in by themselves, and what has come to it since.
 * @param client one for whom `edxappSide` has created the edxapp side, its RDS included
 */
export async function runbookByHand(world: World, client: ByHandClient): Promise<RunbookByHand> {
  await roleOfHost(world);
  const accessKeys = await analyticsUsers(world, client);
  await rolesOfEmr(world);
  const groups = await securityGroupsByHand(world);
  await statementOnGradesBucket(world, client);
  const domainName = await domainByHand(world, client);
  const hosts = await hostsByHand(world, groups);
  const database = await databaseByHand(world, groups);
  await joinEmrRds(world, client, groups);
  const elasticIp = await elasticIpByHand(world, hosts);
  const buckets = await bucketsByHand(world, client, database);
  return { client, accessKeys, groups, hosts, elasticIp, database, domainName, buckets };
}

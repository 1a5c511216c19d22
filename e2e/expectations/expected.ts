import type { Client } from "../../config/client";
import type { Workspace } from "../harness/workspace";
import type { World } from "../harness/world";
import { expectBuckets, expectGrades, expectState } from "./expected/buckets";
import { expectDatabases } from "./expected/databases";
import { expectDns } from "./expected/dns";
import { expectElasticsearch } from "./expected/elasticsearch";
import { expectGroups } from "./expected/groups";
import { expectHosts } from "./expected/hosts";
import { expectPolicies, expectReportsUser, expectRoles } from "./expected/iam";
import { expectPasswords } from "./expected/passwords";

/** Looks through AWS's API, not through the state, whether a deployed client is what its file describes. */
export async function expectResources(world: World, client: Client, workspace: Workspace): Promise<void> {
  await expectState(world, client);
  await expectGroups(world, client);
  await expectHosts(world, client);
  await expectRoles(world, client);
  await expectPolicies(world, client);
  await expectReportsUser(world, client);
  await expectBuckets(world, client);
  await expectGrades(world, client);
  await expectDatabases(world, client);
  await expectPasswords(world, client);
  await expectElasticsearch(world, client, workspace);
  await expectDns(world, client, workspace);
}

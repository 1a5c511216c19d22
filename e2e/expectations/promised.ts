import type { ClientConfig } from "../../clients/config/client";
import type { Workspace } from "../harness/workspace";
import type { World } from "../harness/world";
import { expectBuckets, expectGrades, expectState } from "./promised/buckets";
import { expectDatabases } from "./promised/databases";
import { expectElasticsearch } from "./promised/elasticsearch";
import { expectGroups } from "./promised/groups";
import { expectHosts } from "./promised/hosts";
import { expectPolicies, expectReportsUser, expectRoles } from "./promised/iam";
import { expectPasswords } from "./promised/passwords";

/** Looks through AWS's API, not through the state, whether a deployed client is what the runbook promises. */
export async function expectPromised(world: World, config: ClientConfig, workspace: Workspace): Promise<void> {
  await expectState(world, config);
  await expectGroups(world, config);
  await expectHosts(world, config);
  await expectRoles(world, config);
  await expectPolicies(world, config);
  await expectReportsUser(world, config);
  await expectBuckets(world, config);
  await expectGrades(world, config);
  await expectDatabases(world, config);
  await expectPasswords(world, config);
  await expectElasticsearch(world, config, workspace);
}

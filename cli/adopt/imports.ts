import type { Client, Described } from "../../config/client";
import type { Imports } from "../../config/load/imports";
import { LookUp } from "../../resources/look-up";
import { type StackResource, StackResources } from "../../resources/stack-resources";
import { resourceTypeOf } from "../../resources/types";
import { DatabasesStack } from "../../stacks/databases-stack";
import { emptyApp } from "../stack-resources";

/** What the stacks of a client or shared stack import, by the stack's name. */
export async function importsOf(described: Described, lookUp: LookUp): Promise<Readonly<Record<string, Imports>>> {
  const imports = await idsOf(lookUp, lookUp.resources.all);
  const databases = Object.keys(imports).flatMap(
    (address) => /^aws_db_instance\.database_(\d+)$/.exec(address)?.[1] ?? [],
  );
  return described.kind === "client" && databases.length > 0
    ? {
        [described.name]: imports,
        [described.stacks.databases.name]: await mysqlImports(described, databases, lookUp),
      }
    : { [described.name]: imports };
}

/**
 * What the runbook made in MySQL, on the existing instances and on the edxapp server. It is not looked up: MySQL is out of
 * reach of AWS's API.
 * @param iterations keys of the instances that are imported
 */
async function mysqlImports(client: Client, iterations: readonly string[], { aws }: LookUp): Promise<Imports> {
  const lookUp = new LookUp(new StackResources(new DatabasesStack(emptyApp(), client)), aws);
  const servers = ["mysql.edxapp", ...iterations.map((key) => `mysql.analytics_${key}`)];
  const onServers = lookUp.resources.all.filter(({ arguments: given }) => servers.includes(given.provider as string));
  return idsOf(lookUp, onServers);
}

async function idsOf(lookUp: LookUp, resources: readonly StackResource[]): Promise<Imports> {
  return Object.fromEntries((await lookUp.foundAmong(resources)).map(([{ address }, id]) => [address, id]));
}

/** What belongs to things that are imported and is no resource of the stack: Terraform does not see it, and leaves it as it is. */
export async function unmanaged(lookUp: LookUp): Promise<string[]> {
  const found = await lookUp.foundAmong(lookUp.resources.all);
  const imported = new Set(found.map(([, id]) => id));
  const parts = await Promise.all(
    found.map(([{ type, arguments: given }, id]) => resourceTypeOf(type)?.parts?.(id, lookUp.aws, given) ?? []),
  );
  return parts.flat().flatMap(({ importId, text }) => (imported.has(importId) ? [] : [text]));
}

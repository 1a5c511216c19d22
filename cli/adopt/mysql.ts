import type { Client } from "../../config/client";
import type { Imports } from "../../config/load/imports";
import type { Aws } from "../../resources/aws/aws";
import { StackResources } from "../../resources/stack-resources";
import { DatabasesStack } from "../../stacks/databases-stack";
import { emptyApp, lookUpIn } from "../stack-look-up";

/**
 * What the runbook made in MySQL, on the existing instances and on the edxapp server. Nobody has looked: MySQL is out of
 * reach of AWS's API.
 * @param iterations keys of the instances that are imported
 */
export async function mysqlImports(client: Client, iterations: readonly string[], aws: Aws): Promise<Imports> {
  const resources = new StackResources(new DatabasesStack(emptyApp(), client));
  const lookUp = lookUpIn(aws, resources);
  const servers = ["mysql.edxapp", ...iterations.map((key) => `mysql.analytics_${key}`)];
  const imports: Record<string, string> = {};
  for (const { address, arguments: given } of resources.all()) {
    const id = servers.includes(given.provider as string) ? await lookUp.foundId(address) : undefined;
    if (id !== undefined) {
      imports[address] = id;
    }
  }
  return imports;
}

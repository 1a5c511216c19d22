import type { Client } from "../../config/client";
import type { Imports } from "../../config/load/imports";
import type { Aws } from "../../resources/aws/aws";
import { LookUp } from "../../resources/look-up";
import { StackResources } from "../../resources/stack-resources";
import { DatabasesStack } from "../../stacks/databases-stack";
import { emptyApp } from "../stack-resources";

/**
 * What the runbook made in MySQL, on the existing instances and on the edxapp server. It is not looked up: MySQL is out of
 * reach of AWS's API.
 * @param iterations keys of the instances that are imported
 */
export async function mysqlImports(client: Client, iterations: readonly string[], aws: Aws): Promise<Imports> {
  const resources = new StackResources(new DatabasesStack(emptyApp(), client));
  const lookUp = new LookUp(resources, aws);
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

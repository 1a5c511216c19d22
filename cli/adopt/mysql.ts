import type { ClientConfig } from "../../clients/config/client";
import type { Imports } from "../../clients/config/imports";
import { DatabasesStack } from "../../stacks/databases-stack";
import type { Inventory } from "./inventory";
import { type Finder, found, LookUp } from "./look-up";
import { StackResources } from "./stack-resources";

/** The ids that petoju/mysql imports by. */
const finders: Readonly<Record<string, Finder>> = {
  mysql_database: idOf(["name"]),
  mysql_user: idOf(["user", "host"]),
  mysql_grant: idOf(["user", "host", "database", "table"]),
};

function idOf(names: readonly string[]): Finder {
  return async (resource, lookUp) =>
    found((await Promise.all(names.map((name) => lookUp.text(resource, name)))).join("@"));
}

/**
 * What the runbook made in MySQL, on the instances that are there and on the edxapp server. Nobody has looked: MySQL is
 * out of reach of AWS's API.
 * @param iterations keys of the instances that are taken up
 */
export async function mysqlImports(
  client: ClientConfig,
  iterations: readonly string[],
  inventory: Inventory,
): Promise<Imports> {
  const resources = StackResources.of((app) => new DatabasesStack(app, client));
  const lookUp = new LookUp(resources, inventory, finders, {});
  const servers = ["mysql.edxapp", ...iterations.map((key) => `mysql.analytics_${key}`)];
  const imports: Record<string, string> = {};
  for (const { address, arguments: given } of resources.all()) {
    const outcome = await lookUp.outcome(address);
    if (outcome.kind === "found" && servers.includes(given.provider as string)) {
      imports[address] = outcome.id;
    }
  }
  return imports;
}

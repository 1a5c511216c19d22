import { attributesOf, texts } from "../attributes";
import { type Alarm, permission } from "../types/alarm";
import { Configuration } from "./configuration";
import { kindOf } from "./kinds";
import { knownAfter } from "./marks";
import type { Plan, ResourceChange } from "./schema";

/**
 * Alarms of a new grant on another server than where the plan has its user or database: a provider is a server, and names are the same
 * on several.
 */
export function mysqlServerAlarms(resource: ResourceChange, plan: Plan): Alarm[] {
  const { address, type, change } = resource;
  const server = Configuration.of(plan).providerOf(address);
  if (type !== "mysql_grant" || server === undefined || kindOf(resource) === "update") {
    return [];
  }
  const { user, database, privileges } = attributesOf(knownAfter(change));
  const isElsewhere = (kind: string, name: string, value: unknown) => {
    const servers = plan.resource_changes
      .filter((other) => other.type === kind && attributesOf(knownAfter(other.change))[name] === value)
      .map((other) => Configuration.of(plan).providerOf(other.address));
    return typeof value === "string" && servers.length > 0 && !servers.includes(server);
  };
  return isElsewhere("mysql_user", "user", user) || isElsewhere("mysql_database", "name", database)
    ? [
        permission`gives ${texts(privileges).join(", ")} on ${database} to ${user} by ${server}, where the plan has them on another server`,
      ]
    : [];
}

import type { App } from "cdktf";
import type { Fleet } from "../clients/config/load";
import { AnalyticsStack } from "./analytics-stack";
import { addCiStacks } from "./ci-stack";
import { DatabasesStack } from "./databases-stack";
import type { ClientStack } from "./shared/client-stack";
import { SharedStack } from "./shared-stack";

/** Makes every stack of the clients and shared stacks that were read. */
export function makeStacks(app: App, fleet: Fleet): ClientStack[] {
  const { shared, clients } = fleet;
  return [
    ...shared.map((config) => new SharedStack(app, config)),
    ...clients.flatMap((config) => [new AnalyticsStack(app, config), new DatabasesStack(app, config)]),
    ...addCiStacks(app, fleet),
  ];
}

import type { App } from "cdktf";
import type { Client } from "../config/client";
import { readImports, strayImports } from "../config/load/imports";
import type { Fleet } from "../config/load/load";
import { ClientFileError, type FileProblems } from "../config/load/problem";
import { importExisting } from "../modules/state";
import { AnalyticsStack } from "./analytics-stack";
import { addCiStacks } from "./ci-stack";
import type { ClientStack } from "./client-stack";
import { DatabasesStack } from "./databases-stack";
import { SharedStack } from "./shared-stack";

/**
 * Makes every stack of the clients and shared stacks that were read, with its imports.
 * @throws ClientFileError with every mistake in the files of imports
 */
export function makeStacks(app: App, fleet: Fleet): ClientStack[] {
  const { shared, clients } = fleet;
  const stacks = [
    ...shared.map((config) => new SharedStack(app, config)),
    ...clients.flatMap((config) => [clientStack(app, config), new DatabasesStack(app, config)]),
    ...addCiStacks(app, fleet),
  ];
  const problems = stacks.map(importInto).filter((file) => file.problems.length > 0);
  if (problems.length > 0) {
    throw new ClientFileError(problems);
  }
  return stacks;
}

/** A client's AWS side. What is imported exists before its state does. */
function clientStack(app: App, client: Client): AnalyticsStack {
  const stack = new AnalyticsStack(app, client);
  if (Object.keys(readImports(stack.node.id).imports).length === 0) {
    stack.stateGuard.refuseNewState(client);
  }
  return stack;
}

function importInto(stack: ClientStack): FileProblems {
  const { file, problems, imports } = readImports(stack.node.id);
  importExisting(stack, imports);
  return { file, problems: [...problems, ...strayImports(imports, stack.node.id, stack.resourceAddresses())] };
}

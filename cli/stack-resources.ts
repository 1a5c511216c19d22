import { tmpdir } from "node:os";
import { App } from "cdktf";
import type { Described } from "../config/client";
import { StackResources } from "../resources/stack-resources";
import { AnalyticsStack } from "../stacks/analytics-stack";
import { SharedStack } from "../stacks/shared-stack";

/** What the AWS stack of a client, or a shared stack, creates and looks up. */
export function resourcesOf(described: Described): StackResources {
  return new StackResources(
    described.kind === "client" ? new AnalyticsStack(emptyApp(), described) : new SharedStack(emptyApp(), described),
  );
}

/** An app of which nothing is written. */
export function emptyApp(): App {
  return new App({ stackTraces: false, outdir: tmpdir() });
}

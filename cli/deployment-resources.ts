import { tmpdir } from "node:os";
import { App } from "cdktf";
import { AnalyticsStack } from "../modules/analytics-stack";
import { SharedStack } from "../modules/shared-stack";
import type { Aws } from "../resources/aws/aws";
import { LookUp } from "../resources/look-up";
import { StackResources } from "../resources/stack-resources";
import { resourceTypeOf } from "../resources/types";
import type { Deployment } from "./deployment";

/** What a deployment's stack creates and looks up. */
export function resourcesOf(deployment: Deployment): StackResources {
  return new StackResources(
    deployment.kind === "client"
      ? new AnalyticsStack(emptyApp(), deployment.client)
      : new SharedStack(emptyApp(), deployment.shared),
  );
}

/** An app of which nothing is written. */
export function emptyApp(): App {
  return new App({ stackTraces: false, outdir: tmpdir() });
}

/**
 * Looks for resources as their types say.
 * @param given ids that are known before, by address
 */
export function lookUpIn(aws: Aws, resources: StackResources, given: Readonly<Record<string, string>> = {}): LookUp {
  return new LookUp(resources, aws, (type) => resourceTypeOf(type)?.find, given);
}

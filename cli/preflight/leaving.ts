import type { Described } from "../../config/client";
import type { StackResources } from "../../resources/stack-resources";
import type { StateResource } from "../../resources/state";
import { resourceTypeOf } from "../../resources/types";
import { type Answer, type Finding, ok, refused, warning } from "../findings";
import { stateContents } from "../state/contents";
import { ask, type Context } from "./finding";

/**
 * What a deploy destroys that holds data: it is in the state, and no longer in the file, as of a retired iteration, another
 * `layout` or a release without Elasticsearch. Terraform protects what is configured alone.
 */
export async function* leavingFindings({ lookUp }: Context, described: Described): AsyncGenerator<Finding> {
  let held: readonly StateResource[] = [];
  const asked = await ask("what a deploy destroys", async () => {
    held = leaving(lookUp.resources, (await stateContents(described)) ?? []);
    return ok(held.length === 0 ? "is nothing that holds data" : "is below");
  });
  if (held.length === 0) {
    yield asked;
  }
  for (const resource of held) {
    yield { subject: resource.address, ...destroyed(resource) };
  }
}

function leaving(resources: StackResources, held: readonly StateResource[]): StateResource[] {
  return held.filter(
    ({ address, type }) =>
      resources.at(address) === undefined &&
      !resources.leftAlone.has(address) &&
      resourceTypeOf(type)?.holds !== undefined,
  );
}

function destroyed({ type, attributes: { id, deletion_protection, force_destroy } }: StateResource): Answer {
  const what = `${id} is no longer in the file, and a deploy destroys it with ${resourceTypeOf(type)?.holds}`;
  return deletion_protection === true || (type === "aws_s3_bucket" && force_destroy !== true)
    ? refused(
        `${what}. AWS refuses, as it is protected: put it back, deploy \`protected: false\` in it, then take it out.`,
      )
    : warning(`${what}. If it is still needed, put it back: docs/operations.md.`);
}

import type { Described } from "../../config/client";
import { Aws } from "../../resources/aws/aws";
import { addressOf } from "../../resources/aws/s3";
import { readState, type StateResource } from "../../resources/state";
import { CommandError } from "../command-error";
import { stateAccess } from "./access";

/**
 * What the state of the AWS side holds.
 * @returns undefined where there is no state
 * @throws CommandError where it is not as Terraform writes one
 */
export async function stateContents(described: Described): Promise<readonly StateResource[] | undefined> {
  const { state, stacks } = described;
  const place = { bucket: state.bucket, key: stacks.main.stateKey };
  const text = await new Aws(stateAccess(described), state.region).s3.readObject(place);
  const resources = text === undefined ? [] : readState(text);
  if (resources === undefined) {
    throw new CommandError(
      `${addressOf(place)} is no state as Terraform writes it. Bring a former version of the object back: docs/operations.md.`,
    );
  }
  return text === undefined ? undefined : resources;
}

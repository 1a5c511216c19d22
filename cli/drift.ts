import type { Command } from "commander";
import type { Described } from "../config/client";
import { loadOne, loadReadable } from "../config/load/load";
import { Aws } from "../resources/aws/aws";
import { AwsError } from "../resources/aws/errors";
import type { StateResource } from "../resources/state";
import { resourceTypeOf } from "../resources/types";
import type { Part } from "../resources/types/resource-type";
import { guardAccount } from "./account";
import { CommandError } from "./command-error";
import { type Finding, ok, printFindings, refused, unaskedStatus } from "./findings";
import { unasked } from "./preflight/finding";
import { stateContents } from "./state/contents";
import type { Terminal } from "./terminal";

export function addDrift(program: Command, terminal: Terminal): void {
  program
    .command("drift")
    .summary("ask AWS what was added that no plan sees")
    .description(
      "Asks AWS what somebody added to what the state holds, and Terraform does not see: rules of security groups, attached and " +
        "inline policies of roles and users, and users' access keys, groups and passwords. A plan says what was changed or removed. Changes nothing. Exit " +
        "status 1 if something was added, 2 if nothing was found, but something could not be asked.",
    )
    .argument("<client>", "a client or shared stack: the name of its file in clients/, without .ts")
    .action(async (name: string) => {
      try {
        await drift(loadOne(name), terminal, loadReadable().owners);
      } catch (error) {
        throw error instanceof AwsError
          ? new CommandError(error.message, { cause: error, exitStatus: unaskedStatus })
          : error;
      }
    });
}

/**
 * Asks for what was added, and prints it.
 * @param owners all clients and shared stacks whose files can be read
 * @throws CommandError where something was added, or could not be asked
 */
export async function drift(described: Described, terminal: Terminal, owners: readonly Described[]): Promise<void> {
  const { name, region, accountId } = described;
  const aws = new Aws(described, region);
  const { arn } = await guardAccount(aws, name, accountId);
  terminal.result(`Drift of ${name}: account ${accountId}, ${region}, as ${arn}`);
  const held = await stateContents(described);
  if (held === undefined) {
    throw new CommandError(
      `${name}: there is no state yet, so nothing is known of what the stack made. Deploy it first.`,
    );
  }
  await printFindings([["What no plan sees", findings(aws, held, inlinePolicies(described, owners))]], terminal, {
    refused: `${name}: something was added outside of Terraform. Remove it, or write it into the client file, then repeat the command.`,
    unasked: (questions) =>
      `${name}: nothing was found, but ${questions} could not be asked. Ask with other credentials.`,
  });
}

async function* findings(
  aws: Aws,
  held: readonly StateResource[],
  others: ReadonlySet<string>,
): AsyncGenerator<Finding> {
  const managed = managedIds(held);
  for (const { address, type, attributes } of held) {
    const partsOf = resourceTypeOf(type)?.parts;
    if (partsOf !== undefined) {
      let parts: readonly Part[];
      try {
        parts = await partsOf(String(attributes.id), aws, attributes);
      } catch (error) {
        yield unasked(address, error);
        continue;
      }
      const added = parts.filter(({ importId }) => !managed.has(importId) && !isOthers(importId, others));
      yield* added.length === 0
        ? [{ subject: address, ...ok("has what the stack made, and nothing else") }]
        : added.map(({ text }) => ({ subject: address, ...refused(`${text}. Terraform does not see it.`) }));
    }
  }
}

/** What `parts` know as the stack's. */
export function managedIds(held: readonly StateResource[]): ReadonlySet<string> {
  return new Set(held.flatMap(importIds));
}

/** What AWS, and `parts`, know a resource by: the state has an id of its own making for an attached policy. */
function importIds({ attributes: { id, role, user, policy_arn: policy } }: StateResource): string[] {
  return [String(id), ...(policy === undefined ? [] : [`${role ?? user}/${policy}`])];
}

/** Names of the inline policies that other clients of the account have on EMR's roles, which one of them or a shared stack manages. */
function inlinePolicies({ name, accountId }: Described, owners: readonly Described[]): ReadonlySet<string> {
  return new Set(
    owners.flatMap((owner) =>
      owner.kind === "client" && owner.accountId === accountId && owner.name !== name
        ? [owner.emr.instancePolicyName, owner.emr.elasticsearchPolicyName]
        : [],
    ),
  );
}

/** Whether a part is an inline policy of another client's, by its name behind the role's. */
function isOthers(importId: string, others: ReadonlySet<string>): boolean {
  return others.has(importId.split(":").at(-1) ?? "");
}

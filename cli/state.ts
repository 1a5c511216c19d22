import type { Described } from "../config/client";
import { loadOne, loadReadable } from "../config/load/load";
import { Aws } from "../resources/aws/aws";
import { guardAccount } from "./account";
import { CommandError } from "./command-error";
import { count, row } from "./layout";
import { stateAccess } from "./state/access";
import { admissionOf, refusalOf } from "./state/admission";
import { bucketExists, createBucket } from "./state/bucket";
import { ownersBeside } from "./state/owners";
import { settings } from "./state/settings";
import type { Terminal } from "./terminal";

/** Makes or checks the bucket of a client or shared stack, for all who have state in it. */
export async function stateOf(name: string, check: boolean, terminal: Terminal): Promise<void> {
  const described = loadOne(name);
  const owners = ownersBeside(described, loadReadable(), terminal);
  await ensureState(described, { check, owners }, terminal);
}

/** How a bucket is gone through. */
export interface EnsureStateOptions {
  /** Whether nothing is changed. */
  readonly check: boolean;
  /** All clients and shared stacks with state in the bucket. */
  readonly owners: readonly Described[];
}

/**
 * Makes or checks the bucket, and says of each setting whether it was so.
 * @throws CommandError where the policy would lock its own caller out, before anything is changed
 */
export async function ensureState(
  described: Described,
  { check, owners }: EnsureStateOptions,
  terminal: Terminal,
): Promise<void> {
  const { name, state, stacks } = described;
  terminal.busy(`Asking: bucket ${state.bucket}`);
  const aws = new Aws(stateAccess(described), state.region);
  const identity = await guardAccount(aws, name, state.accountId);
  const admission = admissionOf(owners);
  const refusal = await refusalOf(admission, identity, aws);
  if (refusal !== undefined) {
    throw new CommandError(
      `${name}: bucket ${state.bucket} would be closed to these credentials: they ${refusal}. Nothing was changed.`,
    );
  }
  terminal.result(
    `State of ${name}: s3://${state.bucket}/${stacks.main.stateKey}, ${state.region}, account ${state.accountId}\n`,
  );

  const exists = await bucketExists(aws, described);
  if (typeof exists === "object") {
    throw new CommandError(`${name}: ${exists.wrong}`);
  }
  if (!exists && check) {
    terminal.result(row(terminal, "bad", "missing", "bucket", ""));
    throw new CommandError(`${name}: there is no bucket. \`npx edx-analytics state ${name}\` makes it.`);
  }
  if (!exists) {
    await createBucket(aws, described);
  }
  terminal.result(row(terminal, "good", exists ? "ok" : "created", "bucket", ""));
  let different = 0;
  for (const { name: setting, inspect } of settings) {
    const { found, wanted, set } = await inspect(aws.s3, state.bucket, admission);
    if (set === undefined) {
      terminal.result(row(terminal, "good", "ok", setting, found));
    } else if (check) {
      different += 1;
      terminal.result(row(terminal, "notable", "differs", setting, `${found}; would be: ${wanted}`));
    } else {
      await set();
      terminal.result(row(terminal, "notable", "set", setting, `${found}; now: ${wanted}`));
    }
  }
  if (different > 0) {
    throw new CommandError(
      `\n${name}: ${count(different, "setting")} would change. \`npx edx-analytics state ${name}\` sets them.`,
    );
  }
}

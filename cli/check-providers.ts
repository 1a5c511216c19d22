import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import { FormatError } from "../handoff/config-files/formats/format";
import { readJson } from "../handoff/config-files/formats/json";
import { Aws } from "../resources/aws/aws";
import { addressOf, type ObjectPlace } from "../resources/aws/s3";
import { readLockFile, unlocked } from "../stacks/lock-file";
import { lockFolder, terraformLockFile, versionsFile } from "../stacks/provider-locks";
import { stateProviders, UnreadableState } from "./check-providers/state-providers";
import { CommandError } from "./command-error";
import { count } from "./layout";
import type { Terminal } from "./terminal";

/** Terraform JSON of a stack, as far as it leads to providers. */
const synthesised = z.object({
  terraform: z.object({
    required_providers: z.record(z.string(), z.object({ source: z.string() })),
    backend: z.object({
      s3: z.object({
        bucket: z.string(),
        key: z.string(),
        region: z.string(),
        allowed_account_ids: z.tuple([z.string()]),
        assume_role: z.object({ role_arn: z.string() }).optional(),
      }),
    }),
  }),
});
type Synthesised = z.output<typeof synthesised>;

/** Within Terraform and OpenTofu: nothing is downloaded for `terraform_data`. */
const builtIn = "terraform.io/builtin/terraform";

/** Registries of Terraform and of OpenTofu, of which a lock file is either's. */
const registries = { terraform: "registry.terraform.io/", openTofu: "registry.opentofu.org/" };

/** Resources of one provider that are named before the rest is counted. */
const named = 10;

export function addCheckProviders(program: Command, terminal: Terminal): void {
  program
    .command("check-providers")
    .summary("refuse providers that a stack or its state names and its lock file does not")
    .description(
      "Compares the providers that a stack's cdk.tf.json and its state in S3 name with the dependency lock file beside it. " +
        "`terraform init` downloads what either names, and `terraform plan` runs it with the credentials at hand: CI asks " +
        "this before. Nothing is downloaded. The exit status is 1 where a provider is missing in the lock file.",
    )
    .argument("<folder>", "folder of the stack, as cdktf.out/stacks/acme")
    .action(async (folder: string) => {
      await checkProviders(folder, terminal);
    });
}

/**
 * Compares what a stack and its state name with the lock file.
 * @throws CommandError with every provider that the lock file does not have, or every file that may name more of them
 */
export async function checkProviders(folder: string, terminal: Terminal): Promise<void> {
  const stack = basename(folder);
  const { required_providers: required, backend } = synthesisedIn(folder).terraform;
  const locked = readLockFile(read(folder, terraformLockFile));
  refuseOtherConfiguration(stack, folder);
  const place = { bucket: backend.s3.bucket, key: backend.s3.key };
  const inState = await providersInState(stack, place, backend.s3);

  const missing = unlocked(required, locked);
  const has = (address: string) => locked.some((provider) => provider.address === address);
  // OpenTofu takes a state's registry.terraform.io for its own registry; Terraform does not take such a lock file.
  const isLocked = (address: string) =>
    address === builtIn || has(address) || has(address.replace(registries.terraform, registries.openTofu));
  const foreign = [...inState].filter(([address]) => !isLocked(address));
  const refusals = [
    ...missing.map((source) => `its configuration needs ${source}. Lock it: \`npx edx-analytics lock\`, and commit.`),
    ...foreign.map(
      ([address, resources]) =>
        `its state, ${addressOf(place)}, names ${JSON.stringify(address)}: ${listed(resources)}. ` +
        (has(address.replace(registries.openTofu, registries.terraform))
          ? "OpenTofu has written this state, and the lock file is Terraform's. Go on with OpenTofu: `TERRAFORM_BINARY_NAME=tofu npx edx-analytics lock`, and commit. docs/ci.md#terraform-and-opentofu says more."
          : "Terraform would download this provider and run it. docs/ci.md#providers says what to do."),
    ),
  ];
  if (refusals.length > 0) {
    throw new CommandError(
      [
        `${stack}: ${count(refusals.length, "provider")} not in its dependency lock file (providers/locks/). Nothing was downloaded.`,
        ...refusals.map((refusal) => `  ${refusal}`),
      ].join("\n"),
    );
  }
  terminal.progress(`${stack}: the lock file has every provider of its configuration and its state.`);
}

/** @throws CommandError where cdk.tf.json is not as a synth writes it, without anything of what it holds */
function synthesisedIn(folder: string): Synthesised {
  try {
    const found = synthesised.safeParse(readJson(read(folder, "cdk.tf.json")));
    if (found.success) {
      return found.data;
    }
    throw new FormatError(`it has no \`${found.error.issues[0]?.path.join(".")}\` of a stack of this project`);
  } catch (error) {
    if (!(error instanceof FormatError)) {
      throw error;
    }
    throw new CommandError(
      `${join(folder, "cdk.tf.json")} is not as a synth writes it: ${error.message}. Synthesise the stack: \`npm run synth\`.`,
      { cause: error },
    );
  }
}

/** @throws CommandError where Terraform would read configuration that is not looked at here */
function refuseOtherConfiguration(stack: string, folder: string): void {
  const others = readdirSync(folder).filter(
    (name) => /\.(tf|tofu)(\.json)?$/.test(name) && name !== "cdk.tf.json" && !isOwnVersions(folder, name),
  );
  if (others.length > 0) {
    throw new CommandError(
      [
        `${stack}: Terraform would read more in its folder than cdk.tf.json and ${versionsFile} as it is in providers/locks/. Nothing was downloaded.`,
        ...others.map((name) => `  ${join(folder, name)} may name any provider. Remove it.`),
      ].join("\n"),
    );
  }
}

function isOwnVersions(folder: string, name: string): boolean {
  return name === versionsFile && read(folder, name) === read(lockFolder(), name);
}

async function providersInState(
  stack: string,
  place: ObjectPlace,
  { region, allowed_account_ids: [accountId], assume_role: role }: Synthesised["terraform"]["backend"]["s3"],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const state = await new Aws({ name: stack, accountId, deployRoleArn: role?.role_arn }, region).s3.readObject(place);
  if (state === undefined) {
    return new Map();
  }
  try {
    return stateProviders(state);
  } catch (error) {
    if (!(error instanceof UnreadableState)) {
      throw error;
    }
    throw new CommandError(
      `${stack}: its state, ${addressOf(place)}, is not as Terraform writes it: ${error.message}. Its providers cannot be told, so nothing was downloaded. Bring a former version of the object back, as docs/operations.md says, and find out who wrote this one.`,
      { cause: error },
    );
  }
}

function listed(resources: readonly string[]): string {
  const more = resources.length - named;
  return `${resources.slice(0, named).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function read(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), "utf8");
  } catch (error) {
    throw new CommandError(
      `${join(folder, file)} cannot be read (${(error as NodeJS.ErrnoException).code}). Synthesise the stack: \`npm run synth\`.`,
      { cause: error },
    );
  }
}

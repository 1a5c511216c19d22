import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Client } from "../../config/client";
import { projectFolder } from "../../config/project-folder";
import { type Outputs, OutputsError, readOutputs } from "../../handoff/config-files/outputs";
import { CommandError } from "../command-error";
import { refuseWhatGitSees } from "./place";

interface OutputOptions {
  /**
   * File that `terraform output -json` was written to before.
   * @default - Terraform is run in the stack's folder
   */
  readonly outputs?: string;
  /**
   * Address of a director that exists outside of the stack.
   * @default - the stack's own
   */
  readonly director?: string;
}

/**
 * The outputs of a client's stack, with the director that the operator names.
 * @throws CommandError where they cannot be read, or are not the client's
 */
export function deployedOutputs(client: Client, { outputs: file, director }: OutputOptions): Outputs {
  try {
    const outputs = readOutputs(terraformOutput(client, file), client);
    return { ...outputs, director_public_ip: director ?? outputs.director_public_ip };
  } catch (error) {
    throw error instanceof OutputsError
      ? new CommandError(`${client.name}: ${error.message}`, { cause: error })
      : error;
  }
}

/**
 * What `terraform output -json` prints for a client's stack, secrets among it.
 * @param file file that it was written to before
 * @default - Terraform is run in the stack's folder
 * @throws CommandError that says what to do where there is no such folder, Terraform or state
 */
function terraformOutput({ name }: Client, file?: string): string {
  if (file !== undefined) {
    refuseWhatGitSees(name, [file]);
    return readOutputFile(name, file);
  }
  const stack = `cdktf.out/stacks/${name}`;
  const folder = join(projectFolder(), stack);
  const otherwise = `Or name a file with its outputs: \`--outputs FILE\``;
  if (!existsSync(join(folder, "cdk.tf.json"))) {
    throw new CommandError(
      `${name}: there is no ${stack}/cdk.tf.json. Run \`CLIENT=${name} npm run synth\` and \`terraform init\` in ${stack}, then repeat the command. ${otherwise}.`,
    );
  }
  // As cdktf, for OpenTofu.
  const terraform = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
  const { status, stdout, stderr, error } = spawnSync(terraform, ["output", "-json", "-no-color"], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 2 ** 26,
  });
  if (status === null && error !== undefined) {
    throw new CommandError(
      `${name}: \`${terraform}\` is not on the PATH. Install Terraform 1.11 or later. ${otherwise}.`,
    );
  }
  if (status !== 0) {
    const init = /terraform init|tofu init|Backend initialization/.test(stderr);
    throw new CommandError(
      `${name}: \`${terraform} output -json\` in ${stack} ended with status ${status}:\n\n${stderr.trim()}\n\n${
        init ? `Run \`${terraform} init\` in ${stack}` : "Correct that"
      }, then repeat the command. ${otherwise}.`,
    );
  }
  return stdout;
}

function readOutputFile(name: string, file: string): string {
  try {
    return readFileSync(resolve(file), "utf8");
  } catch (error) {
    throw new CommandError(
      `${name}: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}). Write it with \`terraform output -json > ${file}\`.`,
      { cause: error },
    );
  }
}

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Workspace } from "../harness/workspace";

/**
 * Fails if a secret is in a stack's state, in its last plan or its outputs, in what its plans and applies have printed, or in
 * other texts. Each is looked for as it is and as JSON, HCL, SQL and URLs would write it.
 */
export async function expectNowhere(
  secrets: readonly string[],
  workspaces: readonly Workspace[],
  texts: readonly string[] = [],
): Promise<void> {
  const places: [string, string][] = texts.map((text, index) => [`text ${index + 1}`, text]);
  for (const workspace of workspaces) {
    const { stack, printed } = workspace;
    if (printed.length === 0) {
      throw new Error(`${stack} has neither been planned nor applied: what they print is to be looked at`);
    }
    places.push(
      [`what the plans and applies of ${stack} have printed`, printed.join("\n")],
      [`the state of ${stack}`, (await workspace.succeed(["state", "pull"])).stdout],
      [`the outputs of ${stack}`, (await workspace.succeed(["output", "-json"])).stdout],
      [`the configuration of ${stack}`, readFileSync(join(workspace.folder, "cdk.tf.json"), "utf8")],
    );
    if (existsSync(join(workspace.folder, "plan"))) {
      places.push(
        [`the plan of ${stack}, as text`, (await workspace.succeed(["show", "-no-color", "plan"])).output],
        [`the plan of ${stack}, as JSON`, (await workspace.succeed(["show", "-json", "plan"])).stdout],
      );
    }
  }
  for (const secret of secrets) {
    const forms = [
      secret,
      JSON.stringify(secret).slice(1, -1),
      secret.replaceAll("'", "''"),
      encodeURIComponent(secret),
    ];
    for (const [place, text] of places) {
      if (forms.some((form) => text.includes(form))) {
        throw new Error(`a password is in ${place}`);
      }
    }
  }
}

import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { type App, Manifest } from "cdktf";

interface StackJson {
  readonly terraform: object;
}

/**
 * Tells cdktf's command line which stacks were synthesised, in a folder of its own (`output` in cdktf.json). It deletes every
 * folder beside the stacks it is told of: other clients', with what Terraform left there, even while Terraform runs in it.
 *
 * @param cdktfFolder where it reads its manifest
 */
export function writeCdktfFolder(app: App, cdktfFolder: string): void {
  mkdirSync(cdktfFolder, { recursive: true });
  const fromThere = (path: string) => relative(resolve(cdktfFolder), resolve(app.outdir, path));
  const { version, stacks } = app.manifest.buildManifest();
  const told = Object.entries(stacks).map(([name, stack]) => {
    const copy = `${name}.tf.json`;
    writeWhole(join(cdktfFolder, copy), withoutPlanFile(join(app.outdir, stack.synthesizedStackPath)));
    return [
      name,
      { ...stack, workingDirectory: fromThere(stack.workingDirectory), synthesizedStackPath: copy },
    ] as const;
  });
  writeWhole(join(cdktfFolder, Manifest.fileName), { version, stacks: Object.fromEntries(told) });
}

/** What Terraform leaves in a stack's folder, as errored.tfstate, holds secrets: it is for the folder's owner alone. */
export function closeStackFolders(app: App): void {
  for (const { workingDirectory } of Object.values(app.manifest.stacks)) {
    chmodSync(join(app.outdir, workingDirectory), 0o700);
  }
}

/**
 * A stack as cdktf's command line is told of it. `cdktf diff` saves a plan, with secrets in clear, for everybody to read, and
 * leaves it, unless the stack has a `cloud` block. Terraform itself reads the stack's own cdk.tf.json, which has none.
 */
function withoutPlanFile(file: string): StackJson {
  const json = JSON.parse(readFileSync(file, "utf8")) as StackJson;
  return { ...json, terraform: { ...json.terraform, cloud: {} } };
}

/** Another client's cdktf may read at the same time. */
function writeWhole(file: string, json: object): void {
  const part = `${file}.${process.pid}`;
  writeFileSync(part, JSON.stringify(json, null, 2));
  renameSync(part, file);
}

import { App } from "cdktf";
import { loadFleet } from "../config/load/load";
import { ClientFileError } from "../config/load/problem";
import { ProjectFolderError } from "../config/project-folder";
import { writeBeside } from "./beside";
import { makeStacks } from "./stacks";

/**
 * Synthesises the stacks of all files under `clients/` into `cdktf.out/`, or `CDKTF_OUTDIR`: what `main.ts` is for. Mistakes in
 * client files go to standard error, all of them, and the process ends with status 1.
 * @param only the one client or shared stack, so that a mistake in another's file does not block its deploy
 * @default `CLIENT` of the environment; without it all files
 */
export function synthFleet(only: string | undefined = process.env.CLIENT): void {
  try {
    const fleet = loadFleet(only);
    const app = new App({ stackTraces: false });
    const stacks = makeStacks(app, fleet);
    app.synth();
    writeBeside(app.outdir, stacks);
  } catch (error) {
    if (!(error instanceof ClientFileError || error instanceof ProjectFolderError)) {
      throw error;
    }
    console.error(error.message);
    process.exitCode = 1;
  }
}

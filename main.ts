import { App } from "cdktf";
import { loadFleet } from "./config/load/load";
import { ClientFileError } from "./config/load/problem";
import { closeStackFolders, writeCdktfFolder } from "./stacks/cdktf-folder";
import { writeLocks } from "./stacks/provider-locks";
import { makeStacks } from "./stacks/stacks";

try {
  // With CLIENT=acme a mistake in another client's file does not block acme's deploy.
  const fleet = loadFleet(process.env.CLIENT);
  const app = new App({ outdir: "cdktf.out", stackTraces: false });
  const stacks = makeStacks(app, fleet);
  app.synth();
  writeLocks(app.outdir, stacks);
  closeStackFolders(app);
  // Set by cdktf's command line.
  if (process.env.CDKTF_OUTDIR !== undefined) {
    writeCdktfFolder(app, process.env.CDKTF_OUTDIR);
  }
} catch (error) {
  if (!(error instanceof ClientFileError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}

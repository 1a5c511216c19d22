import { App } from "cdktf";
import { loadFleet } from "./config/load/load";
import { ClientFileError } from "./config/load/problem";
import { writeBeside } from "./stacks/beside";
import { makeStacks } from "./stacks/stacks";

try {
  // With CLIENT=acme a mistake in another client's file does not block acme's deploy.
  const fleet = loadFleet(process.env.CLIENT);
  const app = new App({ stackTraces: false });
  const stacks = makeStacks(app, fleet);
  app.synth();
  writeBeside(app.outdir, stacks);
} catch (error) {
  if (!(error instanceof ClientFileError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}

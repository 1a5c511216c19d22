import { App } from "cdktf";
import { loadFleet } from "./clients/config/load";
import { ClientFileError } from "./clients/config/problem";
import { AnalyticsStack } from "./modules/analytics-stack";
import { DatabasesStack } from "./modules/databases-stack";
import { SharedStack } from "./modules/shared-stack";

try {
  // With CLIENT=acme a mistake in another client's file does not stand in the way of acme's deploy.
  const fleet = loadFleet(process.env.CLIENT);
  const app = new App({ stackTraces: false });
  for (const shared of fleet.shared) {
    new SharedStack(app, shared);
  }
  for (const client of fleet.clients) {
    new AnalyticsStack(app, client);
    new DatabasesStack(app, client);
  }
  app.synth();
} catch (error) {
  if (!(error instanceof ClientFileError)) {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}

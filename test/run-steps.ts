import type { ClientInput } from "../config/schema/client";
import { stepsOf } from "../handoff/config-files/run/run-file";
import { clientOf, type Overrides } from "./client-files";
import { sourcesOf } from "./outputs";

/** What RUN.md needs of a client file. */
export const files: ClientInput["configurationFiles"] = {
  lmsUrl: "https://courses.example.org",
  insightsUrl: "https://insights.example.org",
  oauth2: { loginKey: "insights-sso", backendKey: "insights-backend" },
  secureRepository: { url: "git@git.example.org:acme/secure.git", version: "main" },
  configurationRepository: { url: "https://git.example.org/configuration.git", version: "acme" },
};

/** What RUN.md of the example is made from, with other fields. */
export function sourcesFor(overrides: Overrides = {}) {
  return sourcesOf(clientOf({ allowDiscontinued: true, configurationFiles: files, ...overrides }));
}

/** The commands of all its steps. */
export function commands(overrides: Overrides = {}): string {
  return stepsOf(sourcesFor(overrides))
    .flatMap((step) => step.commands)
    .join("\n");
}

/** The titles of all its steps. */
export function titles(overrides: Overrides = {}): string[] {
  return stepsOf(sourcesFor(overrides)).map(({ title }) => title);
}

import { Missing } from "../../handoff/config-files/value";
import { type Answer, type Finding, ok, refused } from "../findings";
import { ask, missingField, sentence, unasked, type VerifyContext } from "./context";

/** Repositories of Open edX's that edx/configuration is, and clones, at one version. */
const openEdx = ["configuration", "edx-analytics-dashboard", "edx-analytics-data-api"];

/** Fields of the client file without which there is no way to a working Insights; a client may name more. */
const required = ["secureRepository", "configurationRepository", "pipelineRepository"] as const;

/** Branches and tags that the client file names, or that follow from its release. */
export async function* gitFindings(context: VerifyContext): AsyncGenerator<Finding> {
  const { config, openedxRelease: version } = context.sources;
  if (version instanceof Missing) {
    yield { subject: "Open edX", ...missingField(context, "openedxRelease") };
  } else {
    for (const repository of openEdx) {
      const url = `https://github.com/${config.gitPath}/${repository}.git`;
      yield await ask(`${config.gitPath}/${repository}`, () => branchAnswer(context, { url, version }));
    }
  }
  const others = Object.keys(config).filter((field) => field.endsWith("Repository")) as (typeof required)[number][];
  for (const field of new Set([...required, ...others])) {
    const repository = config[field];
    yield repository === undefined
      ? { subject: field, ...missingField(context, field) }
      : await ask(field, () => branchAnswer(context, repository));
  }
}

async function branchAnswer(
  { probes }: VerifyContext,
  { url, version }: { readonly url: string; readonly version: string },
): Promise<Answer> {
  // A commit's hash is no ref, and a name alone would match the end of others.
  const refs = [`refs/heads/${version}`, `refs/tags/${version}`];
  const { status, stderr } = await probes.run("git", ["ls-remote", "--exit-code", "--", url, ...refs]);
  if (status === 0) {
    return ok(`has ${version}`);
  }
  if (status === 2) {
    return refused(`${url} has no branch or tag ${version}. Correct the client file, or push it.`);
  }
  const said = status === undefined ? "git did not end" : (stderr.trim().split("\n").at(-1) ?? "");
  return unasked(`${sentence(said)} Try \`git ls-remote ${url}\` with credentials that read it.`);
}

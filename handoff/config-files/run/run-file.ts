import { awsCaller } from "../aws-caller";
import type { Sources } from "../sources";
import type { TextFile } from "../text-file";
import { RunContext } from "./context";
import { directorStep, filesStep, pythonStep } from "./director";
import { afterCareStep, featuresStep, verifyStep } from "./insights";
import { javaStep, jenkinsStep, jobsStep } from "./jenkins";
import { oauthStep } from "./lms";
import { dnsStep, servicesStep } from "./services";
import { type Step, word } from "./step";

/** First line of a RUN.md that this project wrote. */
export const runFileMark = "<!-- Made by `npx edx-analytics config-files`; it is written anew each time. -->";

/** The steps from a deployed stack to a working Insights, in their order. */
export function stepsOf(sources: Sources): Step[] {
  const context = new RunContext(sources);
  return [
    filesStep(context),
    dnsStep(context),
    directorStep(context),
    ...pythonStep(context),
    servicesStep(context),
    oauthStep(context),
    featuresStep(context),
    javaStep(context),
    jenkinsStep(context),
    jobsStep(context),
    ...afterCareStep(context),
    verifyStep(context),
  ];
}

/**
 * RUN.md, beside the six files: what is left to do by hand, for one client and release, with every command complete. It has no secret in it: the
 * commands read them from SSM or from the files beside it.
 */
export function runFile(sources: Sources): TextFile {
  const [start, steps] = [head(sources), stepsOf(sources).map(section).join("\n\n")];
  const missing = [...new Set(`${start}${steps}`.match(/<MISSING: [^>]*>/g) ?? [])];
  return { path: "RUN.md", text: `${runFileMark}\n\n${start}${missingList(missing)}\n${steps}\n`, missing: [] };
}

function head(sources: Sources): string {
  const context = new RunContext(sources);
  const { client, outputs, hosts } = sources;
  const { director, hosts: key } = context.keyPairs;
  const places = sources.separate
    ? `Insights on ${hosts.insights}, the API on ${hosts.api}, Jenkins on ${hosts.jenkins}`
    : `Insights, the API and Jenkins on ${hosts.insights}`;
  const keys = [...(director === undefined ? [] : [director]), key].map((name) => `~/.ssh/${word(name)}.pem`);
  return `# From the deployed stack of ${client.name} to a working Insights

${client.release}, account ${client.accountId}, ${outputs.region}; ${places}.

*Here* is this project's folder, with AWS credentials of ${client.deployRoleArn === undefined ? "that account" : awsCaller(client)}, \`git\`, \`ssh\`, \`aws\`, \`nslookup\` and \`python3\` with
\`venv\`. SSH's agent has the private keys of the key pairs and the key that git knows you by:
\`ssh-add ${keys.join(" ")}\`, or wherever they are. The databases and MySQL's users exist (docs/databases.md).

*The director* is \`ssh -A ${context.director}\`.
`;
}

function missingList(missing: readonly string[]): string {
  return missing.length === 0
    ? ""
    : `\nThese values are missing here. Supply them, then run \`config-files\` again:\n\n${missing.map((each) => `* \`${each}\`\n`).join("")}`;
}

function section({ title, where, text, commands }: Step, index: number): string {
  const place = where === "here" ? "here" : "on the director";
  return [`## ${index + 1}. ${title} (${place})`, text, `\`\`\`bash\n${commands.join("\n")}\n\`\`\``]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

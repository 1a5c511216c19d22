import { awsCaller } from "../aws-caller";
import type { Sources } from "../sources";
import type { TextFile } from "../text-file";
import { RunContext } from "./context";
import { directorStep, filesStep, pythonStep, secureRepositoryStep } from "./director";
import { afterCareStep, featuresStep, verifyStep } from "./insights";
import { javaStep, jenkinsStep, jobsStep, tunnelStep } from "./jenkins";
import { oauthStep } from "./lms";
import { pipelineFilesStep, uploadStep } from "./pipeline-files";
import { dnsStep, servicesStep } from "./services";
import { type Step, word } from "./step";

/** First line of a RUN.md that this project wrote. */
export const runFileMark = "<!-- Made by `npx edx-analytics config-files`; it is written anew each time. -->";

/** The steps from a deployed stack to a working Insights, in their order. */
export function stepsOf(sources: Sources): Step[] {
  const context = new RunContext(sources);
  return [
    filesStep(context),
    secureRepositoryStep(context),
    dnsStep(context),
    directorStep(context),
    ...pythonStep(context),
    servicesStep(context),
    oauthStep(context),
    featuresStep(context),
    javaStep(context),
    jenkinsStep(context),
    pipelineFilesStep(context),
    uploadStep(context),
    tunnelStep(context),
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

*Here* is this project's folder, with AWS credentials of ${client.deployRoleArn === undefined ? "that account" : awsCaller(client)}, \`node\`, \`terraform\`
or \`tofu\`, \`aws\`, \`git\`, OpenSSH, \`nslookup\` and \`python3\` with \`venv\`, in bash. SSH's agent has the private keys of the key pairs and the key that git knows you by:
\`ssh-add ${keys.join(" ")}\`, or wherever they are. The databases and MySQL's users exist (docs/databases.md).

*The director* is \`ssh -A ${context.director}\`.

Paste each block as a whole. It ends with the first command that fails: mend that, then paste it again.
`;
}

function missingList(missing: readonly string[]): string {
  return missing.length === 0
    ? ""
    : `\nThese values are missing here. Supply them, then run \`config-files\` again:\n\n${missing.map((each) => `* \`${each}\`\n`).join("")}`;
}

/**
 * The commands of a step, to be pasted as a whole: they end with the first that fails, and none reads the next ones as its input. By
 * `set -e`, a command with `&&` behind it may fail, so there is none among several.
 */
export function blockOf({ commands }: Pick<Step, "commands">): string {
  return commands.length === 1 ? `${commands[0]}` : ["(", "set -e", ...commands, ")"].join("\n");
}

function section(step: Step, index: number): string {
  const { title, where, text } = step;
  const place = where === "here" ? "here" : "on the director";
  return [`## ${index + 1}. ${title} (${place})`, text, `\`\`\`bash\n${blockOf(step)}\n\`\`\``]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

import { withPages } from "../../../config/documentation";
import { isExisting } from "../../../config/existing";
import { awsCaller } from "../aws-caller";
import type { Sources } from "../sources";
import { isSshUrl } from "../ssh-url";
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
export function stepsOf(sources: Sources, context = new RunContext(sources)): Step[] {
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
  const context = new RunContext(sources);
  const [start, steps] = [head(context), stepsOf(sources, context).map(section).join("\n\n")];
  return {
    path: "RUN.md",
    text: withPages(`${runFileMark}\n\n${start}${missingList([...context.missing.keys()])}\n${steps}\n`),
    missing: [...context.missing.values()].map((source) => ["RUN.md", source] as const),
  };
}

function head(context: RunContext): string {
  const { sources } = context;
  const { client, outputs, hosts } = sources;
  const { director, hosts: key } = context.keyPairs;
  const places = sources.separate
    ? `Insights on ${hosts.insights}, the API on ${hosts.api}, Jenkins on ${hosts.jenkins}`
    : `Insights, the API and Jenkins on ${hosts.insights}`;
  const { secureRepository } = sources.config;
  const bySsh = secureRepository === undefined || isSshUrl(secureRepository.url);
  const pem = (name: string) => `\`~/.ssh/${word(name)}.pem\``;
  const keys = [
    director === undefined ? "that of the existing director" : `${pem(director)} of the director`,
    `${pem(key)} of the hosts`,
    ...(bySsh ? ["the one that git knows you by, with which step 4 clones on the director"] : []),
    "that of the LMS's host",
  ];
  return `# From the deployed stack of ${client.name} to a working Insights

${client.release}, account ${client.accountId}, ${outputs.region}; ${places}.

*Here* is the repository of \`clients/${client.name}.ts\`. There have to be:

* AWS credentials of ${client.deployRoleArn === undefined ? "that account" : awsCaller(client)}.
* In bash: \`node\`, \`terraform\` or \`tofu\`, \`aws\`, \`git\`, OpenSSH, \`nslookup\`, and \`python3\` with \`venv\`.
* The databases and MySQL's users: docs/databases.md.
* These private keys in SSH's agent, by \`ssh-add FILE\`; \`ssh-add -l\` lists them:
${keys.map((each) => `  * ${each}`).join("\n")}

*The director* is \`ssh -A ${context.director}\`.${existingDirector(context)}

* Playbooks run for half an hour: from step 5 on start \`screen\` after each log-in.
* After a lost connection \`screen -r\` shows how the step ends.
* Start a new \`screen\` for the next step${bySsh ? ": git's key is not in the old one any more" : ""}.

Paste each block as a whole. It ends with the first command that fails: correct that, then paste it again.${
    bySsh ? "" : " Git asks for your user and token at each clone, pull and push, here and on the director."
  }
`;
}

/** What the stack does not see to where it does not manage the director. */
function existingDirector({ sources: { client } }: RunContext): string {
  return isExisting(client.director)
    ? ` It has to be in the security group ${client.director.existing}, which has to let you in on 22; the hosts let that group in.`
    : "";
}

function missingList(missing: readonly string[]): string {
  return missing.length === 0
    ? ""
    : `\nThese values are missing here. Supply them, run the block of step 1, and go on with the \`RUN.md\` that it writes beside the other files:\n\n${missing.map((each) => `* \`${each}\`\n`).join("")}`;
}

/**
 * The commands of a step, to be pasted as a whole: they end with the first that fails, and none reads the next ones as its input. By
 * `set -e`, a command with `&&` behind it may fail, so there is none among several.
 */
export function blockOf({ commands }: Pick<Step, "commands">): string {
  return commands.length === 1 ? `${commands[0]}` : ["(", "set -e", ...commands, ")"].join("\n");
}

function section(step: Step, index: number): string {
  const { title, where, text, after } = step;
  const place = where === "here" ? "here" : "on the director";
  return [`## ${index + 1}. ${title} (${place})`, text, `\`\`\`bash\n${blockOf(step)}\n\`\`\``, after]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

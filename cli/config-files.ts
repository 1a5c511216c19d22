import { dirname, join, relative } from "node:path";
import { type Command, Option } from "commander";
import { sqoopPortProblem } from "../config/checks/reader-warnings";
import type { Client } from "../config/client";
import { projectFolder } from "../config/project-folder";
import type { ExtraFile } from "../handoff/config-files/config-file";
import { configFilePaths, extraFiles } from "../handoff/config-files/config-files";
import { needsConsent } from "../handoff/config-files/existing";
import { OutputsError } from "../handoff/config-files/outputs";
import { type PipelineObject, pipelineObjects } from "../handoff/config-files/pipeline-objects";
import { Sources } from "../handoff/config-files/sources";
import { textFilePaths, textFiles } from "../handoff/config-files/text-files";
import { leftOvers, removeLeftOvers } from "../handoff/whole-files";
import { Aws } from "../resources/aws/aws";
import { addressOf } from "../resources/aws/s3";
import { guardAccount } from "./account";
import { CommandError } from "./command-error";
import { readAccessKeys } from "./config-files/access-keys";
import { realPath, repositoryOf } from "./config-files/git";
import { readIfThere, refuseLinks, refuseWhatGitSees, writeFiles } from "./config-files/place";
import { missingLines, targetLines } from "./config-files/report";
import { newSecrets, putSecrets, readSecrets } from "./config-files/secrets";
import { type Place, type Target, targetsOf, textTargets } from "./config-files/targets";
import { deployedOutputs } from "./config-files/terraform-output";
import { localFileLines, localFiles, refuseChanges, uploadFiles } from "./config-files/upload";
import { checkDirector, directorOption } from "./director-address";
import { aligned, count, indented } from "./layout";
import { loadClient } from "./load-client";
import type { Terminal } from "./terminal";

export interface ConfigFilesOptions {
  readonly outputs?: string;
  readonly folder?: string;
  readonly director?: string;
  readonly iteration?: string;
  readonly makeSecrets?: boolean;
  readonly upload?: boolean;
  readonly from?: readonly string[];
  readonly check?: boolean;
  readonly importExtra?: boolean;
  readonly yes?: boolean;
}

export function addConfigFiles(program: Command, terminal: Terminal): void {
  program
    .command("config-files")
    .summary("write the configuration files of Ansible, Jenkins and EMR for a deployed client")
    .description(
      "Writes vars-analytics.yml, and in analytics-tasks/ jenkins_env, emr-vars.yml, analytics-override.cfg, edxapp_creds " +
        "and edxanalytics_creds, from the outputs of the deployed client, its file and SSM; beside them RUN.md, which says what to do " +
        "with them, an inventory, and jenkins-home.yml and jenkins-jobs.yml for Jenkins. A missing value " +
        "appears as <MISSING: …>, and is listed with what to do. Do not edit the files: your additions belong into files of your own " +
        "beside them (vars-analytics.extra.yml and so on). A file that was edited, or that this command did not write, is left " +
        "unchanged. Values in existing files are changed only with --yes. AWS credentials of the client's account are needed.",
    )
    .argument("<client>", "a client: the name of its file in clients/, without .ts")
    .option("--outputs <file>", "outputs written by `terraform output -json` (default: Terraform is run)")
    .option("--folder <folder>", "where the files are written (default: secrets/<client>, which git ignores)")
    .addOption(directorOption())
    .option("--iteration <n>", "write the files for this iteration of hosts and database, which is not active yet")
    .option("--make-secrets", "create Django's secret keys and the API's token in SSM, where they do not exist")
    .option(
      "--upload",
      "upload both creds files to the pipeline bucket, and check for what else the pipeline expects there",
    )
    .addOption(
      new Option(
        "--from <folder...>",
        "with --upload: folders with install-sqoop, the MySQL connector, the Hadoop jar or GeoIP.dat, which are checked and uploaded",
      ).implies({ upload: true }),
    )
    .addOption(
      new Option(
        "--check",
        "write nothing; exit with status 1 if files, bucket or what would be written differ",
      ).conflicts(["makeSecrets", "upload", "from", "importExtra", "yes"]),
    )
    .option(
      "--import-extra",
      "move your additions from edited or foreign files into files of your own, then write the files",
    )
    .option("--yes", "change values of existing files")
    .action(async (name: string, options: ConfigFilesOptions) => {
      const client = loadClient(name, "configuration files");
      checkDirector(options.director);
      await configFiles(client, options, terminal);
    });
}

/** Renders the six files, and says of each what becomes of the one in its place. */
export async function configFiles(client: Client, options: ConfigFilesOptions, terminal: Terminal): Promise<void> {
  const { name, region, accountId } = client;
  const folder = realPath(options.folder ?? join(projectFolder(), "secrets", name));
  const extras = options.importExtra ? Object.values(extraFiles).flatMap((file) => file?.path ?? []) : [];
  const paths = [...configFilePaths, ...textFilePaths, ...extras];
  refuseWhatGitSees(
    name,
    paths.map((path) => join(folder, path)),
  );
  for (const path of paths) {
    refuseLinks(name, folder, path);
  }
  noteRepository(folder, terminal);
  terminal.busy(`Reading what is deployed of ${name}, and its secrets in SSM`);
  const aws = new Aws(client, region);
  await guardAccount(aws, name, accountId);
  const { sources, made } = await gather(client, aws, options);

  terminal.result(
    `Configuration files of ${name}: database ${sources.databaseIteration}, hosts ${sources.hostIteration}, account ${accountId}, ${region}\n`,
  );
  const port = sqoopPortProblem(sources.outputs.edxapp_database.port);
  if (port !== undefined) {
    terminal.progress(`The port of ${sources.outputs.edxapp_database.address} is ${port}\n`);
  }
  const inBucket = options.upload === true || options.check === true;
  const places: Place[] = [
    ...configFilePaths.map((path) => ({
      path,
      shown: shownPath(join(folder, path)),
      text: readIfThere(folder, path),
    })),
    ...(inBucket ? await readBucket(sources, aws) : []),
  ];
  const targets = [
    ...targetsOf(name, sources, folder, places, options.importExtra),
    ...textTargets(folder, textFiles(sources), shownPath),
  ];
  for (const target of targets) {
    terminal.result(targetLines(target).join("\n"));
  }
  const local = options.from === undefined ? [] : await localFiles(name, sources, options.from, aws);
  for (const line of localFileLines(local)) {
    terminal.result(line);
  }
  const absentObjects = (inBucket ? await findAbsent(sources, aws) : []).filter(
    ({ key }) => !local.some(({ object }) => object.key === key),
  );
  terminal.result(["", ...objectLines(absentObjects, inBucket)].join("\n"));
  terminal.result(
    missingLines(
      client,
      targets.map(({ rendered }) => rendered),
    ).join("\n"),
  );

  for (const place of options.check ? leftOvers(folder) : removeLeftOvers(folder)) {
    terminal.progress(`${place} ${options.check ? "is" : "was"} left by a run that was killed, with secrets in it.`);
  }
  if (options.check) {
    judge(name, targets, absentObjects);
    return;
  }
  refuse(name, targets, options);
  refuseChanges(name, local, options.yes);
  // The files that have them come after, so that none has a secret that SSM has not.
  await putSecrets(aws, client, made, (parameter) => terminal.progress(`made ${parameter}`));
  const inFolder = targets.filter(({ object }) => object === undefined);
  writeFiles(
    folder,
    inFolder.map(({ path, rendered }) => ({ path, content: rendered.text })),
    inFolder.flatMap(({ path, extra }) =>
      extra === undefined ? [] : [{ path: (extraFiles[path] as ExtraFile).path, content: extra }],
    ),
  );
  const written = targets.filter(({ verdict }) => verdict !== "unchanged");
  for (const { object, rendered } of written) {
    if (object) {
      await aws.s3.writeObject(object, rendered.text);
    }
  }
  await uploadFiles(local, aws);
  const same = targets.filter(({ verdict }) => verdict === "unchanged").length;
  terminal.progress(`\n${count(targets.length - same, "file")} written, ${same} as they were.`);
}

/** Where else git would see the files, the operator should have meant it: in the client's secure repository. */
function noteRepository(folder: string, terminal: Terminal): void {
  const repository = repositoryOf(folder);
  if (repository !== undefined && repository !== repositoryOf(projectFolder())) {
    terminal.progress(`${folder} is in the git repository ${dirname(repository)}: let it be the client's secure one.`);
  }
}

/** A path as it is shortest from where the command runs. */
function shownPath(path: string): string {
  const way = relative(process.cwd(), path);
  return way.startsWith("..") ? path : way;
}

interface Gathered {
  readonly sources: Sources;
  /** Secrets among them that SSM does not have yet. */
  readonly made: Awaited<ReturnType<typeof readSecrets>>;
}

async function gather(client: Client, aws: Aws, options: ConfigFilesOptions): Promise<Gathered> {
  const { name } = client;
  const outputs = deployedOutputs(client, options);
  try {
    const accessKeys = readAccessKeys(name, outputs);
    const existing = await readSecrets(aws, client);
    const made = options.makeSecrets ? newSecrets(existing) : {};
    const secrets = { ...existing, ...made };
    return { sources: new Sources({ client, outputs, secrets, accessKeys, iteration: options.iteration }), made };
  } catch (error) {
    throw error instanceof OutputsError ? new CommandError(`${name}: ${error.message}`, { cause: error }) : error;
  }
}

/** The two creds files as the pipeline finds them. */
async function readBucket({ outputs }: Sources, aws: Aws): Promise<Place[]> {
  const places: Place[] = [];
  for (const key of ["edxapp_creds", "edxanalytics_creds"] as const) {
    const object = { bucket: outputs.edxanalytics_bucket, key };
    const text = await aws.s3.readObject(object);
    places.push({ path: `analytics-tasks/${key}`, shown: addressOf(object), text, object });
  }
  return places;
}

async function findAbsent(sources: Sources, aws: Aws): Promise<PipelineObject[]> {
  const absent: PipelineObject[] = [];
  for (const object of pipelineObjects(sources)) {
    if (!(await aws.s3.hasObject(object))) {
      absent.push(object);
    }
  }
  return absent;
}

function objectLines(absent: readonly PipelineObject[], asked: boolean): string[] {
  if (!asked) {
    return [];
  }
  return absent.length === 0
    ? ["The other objects that the pipeline expects exist.", ""]
    : [
        `${count(absent.length, "object")} that the pipeline expects ${absent.length === 1 ? "does" : "do"} not exist:`,
        ...indented(aligned(absent.map((object) => [addressOf(object), object.from])), 4),
        ...(absent.some(({ key }) => !key.endsWith("/"))
          ? ["  Put those files into a folder, and repeat the command with --from FOLDER: it checks and uploads them."]
          : []),
        "",
      ];
}

/** @throws CommandError where anything is not as it would be written */
function judge(name: string, targets: readonly Target[], absent: readonly PipelineObject[]): void {
  const different = targets.filter(({ verdict }) => verdict !== "unchanged").length;
  if (different + absent.length > 0) {
    throw new CommandError(
      `\n${name}: ${count(different, "file")} would be written, ${count(absent.length, "object")} of the pipeline's missing. \`npx edx-analytics config-files ${name} --upload\` writes the files.`,
    );
  }
}

/** @throws CommandError where writing would change what exists, or give the pipeline what it cannot use */
function refuse(name: string, targets: readonly Target[], { yes, importExtra }: ConfigFilesOptions): void {
  const incomplete = targets.filter(({ object, rendered }) => object && rendered.missing.length > 0);
  if (incomplete.length > 0) {
    throw new CommandError(
      `\n${name}: ${incomplete.map(({ shown }) => shown).join(" and ")} would have no password. Supply what is missing, then repeat the command. Nothing was written.`,
    );
  }
  const others = targets.filter(({ verdict }) => verdict === "edited" || verdict === "foreign");
  // These have no keys that could be moved.
  const whole = others.filter(({ path }) => textFilePaths.includes(path));
  const hasKeys = whole.length < others.length;
  if (whole.length > 0 || (others.length > 0 && !importExtra)) {
    throw new CommandError(
      [
        `\n${name}: ${count(others.length, "file")} ${others.length === 1 ? "is" : "are"} not as this command wrote ${others.length === 1 ? "it" : "them"}, as shown above. Nothing was written.`,
        ...whole.map(({ shown }) => `  ${shown} is written whole: move it away.`),
        `  A value that should be another: change it where it comes from, clients/${name}.ts or SSM.`,
        ...(hasKeys
          ? [
              `  What is not rendered: \`npx edx-analytics config-files ${name} --import-extra\` moves it, word for word, to files of yours, and writes the rendered ones.`,
            ]
          : []),
        "  What is of no use any more: move the file away.",
      ].join("\n"),
    );
  }
  const changed = targets.map(({ changes }) => changes.filter(needsConsent)).filter(({ length }) => length > 0);
  if (changed.length > 0 && !yes) {
    const values = changed.flat().length;
    const kept = others.flatMap(({ path }) => extraFiles[path]?.path ?? []);
    throw new CommandError(
      `\n${name}: ${count(values, "value")} in ${count(changed.length, "file")} would change, as shown above. Repeat the command with --yes if that is right. ${
        kept.length === 0 ? "" : `To keep one of yours, move its lines to ${kept.join(" or ")} first: they win there. `
      }Nothing was written.`,
    );
  }
}

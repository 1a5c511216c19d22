import { installPipelinePackages } from "../../../modules/director-tools";
import { pipelineObjects, putBlacklist } from "../pipeline-objects";
import type { RunContext } from "./context";
import type { Step } from "./step";

/** What the pipeline's class for Hadoop is compiled with: Hadoop of emr-4.9.6, whose interface later ones have too. */
const libraries = [
  "org/apache/hadoop/hadoop-common/2.7.3/hadoop-common-2.7.3.jar",
  "org/apache/hadoop/hadoop-mapreduce-client-core/2.7.3/hadoop-mapreduce-client-core-2.7.3.jar",
  "commons-logging/commons-logging/1.1.3/commons-logging-1.1.3.jar",
].map((path) => `https://repo1.maven.org/maven2/${path}`);

/** Where the files are on the director, below its home. */
const folder = "pipeline-files";

/** The files that clusters find in S3, made where Ubuntu has what it takes. */
export function pipelineFilesStep(context: RunContext): Step {
  const { url, version } = context.repository("configurationRepository");
  const connector = pipelineObjects(context.sources).find(({ file }) => file !== undefined);
  const util = "org/edx/hadoop/input/ManifestTextInputFormat.java";
  return {
    title: "Files of the pipeline",
    where: "director",
    text: "Skip this step and the next if `config-files` in step 1 has said `The other objects that the pipeline expects exist.` Class files of Java 7 are for the clusters of all EMR releases.",
    commands: [
      ...(context.installed === undefined ? [installPipelinePackages] : []),
      `rm -rf ~/${folder} ~/pipeline-sources`,
      `mkdir ~/${folder} ~/pipeline-sources`,
      "cd ~/pipeline-sources",
      `git clone --branch ${version} ${url} analytics-configuration`,
      `cp analytics-configuration/batch/bootstrap/install-sqoop /usr/share/GeoIP/GeoIP.dat ~/${folder}`,
      `curl -fsS -o ~/${folder}/${connector?.file} ${connector?.from}`,
      "git clone https://github.com/edx/edx-analytics-hadoop-util.git hadoop-util",
      "cd hadoop-util",
      `curl -fsS --remote-name-all ${libraries.join(" ")}`,
      "mkdir classes",
      `javac -nowarn -source 7 -target 7 -cp '*' -d classes ${util}`,
      `jar cf ~/${folder}/edx-analytics-hadoop-util.jar -C classes org`,
    ],
  };
}

/** From there into S3, with credentials that the director has not. */
export function uploadStep(context: RunContext): Step {
  const { client, director, secureClone, sources } = context;
  const local = `../${client}-${folder}`;
  const { edxanalytics_bucket: bucket } = sources.outputs;
  // A bucket that the stack manages gets it from the stack.
  const blacklist = sources.client.buckets.edxanalytics.exists
    ? [`aws s3api head-object --bucket ${bucket} --key enrollments-blacklist/ > /dev/null || ${putBlacklist(bucket)}`]
    : [];
  return {
    title: "Files of the pipeline in S3",
    where: "here",
    text: `\`config-files\` looks into each, and changes an object that is another with \`--yes\` alone.${
      blacklist.length > 0
        ? " Where the credentials may not write to the existing bucket, its owner runs the last command."
        : ""
    }`,
    commands: [
      `mkdir -p ${local}`,
      `scp ${director}:'${folder}/*' ${local}`,
      `npx edx-analytics config-files ${client} --folder ${secureClone} --from ${local}${context.directorOption}`,
      ...blacklist,
    ],
  };
}

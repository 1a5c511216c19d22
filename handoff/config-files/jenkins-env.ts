import type { ConfigFile } from "./config-file";
import { bashFormat } from "./formats/bash";
import type { Sources } from "./sources";
import { Expression, type Values } from "./value";

/** Where Jenkins' jobs work. */
export const home = "/home/jenkins";

/**
 * Ficus' script needs a repository to be cloned on the cluster for a configuration that the jobs' `--override-config` goes before:
 * the pipeline's is cloned in any case. The secure one would bring its passwords and private key onto it.
 */
function ficusOverride(sources: Sources): Values {
  const { pipelineRepository } = sources.config;
  return {
    SECURE_REPO: sources.between(undefined, "ginkgo", sources.field("pipelineRepository", pipelineRepository?.url)),
    SECURE_BRANCH: sources.between(
      undefined,
      "ginkgo",
      sources.field("pipelineRepository", pipelineRepository?.version),
    ),
    SECURE_CONFIG: sources.between(undefined, "ginkgo", "analytics-tasks/analytics-override.cfg"),
  };
}

/** The environment of the analytics tasks, which each of Jenkins' jobs sources. */
export function jenkinsEnv(sources: Sources): ConfigFile {
  const { client, config, outputs } = sources;
  const { configurationRepository, pipelineRepository, startDate } = config;
  return {
    path: "analytics-tasks/jenkins_env",
    format: bashFormat,
    groups: [
      {
        title: "Where Jenkins works",
        values: {
          AWS_REGION: outputs.region,
          HOME: home,
          WORKON_HOME: `${home}/venvs`,
          VIRTUALENVWRAPPER_HOOK_DIR: `${home}/venvs`,
          PIP_VIRTUALENV_BASE: `${home}/venvs`,
          WORKSPACE: home,
          VIRTUALENV_EXTRA_ARGS: sources.between("ginkgo", undefined, "--system-site-packages"),
        },
      },
      {
        title: "The cluster, which a job may give a name of its own before it starts",
        values: {
          CLUSTER_NAME: config.clusterName ?? `${client.name} Analytics Cluster`,
          EXTRA_VARS: `@${home}/emr-vars.yml`,
          TERMINATE: "true",
          SCRIPT_RUNNER_JAR_S3_URL: new Expression(
            "s3://${AWS_REGION}.elasticmapreduce/libs/script-runner/script-runner.jar",
          ),
        },
      },
      {
        title: "The tasks",
        values: {
          START_DATE: sources.field("startDate", startDate),
          CONFIG_REPO: sources.field("configurationRepository", configurationRepository?.url),
          CONFIG_BRANCH: sources.field("configurationRepository", configurationRepository?.version),
          TASKS_REPO: sources.field("pipelineRepository", pipelineRepository?.url),
          TASKS_BRANCH: sources.field("pipelineRepository", pipelineRepository?.version),
          TASK_USER: "hadoop",
          OVERRIDE_CONFIG: sources.between("ginkgo", undefined, `${home}/analytics-override.cfg`),
          ...ficusOverride(sources),
          NUM_REDUCE_TASKS: "2",
        },
      },
      {
        title: "Buckets",
        values: {
          TRACKING_LOGS_S3_BUCKET: `s3://${outputs.tracking_logs_bucket}`,
          HADOOP_S3_BUCKET: `s3://${outputs.hadoop_bucket}`,
          TASK_CONFIGURATION_S3_BUCKET: `s3://${outputs.emr_bucket}`,
          EDXAPP_S3_BUCKET: `s3://${outputs.grades_bucket}`,
        },
      },
    ],
  };
}

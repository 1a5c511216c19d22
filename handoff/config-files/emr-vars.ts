import type { Client } from "../../config/client";
import { clusterTag } from "../../modules/emr-tag";
import type { ConfigFile } from "./config-file";
import { yamlFormat } from "./formats/yaml";
import { quoted } from "./jinja";
import type { Sources } from "./sources";
import { absent, Expression, type Value, type Values } from "./value";

/** What a MySQL connector needs no argument for: the version that install-sqoop takes by itself. */
const installSqoopsConnector = "5.1.35";

/** What provisions an EMR cluster: variables of edx-analytics-configuration's batch/provision.yml. */
export function emrVars(sources: Sources): ConfigFile {
  const { client, config, outputs } = sources;
  const { count, type } = config.taskInstances;
  const tags = clusterTags(client, config);
  const groups = (ids: readonly string[]) => (ids.length === 0 ? absent : ids);
  return {
    path: "analytics-tasks/emr-vars.yml",
    format: yamlFormat,
    groups: [
      {
        title: "The cluster, found again by the name that the job has in its environment",
        values: {
          name: environment("CLUSTER_NAME"),
          region: outputs.region,
          release_label: outputs.emr_release_label,
          role: outputs.emr_ec2_role,
          keypair_name: outputs.key_pair_name,
          vpc_subnet_id: outputs.subnet_id,
          log_uri: `s3://${outputs.emr_logs_bucket}/logs`,
          additional_master_security_groups: groups(outputs.emr_additional_master_security_groups),
          additional_slave_security_groups: sources.between(
            "ginkgo",
            undefined,
            groups(outputs.emr_additional_slave_security_groups),
          ),
          // Ansible 1.4.4, of the releases before, ends at a variable of this name.
          tags: sources.between("juniper", undefined, tags.length === 0 ? absent : tags),
        },
      },
      {
        title: "Its instances; a job may ask for other task instances",
        values: {
          // By way of a variable of another name: Ansible from 2.7 on merges maps of one name, here with a spot price of the playbook's.
          instance_groups: new Expression("{{ client_instance_groups }}"),
          client_instance_groups: {
            master: { num_instances: 1, type: "m4.large", market: "ON_DEMAND" },
            core: { num_instances: 1, type: "m4.large", market: "ON_DEMAND" },
            task: {
              num_instances: environment("TASK_INSTANCE_NUM", String(count)),
              type: environment("TASK_INSTANCE_TYPE", type),
              market: "ON_DEMAND",
            },
          },
        },
      },
      {
        title: "What runs on it",
        values: {
          applications: ["Hadoop", "Hive", "Sqoop-Sandbox", "Ganglia"].map((name) => ({ name })),
          configurations: configurations(sources),
          steps: steps(sources),
        },
      },
    ],
  };
}

/** The connector's version: 5.1.35 does not speak to MySQL 8. */
export function mysqlConnectorVersion({ client, config, databaseIteration }: Sources): string {
  const engine = client.database.iterations.find(({ key }) => key === databaseIteration)?.engineVersion ?? "";
  return config.mysqlConnectorVersion ?? (engine.startsWith("8.") ? "5.1.47" : installSqoopsConnector);
}

/** A variable of the environment, as Ansible reads it, and what stands for it where it is not set. */
function environment(name: string, otherwise?: string): Expression {
  const filter = otherwise === undefined ? "" : ` | default(${quoted(otherwise)}, true)`;
  return new Expression(`{{ lookup('env', '${name}')${filter} }}`);
}

/**
 * Costs are allocated by the client's tags. No branch of edX's passes them on, so they are for a fork, which the client file names,
 * and for a shared account, which needs one. EMR takes a list of keys and values.
 */
function clusterTags(
  { sharedStack, emr, tags }: Client,
  { configurationRepository: fork }: Sources["config"],
): Values[] {
  return Object.entries({
    ...(sharedStack === undefined && fork === undefined ? {} : tags),
    ...(emr.servicePolicy === "v2" ? clusterTag : {}),
  }).map(([Key, Value]) => ({ Key, Value }));
}

/** In the environment of a Python with boto 2.48: requests to S3 are signed with V4, as buckets made since June 2020 require. */
const signatureV4 = "S3_USE_SIGV4=True";

/** Properties are text for EMR, also where they are numbers. */
function configurations(sources: Sources): Value {
  const { region } = sources.outputs;
  return [
    {
      classification: "mapred-site",
      properties: {
        "mapreduce.framework.name": "yarn",
        "mapreduce.jobtracker.retiredjobs.cache.size": "50",
        "mapreduce.reduce.shuffle.input.buffer.percent": "0.20",
        // Of the tasks' mappers and reducers.
        ...(sources.since("hawthorn") && {
          "mapreduce.map.env": signatureV4,
          "mapreduce.reduce.env": signatureV4,
        }),
      },
    },
    { classification: "yarn-site", properties: { "yarn.resourcemanager.max-completed-applications": "5" } },
    // Elsewhere the hive_install step ends with 301, Moved Permanently.
    ...(region === "us-east-1"
      ? []
      : [{ classification: "core-site", properties: { "fs.s3n.endpoint": "s3.amazonaws.com" } }]),
  ];
}

function steps(sources: Sources): Value {
  const connector = mysqlConnectorVersion(sources);
  const jar = environment("SCRIPT_RUNNER_JAR_S3_URL");
  const bucket = "lookup('env', 'TASK_CONFIGURATION_S3_BUCKET')";
  return [
    { type: "hive_install", jar, action_on_failure: "TERMINATE_JOB_FLOW" },
    {
      type: "script",
      name: "Install Sqoop",
      jar,
      step_args: [
        new Expression(`{{ ${bucket} }}/install-sqoop`),
        new Expression(`{{ ${bucket} }}`),
        ...(connector === installSqoopsConnector ? [] : [`--mysql-connector-version=${connector}`]),
      ],
      action_on_failure: "TERMINATE_JOB_FLOW",
    },
    ...(sources.since("hawthorn") ? [signatureStep] : []),
  ];
}

/** The master reads that file before each task. */
const signatureStep: Value = {
  type: "jar",
  name: "Sign requests to S3 with V4",
  jar: "command-runner.jar",
  step_args: ["bash", "-c", `echo export ${signatureV4} >> /home/hadoop/.bashrc`],
  action_on_failure: "TERMINATE_JOB_FLOW",
};

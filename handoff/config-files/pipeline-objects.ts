import { mysqlConnectorVersion } from "./emr-vars";
import { connectorUrl } from "./pipeline-files/connector";
import type { Sources } from "./sources";

/** An object that the pipeline expects in S3, and where an operator gets it. */
export interface PipelineObject {
  readonly bucket: string;
  readonly key: string;
  readonly from: string;
  /**
   * Name of the local file that it is made of.
   * @default - `key`
   */
  readonly file?: string;
}

/** Writes the empty object that the enrollments task lists, into a bucket that the stack does not manage. */
export function putBlacklist(bucket: string): string {
  return `aws s3api put-object --bucket ${bucket} --key enrollments-blacklist/`;
}

/** The objects of the two buckets that are no configuration (runbook, S3): Jenkins' clusters fail without them. */
export function pipelineObjects(sources: Sources): PipelineObject[] {
  const { emr_bucket: emr, edxanalytics_bucket: edxanalytics } = sources.outputs;
  const connector = mysqlConnectorVersion(sources);
  const { name, buckets } = sources.client;
  return [
    { bucket: emr, key: "install-sqoop", from: "edx-analytics-configuration, batch/bootstrap/install-sqoop" },
    {
      bucket: emr,
      key: `mysql-connector-java-${connector}.tar.gz`,
      file: `mysql-connector-java-${connector}.jar`,
      from: connectorUrl(connector),
    },
    {
      bucket: emr,
      key: "edx-analytics-hadoop-util.jar",
      from: "build it from edx-analytics-hadoop-util with the Java of the EMR release, as RUN.md says",
    },
    {
      bucket: edxanalytics,
      key: "GeoIP.dat",
      from: "a GeoIP country database in the old .dat format, as in Ubuntu's package geoip-database",
    },
    {
      bucket: edxanalytics,
      key: "enrollments-blacklist/",
      from: buckets.edxanalytics.exists
        ? `an object without content, which the bucket's owner puts there: \`${putBlacklist(edxanalytics)}\``
        : `deploy \`${name}\`, whose stack makes it`,
    },
  ];
}

import { posix } from "node:path";
import type { PipelineObject } from "../pipeline-objects";
import { connectorArchive, connectorProblem } from "./connector";
import { geoIpProblem } from "./geo-ip";
import { hadoopJarProblem } from "./hadoop-jar";

/** What a pipeline file has to suit. */
export interface Suits {
  /** EMR release of the clusters, as in `emr-4.9.6`. */
  readonly emrRelease: string;
}

/** What is wrong with a file that is to be an object of the pipeline's, and what to do; undefined where nothing is. */
export function fileProblem({ key }: PipelineObject, bytes: Uint8Array, { emrRelease }: Suits): string | undefined {
  const connector = connectorOf(key);
  if (connector !== undefined) {
    return connectorProblem(bytes, connector);
  }
  switch (posix.basename(key)) {
    case "install-sqoop":
      return scriptProblem(bytes);
    case "edx-analytics-hadoop-util.jar":
      return hadoopJarProblem(bytes, emrRelease);
    case "GeoIP.dat":
      return geoIpProblem(bytes);
    default:
      return undefined;
  }
}

/** What is uploaded of a file: all are as they are, but the connector's jar, which `install-sqoop` expects in an archive. */
export function contentOf({ key }: PipelineObject, bytes: Uint8Array): Uint8Array {
  const connector = connectorOf(key);
  return connector === undefined ? bytes : connectorArchive(bytes, connector);
}

/** The connector's version, by the key of its archive. */
function connectorOf(key: string): string | undefined {
  return /^mysql-connector-java-(.+)\.tar\.gz$/.exec(key)?.[1];
}

/** `install-sqoop`, which EMR runs as it is. */
function scriptProblem(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString("utf8");
  if (!text.startsWith("#!")) {
    return "is no script, as it does not begin with `#!`. Take batch/bootstrap/install-sqoop of edx-analytics-configuration";
  }
  if (text.includes("\r")) {
    return "has line ends of Windows, at which bash fails. Take it from a clone with `core.autocrlf` false";
  }
  return text.includes("mysql-connector-java")
    ? undefined
    : "installs no MySQL connector. Take batch/bootstrap/install-sqoop of edx-analytics-configuration";
}

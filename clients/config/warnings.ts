import { run } from "./checks/check";
import type { ClientConfig } from "./client";
import { checkedOn, type EndOfLife, endsOfLife } from "./end-of-life";
import { releases } from "./releases";
import { atLeast, databaseIterationsOf, elasticsearchOf, majorMinor } from "./resolve";
import { retiredChecks } from "./retired";

/** A year after the table of ends of life was checked: what ends by then wants a plan. */
const aYearOn = checkedOn.replace(/^\d{4}/, (year) => String(Number(year) + 1));

/** What an operator should know of a client that can be deployed nonetheless: retired values, ends of life, missing ways. */
export function warningsOf(client: ClientConfig): string[] {
  return [
    ...(client.allowRetired ? run(retiredChecks, client, []).map(({ path, message }) => `${path} ${message}`) : []),
    ...endsOfLifeOf(client)
      .filter(({ standardSupport }) => standardSupport < aYearOn)
      .map(endOfLifeWarning),
    ...versionsOf(client)
      .filter((version) => !endsOfLife.some((row) => named(row) === version))
      .map((version) => `${version}: the project's table does not know when its standard support ends. Look it up.`),
    ...connectorWarnings(client),
    ...passwordWarnings(client),
    ...(client.network.vpc === "new" && client.network.peering === undefined
      ? ["network.peering is not named, so the EMR clusters cannot reach the edxapp RDS from this VPC."]
      : []),
  ];
}

/** The rows of the end-of-life table that a client stands on, whether they are past or to come. */
export function endsOfLifeOf(client: ClientConfig): EndOfLife[] {
  const versions = versionsOf(client);
  return endsOfLife.filter((row) => versions.includes(named(row)));
}

function versionsOf(client: ClientConfig): string[] {
  const domain = elasticsearchOf(client);
  return [
    ...new Set([
      `Ubuntu ${releases[client.release].ubuntu}`,
      ...databaseIterationsOf(client).map(({ engineVersion }) => `MySQL ${majorMinor(engineVersion)}`),
      ...(domain ? [`Elasticsearch ${domain.version}`] : []),
      `EMR ${client.emr.releaseLabel}`,
    ]),
  ];
}

function named({ product, version }: EndOfLife): string {
  return `${product} ${version}`;
}

/** One row as a sentence. */
export function endOfLifeWarning({ product, version, standardSupport, afterwards }: EndOfLife): string {
  const verb = standardSupport < checkedOn ? "ended" : "ends";
  return `${product} ${version}: standard support ${verb} on ${standardSupport}; ${afterwards} (checked on ${checkedOn}).`;
}

/** Connector/J 5.1.35, which the pipeline's documentation names, fails at MySQL 8.0's character sets. */
function connectorWarnings(client: ClientConfig): string[] {
  return databaseIterationsOf(client)
    .filter(({ engineVersion }) => releases[client.release].mysql === "5.7" && engineVersion.startsWith("8."))
    .map(
      ({ key, engineVersion }) =>
        `database.iterations.${key}.engineVersion is "${engineVersion}"; ${client.release}'s connector 5.1.35 does not speak to it. Upload mysql-connector-java 5.1.47 or later.`,
    );
}

/** MySQL 8.4 has turned off the way to log in that connectors from before 2018 know alone. */
function passwordWarnings(client: ClientConfig): string[] {
  return databaseIterationsOf(client)
    .filter(({ engineVersion }) => atLeast(engineVersion, "8.4"))
    .map(
      ({ key, engineVersion }) =>
        `database.iterations.${key}.engineVersion is "${engineVersion}", where mysql_native_password is off: connector 5.1.35 and other clients that know no caching_sha2_password cannot log in. Try them first, or take "8.0".`,
    );
}

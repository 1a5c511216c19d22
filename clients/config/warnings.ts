import { run } from "./checks/check";
import type { ClientConfig } from "./client";
import { checkedOn, type EndOfLife, endsOfLife } from "./end-of-life";
import { releases } from "./releases";
import { databaseIterationsOf, elasticsearchOf } from "./resolve";
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
    ...connectorWarnings(client),
    ...(client.network.vpc === "new" && client.network.peering === undefined
      ? ["network.peering is not named, so the EMR clusters cannot reach the edxapp RDS from this VPC."]
      : []),
  ];
}

/** The rows of the end-of-life table that a client stands on, whether they are past or to come. */
export function endsOfLifeOf(client: ClientConfig): EndOfLife[] {
  const domain = elasticsearchOf(client);
  const versions = new Set([
    `Ubuntu ${releases[client.release].ubuntu}`,
    ...databaseIterationsOf(client).map(({ engineVersion }) => `MySQL ${engineVersion}`),
    ...(domain ? [`Elasticsearch ${domain.version}`] : []),
    `EMR ${client.emr.releaseLabel}`,
  ]);
  return endsOfLife.filter(({ product, version }) => versions.has(`${product} ${version}`));
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

import type { ClientConfig } from "../clients/config/client";
import { type Outputs, readOutputs } from "../handoff/config-files/outputs";
import { secretEntries } from "../handoff/config-files/secrets";
import { Sources, type SourcesProps } from "../handoff/config-files/sources";
import { AnalyticsStack } from "../modules/analytics-stack";
import { app, template } from "./synth";

/** What `terraform output -json` would print of a client's stack: what only AWS knows is made up of its address. */
export function outputJson(client: ClientConfig): string {
  const { output } = template(new AnalyticsStack(app(), client));
  return JSON.stringify(
    Object.fromEntries(Object.entries(output).map(([name, { value }]) => [name, { value: deployed(value, client) }])),
  );
}

/** The same, as the files are rendered from it. */
export function outputsOf(client: ClientConfig): Outputs {
  return readOutputs(outputJson(client), client);
}

/** Sources with a secret of its own name for each parameter. */
export function sourcesOf(client: ClientConfig, props: Partial<SourcesProps> = {}): Sources {
  const secrets = Object.fromEntries(secretEntries.map(([key]) => [key, `secret-${key}`]));
  const accessKeys = { elasticsearch: "secret-elasticsearch", reports: "secret-reports" };
  return new Sources({ client, outputs: props.outputs ?? outputsOf(client), secrets, accessKeys, ...props });
}

function deployed(value: unknown, client: ClientConfig): unknown {
  if (Array.isArray(value)) {
    return value.map((inner) => deployed(inner, client));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, deployed(inner, client)]));
  }
  const expression = typeof value === "string" ? /^\$\{(.*)\}$/s.exec(value)?.[1] : undefined;
  if (expression === undefined) {
    return value;
  }
  const [attribute = ""] = /\w+$/.exec(expression) ?? [];
  const name = expression.slice(0, -attribute.length - 1).replaceAll(/[^a-z0-9]+/g, "-");
  const kinds: Record<string, unknown> = {
    port: 3306,
    address: `${name}.cdefg.${client.region}.rds.amazonaws.com`,
    endpoint: `search-${name}-abcdef.${client.region}.es.amazonaws.com`,
    secret: `secret/of+${name}`,
  };
  return kinds[attribute] ?? `${attribute}-of-${name}`;
}

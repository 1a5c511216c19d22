import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadFleet } from "../../config/load/load";
import type { ReleaseName } from "../../config/tables/versions-by-release";
import { type ConfigFilePath, configFilePaths, renderConfigFile } from "../../handoff/config-files/config-files";
import { inventory } from "../../handoff/config-files/inventory";
import type { Sources } from "../../handoff/config-files/sources";
import { absent, Expression, isValues, plain, type Value, type Values } from "../../handoff/config-files/value";
import { clientOf } from "../../test/client-files";
import { sourcesOf } from "../../test/outputs";
import { equal, holds } from "../expectations/equal";
import { play } from "../harness/ansible";
import type { Steps } from "../harness/steps";
import { virtualEnvironment } from "../harness/virtual-environment";
import type { World } from "../harness/world";

/** Variables by host, as Ansible has them. */
type ByHost = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The releases from which on variables are others; how it is with the rest, `npm test` says. */
const combinations = [
  ["ficus", "separate"],
  ["hawthorn", "separate"],
  ["juniper", "separate"],
  ["koa", "separate"],
  ["nutmeg", "single"],
] as const satisfies readonly (readonly [ReleaseName, "single" | "separate"])[];

const playbook = join(__dirname, "..", "ansible", "variables.yml");

/** Ansible itself reads the inventory and both files of variables, with one host and one for each service. */
export async function readByAnsible(step: Steps["step"], world: World): Promise<void> {
  const python = await step("Ansible is installed", () => virtualEnvironment(world.tools.cache, "ansible"));
  await step("Ansible finds what was meant in vars-analytics.yml, by release, on the inventory's hosts", async () => {
    for (const [release, layout] of combinations) {
      const sources = sourcesFor(world, release, layout);
      const folder = written(world, `ansible-${release}-${layout}`, sources);
      const hosts = await variables(python, folder, "vars-analytics.yml", sources);
      expectHosts(`${release}, ${layout}`, sources, hosts);
    }
  });
  await step("in the clients' emr-vars.yml too, and merges no spot price of the playbook's into it", async () => {
    for (const client of loadFleet().clients) {
      const sources = sourcesOf(client);
      const folder = written(world, `ansible-${client.name}`, sources);
      const [found] = Object.values(await variables(python, folder, "analytics-tasks/emr-vars.yml", sources));
      equal(`${client.name}: task instances`, (found as Record<string, Values>).instance_groups?.task, {
        num_instances: "2",
        type: "m4.large",
        market: "ON_DEMAND",
      });
    }
  });
}

function sourcesFor(world: World, release: ReleaseName, layout: "single" | "separate"): Sources {
  const emrPrivateKey = join(world.tools.folder, `${world.name}-emr.pem`);
  writeFileSync(emrPrivateKey, "of EMR\n");
  return sourcesOf(
    clientOf({
      release,
      hosts: { keyPair: { existing: "key" }, iterations: { "1": { layout } } },
      buckets: { apiReports: {} },
      tls: { on: "host", certificate: "/c.pem", privateKey: "/k.pem" },
      configurationFiles: {
        lmsUrl: "https://courses.example.org",
        cmsUrl: "https://studio.example.org",
        insightsUrl: "https://insights.example.org",
        jenkins: { emrPrivateKey },
      },
    }),
  );
}

function written(world: World, name: string, sources: Sources): string {
  const folder = join(world.tools.folder, `${world.name}-${name}`);
  for (const path of configFilePaths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), renderConfigFile(path, sources).text);
  }
  writeFileSync(join(folder, "inventory"), inventory(sources).text);
  return folder;
}

/** Runs the playbook, as the operator and Jenkins do: with the file as extra variables, which win over all others. */
async function variables(python: string, folder: string, path: ConfigFilePath, sources: Sources): Promise<ByHost> {
  const { values, text } = renderConfigFile(path, sources);
  const names = Object.keys(values).filter((name) => values[name] !== absent);
  const out = join(folder, "found");
  mkdirSync(out, { recursive: true });
  const options = { names, out, ...ofRoles(text, names) };
  await play(python, {
    playbook,
    inventory: join(folder, "inventory"),
    variables: [`@${join(folder, path)}`, JSON.stringify(options)],
    // As edx-analytics-configuration's own settings have it.
    env: { ANSIBLE_HASH_BEHAVIOUR: "merge", ANSIBLE_LOCALHOST_WARNING: "False", ANSIBLE_PYTHON_INTERPRETER: python },
  });
  const hosts = [...new Set(inventory(sources).text.match(/^\S+(?= ansible_host=)/gm))];
  return Object.fromEntries(
    hosts.map((host) => [host, JSON.parse(readFileSync(join(out, `${host}.json`), "utf8")) as Values]),
  );
}

/** The roles' own variables that expressions name, which are not there without the roles. */
function ofRoles(text: string, names: readonly string[]): Record<string, string> {
  const named = [...text.matchAll(/\{\{ (\w+) \}\}/g)].map(([, name]) => name as string);
  return Object.fromEntries(
    named.filter((name) => !names.includes(name)).map((name) => [name, `of the role: ${name}`]),
  );
}

function expectHosts(what: string, sources: Sources, hosts: ByHost): void {
  const { values } = renderConfigFile("vars-analytics.yml", sources);
  const { client, separate } = sources;
  const name = `${client.hosts.name}-1`;
  equal(
    `${what}: hosts`,
    Object.keys(hosts),
    separate ? ["insights", "api", "jenkins"].map((one) => `${name}-${one}`) : [name],
  );
  for (const [host, found] of Object.entries(hosts)) {
    for (const [key, value] of Object.entries(values)) {
      if (value !== absent && !hasExpression(value)) {
        equal(`${what}: ${host}: ${key}`, found[key], plain(value));
      }
    }
    const here = (service: string) => !separate || host.endsWith(`-${service}`);
    const own = { NGINX_ENABLE_SSL: here("insights"), NGINX_REDIRECT_TO_HTTPS: here("insights") };
    const enabled = { SANDBOX_ENABLE_INSIGHTS: here("insights"), SANDBOX_ENABLE_ANALYTICS_API: here("api") };
    for (const [key, wanted] of Object.entries({ ...own, ...(sources.since("juniper") ? enabled : {}) })) {
      // A boolean, and no text that is true whatever it says.
      equal(`${what}: ${host}: ${key}`, found[key], wanted);
    }
    equal(`${what}: the LMS`, found.INSIGHTS_LMS_BASE, "https://courses.example.org");
    const [, emr] = found.JENKINS_ANALYTICS_CREDENTIALS as readonly { readonly privatekey: string }[];
    equal(`${what}: EMR's private key`, emr?.privatekey, "of EMR\n");
  }
  holds(`${what}: variables`, Object.keys(values).length > 50);
}

function hasExpression(value: Value | typeof absent): boolean {
  return (
    value instanceof Expression ||
    ((Array.isArray(value) || isValues(value)) && Object.values(value).some((inner) => hasExpression(inner as Value)))
  );
}

import example from "../../clients/example";
import sharedInput from "../../clients/shared-210987654321-eu-central-1";
import { loadFleet } from "../../config/load/load";
import { addCiStacks } from "../../stacks/ci-stack";
import { SharedStack } from "../../stacks/shared-stack";
import { ci, github } from "../../test/ci-stacks";
import { changed } from "../../test/client-files";
import { maps } from "../../test/first-plan";
import { behindLoadBalancer, inRoute53, withIpv6 } from "../../test/https-client";
import { withKeys } from "../../test/kms-client";
import {
  analyticsOf,
  app,
  databasesOf,
  synthesizeClient,
  synthesizeDatabases,
  synthesizeShared,
  type Template,
  template,
} from "../../test/synth";
import { resourceTypeOf, resourceTypes } from ".";
import { writtenArguments } from "./written-arguments";
import { writtenInBlocks } from "./written-in-blocks";
import { writtenReferences } from "./written-references";

const peering = { vpcId: "vpc-0a1b2c3d", cidr: "172.31.0.0/16", routeTableIds: ["rtb-0000000a"] };
const inNewVpc = { network: { vpc: "new" as const, zones: ["eu-west-1a", "eu-west-1b"], peering } };
const gitlab = { gitlab: { project: "acme/infrastructure", host: "gitlab.example.com" } };

/** Stacks of all clients that come with the project. */
function shipped(): Template[] {
  const fleet = loadFleet();
  return [
    ...fleet.clients.flatMap((client) => [analyticsOf(client), databasesOf(client)]),
    ...fleet.shared.map((stack) => template(new SharedStack(app(), stack))),
    ...addCiStacks(app(), fleet).map(template),
  ];
}

/** Stacks with options that change what is created. */
function optional(): Template[] {
  return [
    synthesizeClient(inNewVpc),
    synthesizeClient({ emr: { servicePolicy: "v2" } }),
    synthesizeClient({ pgpKey: "keybase:operator", buckets: { apiReports: {} } }),
    synthesizeClient({ elasticsearch: { applicationLogs: {}, vpc: {} } }),
    synthesizeClient({ ...inNewVpc, elasticsearch: { vpc: {} } }),
    synthesizeClient({ hosts: { ...example.hosts, iterations: { "1": {}, "2": { layout: "separate" } } } }),
    synthesizeClient({ protected: false }),
    synthesizeClient(changed(withKeys)),
    synthesizeClient(
      changed({ "database.iterations.2": { restoreFrom: { instance: "acme-analytics", at: "latest" } } }),
    ),
    synthesizeClient({ hosts: { ...example.hosts, backups: {} } }),
    synthesizeClient({ alarms: { emails: ["ops@example.com"], monthlyBudgetUsd: 500 } }),
    ...[inRoute53, behindLoadBalancer, withIpv6].map(synthesizeClient),
    ...(["new-policy", "merge-policy", "leave-policy", "user-policy", "print"] as const).map((access) =>
      synthesizeClient({ edxapp: { ...example.edxapp, gradesBucket: { name: "acme-edxapp", access } } }),
    ),
    synthesizeDatabases({ mysql: { edxappAdmin: "root" } }),
    synthesizeShared(sharedInput),
    synthesizeShared({ ...sharedInput, emr: { servicePolicy: "v2" } }),
    ci({ ci: github }),
    ci({ ci: gitlab }),
  ];
}

const synthesised = [...shipped(), ...optional()].flatMap(({ resource }) => Object.entries(resource));
const types = [...new Set(synthesised.map(([type]) => type))].sort();
/** Of Terraform's own. */
const settings = ["//", "depends_on", "lifecycle", "provider"];

describe("what is known of resource types", () => {
  it.each(types)("has %s, decides what is lost with it, how it is found and whether an adoption creates it", (type) => {
    const known = resourceTypeOf(type);

    expect(known).toBeDefined();
    expect(known).toHaveProperty("holds");
    expect(known?.foreign).toBeUndefined();
    expect(known?.find).toBeDefined();
    expect(known?.adoption.create).toBeTruthy();
  });

  it.each(types)("has every argument that stacks write of %s, so that another one has an alarm", (type) => {
    const written = synthesised
      .filter(([other]) => other === type)
      .flatMap(([, resources]) => Object.values(resources).flatMap((given) => argumentsIn(given)))
      .filter((name) => !settings.includes(name));

    const known = [...(writtenArguments[type] ?? []), ...(writtenInBlocks[type] ?? [])];
    expect([...new Set(written)].filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each(types)(
    "has every reference that stacks write in arguments of %s, so that another one has an alarm",
    (type) => {
      const found = synthesised
        .filter(([other]) => other === type)
        .flatMap(([, resources]) => Object.values(resources).flatMap((given) => referencesIn(given)))
        // Policies are judged by what they say, and so are attachments of them.
        .filter(([path = ""]) => !settings.includes(path) && !/polic(y|ies|y_document|y_arn)$/.test(path));

      expect(found.filter(([path = "", reference = ""]) => !writtenReferences[path]?.includes(reference))).toEqual([]);
    },
  );

  it("has no type that no stack has, but for those that say why", () => {
    const unused = resourceTypes.filter(({ type, foreign }) => foreign === undefined && !types.includes(type));

    expect(unused.map(({ type }) => type)).toEqual([]);
  });

  it("has each type once", () => {
    expect(new Set(resourceTypes.map(({ type }) => type)).size).toBe(resourceTypes.length);
  });
});

/** The paths of arguments: a block is an object in a list, or one that is no map; what is in a map has any name. */
function argumentsIn(given: unknown, path = ""): string[] {
  return Object.entries(given as object).flatMap(([name, inner]) => {
    const at = path === "" ? name : `${path}.${name}`;
    const found = settings.includes(at) || maps.includes(name) ? [] : [inner].flat();
    const within = found.filter((one) => typeof one === "object" && one !== null);
    return [at, ...within.flatMap((one) => argumentsIn(one, at))];
  });
}

/** The paths of what refers to something, and the type and attribute that each refers to. */
function referencesIn(value: unknown, path = ""): string[][] {
  if (typeof value === "string") {
    return [...value.matchAll(/\$\{(?:one\()?((?:data\.|ephemeral\.)?\w+)\.\w+\.(\w+)/g)].map(([, type, name]) => [
      path,
      `${type}.${name}`,
    ]);
  }
  return typeof value === "object" && value !== null
    ? Object.entries(value)
        .filter(([name]) => path !== "" || !settings.includes(name))
        .flatMap(([name, inner]) =>
          referencesIn(inner, Array.isArray(value) ? path : [path, name].filter(Boolean).join(".")),
        )
    : [];
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformElement } from "cdktf";
import type { IConstruct } from "constructs";
import { loadFleet } from "../config/load/load";
import { AnalyticsStack } from "../stacks/analytics-stack";
import { addCiStacks } from "../stacks/ci-stack";
import { isStructural } from "../stacks/client-stack";
import { DatabasesStack } from "../stacks/databases-stack";
import { SharedStack } from "../stacks/shared-stack";
import { app, type Template, template, withoutMetadata } from "./synth";

const root = join(__dirname, "..");
const sources = ["cli", "clients", "config", "e2e", "handoff", "modules", "resources", "stacks", "test"]
  .flatMap(files)
  .concat("main.ts", "main.test.ts", "providers/bindings.ts");
const { clients, shared } = loadFleet();
const stacks = [
  ...addCiStacks(app(), { clients, shared }),
  ...clients.flatMap((client) => [new AnalyticsStack(app(), client), new DatabasesStack(app(), client)]),
  ...shared.map((stack) => new SharedStack(app(), stack)),
];
const templates = new Map(stacks.map((stack) => [stack, template(stack)]));

function files(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js|py)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** Every string in what was synthesised, with its path. */
function strings(value: unknown, path: readonly string[] = []): [string, string][] {
  if (typeof value === "string") {
    return [[path.join("."), value]];
  }
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => strings(inner, [...path, key]))
    : [];
}

describe("the source", () => {
  it("has no file of more than 300 lines", () => {
    expect(sources.filter((file) => read(file).split("\n").length > 301)).toEqual([]);
  });

  it("imports no provider as a whole, which costs seconds", () => {
    expect(sources.filter((file) => /from "@cdktf\/provider-aws"/.test(read(file)))).toEqual([]);
  });

  it("has no variables of modules, which test files would share", () => {
    const modules = sources.filter((file) => !/^(e2e|test)\/|\.test\.ts$/.test(file));

    expect(modules.filter((file) => /^(export )?(let|var) /m.test(read(file)))).toEqual([]);
  });

  it("says of every optional property what its absence means", () => {
    const undocumented = sources
      .filter((file) => !file.endsWith(".test.ts") && /^(modules|stacks|config|handoff|resources\/types)\//.test(file))
      .flatMap((file) => {
        const lines = read(file).split("\n");
        return lines.flatMap((line, index) => {
          if (!/^ {2}readonly \w+\?: /.test(line)) {
            return [];
          }
          const comment = lines.slice(0, index).join("\n").split("/**").at(-1) ?? "";
          return comment.trim().endsWith("*/") && comment.includes("@default") ? [] : [`${file}:${index + 1}`];
        });
      });

    expect(undocumented).toEqual([]);
  });

  it("has no conflict of a merge left in it, nor have the documents", () => {
    const documents = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(md|svg)$/.test(name))
      .map((name) => `docs/${name}`);
    const all = [...sources, ...documents, "README.md", "CHANGELOG.md", "CONTRIBUTING.md", ".ci/plan", ".ci/apply"];

    expect(all.filter((file) => /^(<{7,}|>{7,}) /m.test(read(file)))).toEqual([]);
  });

  it("names decisions and pages of docs/ that exist", () => {
    const pages = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).map((name) => `docs/${name}`);
    const isPage = (reference: string, number: string | undefined) =>
      number === undefined ? pages.includes(reference) : pages.some((page) => page.includes(`/decisions/${number}-`));
    const unknown = sources.flatMap((file) =>
      [...read(file).matchAll(/\bdecision\s+(?:\* )?(\d{4})|(?<![\w/.-])docs\/[\w/-]+\.md/g)]
        .filter(([reference, number]) => !isPage(reference, number))
        .map(([reference]) => `${file}: ${reference}`),
    );

    expect(unknown).toEqual([]);
  });

  it("has its commands of findings in back quotes, so that no terminal's width breaks them", () => {
    const findings = sources.filter(
      (file) => /^cli\/(preflight|state|verify)\//.test(file) && !file.endsWith(".test.ts"),
    );
    const bare = findings.flatMap((file) =>
      [...read(file).matchAll(/[^`](\baws [a-z0-9]+ [a-z]+(-[a-z]+)+ |\$\{\w+Command\().*/g)].map(
        ([found]) => `${file}:${found}`,
      ),
    );

    expect(bare).toEqual([]);
  });

  it("holds no secret in clients/", () => {
    const secrets = [/AKIA[0-9A-Z]{16}/, /-----BEGIN [A-Z ]*PRIVATE KEY/, /aws_secret_access_key/i, /password:\s*"/i];

    expect(
      files("clients").filter(
        (file) => !file.endsWith(".test.ts") && secrets.some((secret) => secret.test(read(file))),
      ),
    ).toEqual([]);
  });

  it("runs nothing on the operator's machine", () => {
    const types = [...templates.values()].flatMap(({ resource }) => Object.keys(resource));

    expect(types.filter((type) => !/^((aws|mysql)_|terraform_data$)/.test(type))).toEqual([]);
    expect(JSON.stringify([...templates.values()])).not.toMatch(/local-exec|remote-exec|"external"/);
  });
});

describe.each(stacks.map((stack) => [stack.node.id, stack] as const))("stack %s", (_, stack) => {
  const synthesised = withoutMetadata(templates.get(stack) as Template) as Record<string, unknown>;

  it("has construct ids in kebab case, or structural ones in Pascal case", () => {
    const ids = stack.node
      .findAll()
      .filter((construct: IConstruct) => construct !== stack && !isOutput(construct))
      .map(({ node }) => node.id);

    expect(ids.filter((id) => !isStructural(id) && !/^[a-z0-9]+([-_.]+[a-z0-9]+)*$/.test(id))).toEqual([]);
    expect(ids.filter((id) => isStructural(id) && !/^[A-Z][A-Za-z]+$/.test(id))).toEqual([]);
  });

  it("has addresses without hashes", () => {
    const { resource, data = {} } = synthesised as Record<string, Record<string, Record<string, unknown>>>;
    const names = [...Object.values(resource ?? {}), ...Object.values(data)].flatMap(Object.keys);

    expect(names.filter((name) => /_[0-9A-F]{8}$/.test(name) || !/^[a-z0-9_]+$/.test(name))).toEqual([]);
  });

  it("leaves no token of cdktf's, and no expression around a mere reference to a literal", () => {
    const all = strings(synthesised);

    expect(all.filter(([, value]) => /TfToken\[|\$\{"|\$\{\d/.test(value))).toEqual([]);
    // Only these are made of several parts.
    const composed = all.filter(([, value]) => value.includes("${") && !/^\$\{[\w.[\]"]+\}$/.test(value));
    expect(
      composed.filter(
        ([path]) =>
          !/postcondition|^check|locals|policy|output|definition|dns_validation|route_table_id|(security_group_id|secret_id|provider\.mysql\.\d+\.password)$/.test(
            path,
          ),
      ),
    ).toEqual([]);
  });

  it("holds no account but its own, and nothing of the machine that made it", () => {
    const text = JSON.stringify(synthesised);

    expect(text).not.toContain(root);
    expect(text).not.toContain(process.env.HOME ?? "/root/");
  });
});

function isOutput(construct: IConstruct): boolean {
  return TerraformElement.isTerraformElement(construct) && construct.constructor.name === "TerraformOutput";
}

import { type Attributes, attributesOf, blocks, isAttributes, texts } from "../attributes";
import type { Plan } from "./schema";

/** What a plan's configuration says of an argument: a literal, or what it refers to. */
export interface Expression {
  /** As it is written; in Terraform's JSON syntax with its references in it. */
  readonly literal: unknown;
  /** As in `aws_iam_user.reports.arn`, each with the address of its module before it. */
  readonly references: readonly string[];
}

const moduleStep = /^module\.([^.[]+)(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?\./;
const instanceKey = /\[(?:"(?:[^"\\]|\\.)*"|\d+)\]$/;

/** The configuration that a plan is of: `configuration` in its JSON. */
export class Configuration {
  private static readonly read = new WeakMap<Plan, Configuration>();

  /** The account that the plan is of; none where it cannot be told. */
  readonly accounts: ReadonlySet<string>;
  /** Of each provider, by its key, as in `aws` and `mysql.analytics_1`. */
  readonly providers: Readonly<Record<string, Attributes>>;
  /**
   * The client that the provider's default tags name. Where an expression makes them, as in exported stacks, the one that they came to, or
   * whose parameters all reads are of. Undefined where they name none, or several.
   */
  readonly client: string | undefined;
  /** Defaults of the root module's variables, by name. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Data sources and ephemeral resources, with the type and mode of each. */
  readonly reads: { readonly address: string; readonly type: string; readonly mode: string }[] = [];
  private readonly byAddress = new Map<string, Attributes>();

  private constructor(plan: Plan) {
    this.providers = providersOf(plan);
    this.accounts = ownAccounts(plan, this.providers);
    const root = attributesOf(attributesOf(plan.configuration).root_module);
    const variables = Object.entries(attributesOf(root.variables));
    this.defaults = Object.fromEntries(variables.map(([name, variable]) => [name, attributesOf(variable).default]));
    this.add(root, "");
    this.client = this.clientOf(plan);
  }

  /** That of a plan, which is read once. */
  static of(plan: Plan): Configuration {
    const configuration = Configuration.read.get(plan) ?? new Configuration(plan);
    Configuration.read.set(plan, configuration);
    return configuration;
  }

  /** The arguments of a resource; undefined where the plan does not have them. */
  argumentsOf(address: string): Attributes | undefined {
    const resource = this.resource(address);
    return resource && attributesOf(resource.expressions);
  }

  /** The provisioners of a resource, by their types, as in `local-exec`. */
  provisionersOf(address: string): string[] {
    return blocks(this.resource(address)?.provisioners).map(({ type }) => String(type));
  }

  /** Whether an argument may be written, and not given by AWS: of a plan without the resource's configuration, any may. */
  mayGive(address: string, argument: string): boolean {
    const given = this.argumentsOf(address);
    return given === undefined || given[argument] !== undefined;
  }

  /** What is written for an argument of a resource. */
  expressionOf(address: string, argument: string): Expression {
    return expressionIn(this.argumentsOf(address)?.[argument], split(address).prefix);
  }

  /** What is referred to at a path within the arguments of a resource, as in `default_action.target_group_arn`. */
  referencesAt(address: string, path: readonly string[]): string[] {
    return referencesIn(this.argumentsOf(address), path, split(address).prefix);
  }

  /** The key of the provider of a resource, as in `mysql.analytics_1`; undefined where the plan does not have it. */
  providerOf(address: string): string | undefined {
    const key = this.resource(address)?.provider_config_key;
    return typeof key === "string" ? key : undefined;
  }

  /** Address of the module that a resource is in, with a dot behind it; empty in the root module. */
  modulePrefixOf(address: string): string {
    return split(address).prefix;
  }

  private clientOf(plan: Plan): string | undefined {
    const [tags] = blocks(attributesOf(this.providers.aws?.expressions).default_tags).map(({ tags: all }) => all);
    const { literal, references } = expressionIn(tags);
    if (references.length === 0 || literal !== undefined) {
      return onlyClient([attributesOf(literal).Client]);
    }
    const defaults = plan.resource_changes
      .map(({ change }) => attributesOf(change.after ?? change.before))
      .filter(({ tags: own }) => attributesOf(own).Client === undefined)
      .map(({ tags_all: all }) => attributesOf(all).Client);
    const paths = this.reads.flatMap(({ address }) =>
      ["name", "path"].map((argument) => this.expressionOf(address, argument).literal),
    );
    return (
      onlyClient(defaults) ?? onlyClient(paths.map((path) => /^\/edx-analytics\/([^/]+)\//.exec(String(path))?.[1]))
    );
  }

  private resource(address: string): Attributes | undefined {
    const { path, local } = split(address);
    return this.byAddress.get(`${path.join(".")}/${local}`);
  }

  private add(module: Attributes, path: string): void {
    for (const resource of blocks(module.resources)) {
      this.byAddress.set(`${path}/${resource.address}`, resource);
      if (resource.mode === "data" || resource.mode === "ephemeral") {
        const prefix = path === "" ? "" : `module.${path.replaceAll(".", ".module.")}.`;
        this.reads.push({ address: `${prefix}${resource.address}`, type: String(resource.type), mode: resource.mode });
      }
    }
    for (const [name, call] of Object.entries(attributesOf(module.module_calls))) {
      this.add(attributesOf(attributesOf(call).module), path === "" ? name : `${path}.${name}`);
    }
  }
}

/** @param prefix address of the module that it is in, with a dot behind it */
export function expressionIn(written: unknown, prefix = ""): Expression {
  const { constant_value: literal, references } = attributesOf(written);
  const all = texts(references);
  // Beside `a.b.arn` stands `a.b`.
  const whole = all.filter((one) => !all.some((other) => other.startsWith(`${one}.`) || other.startsWith(`${one}[`)));
  return { literal, references: [...new Set(whole)].map((reference) => `${prefix}${reference}`) };
}

/** Whether something written is an expression with a literal or references, and not the arguments of a block. */
export function isExpression(written: Attributes): boolean {
  const names = Object.keys(written);
  return names.length > 0 && names.every((name) => name === "constant_value" || name === "references");
}

/** Where blocks or a map are written as one expression, what that refers to. */
function referencesIn(written: unknown, path: readonly string[], prefix: string): string[] {
  if (Array.isArray(written)) {
    return written.flatMap((block) => referencesIn(block, path, prefix));
  }
  const { references } = expressionIn(written, prefix);
  const [name, ...others] = path;
  return name === undefined || references.length > 0
    ? [...references]
    : isAttributes(written)
      ? referencesIn(written[name], others, prefix)
      : [];
}

function providersOf(plan: Plan): Readonly<Record<string, Attributes>> {
  const all = Object.entries(attributesOf(attributesOf(plan.configuration).provider_config));
  return Object.fromEntries(all.map(([key, provider]) => [key, attributesOf(provider)]));
}

/** What all of them name. */
function onlyClient(names: readonly unknown[]): string | undefined {
  const [only, ...others] = new Set(names.filter((name) => name !== undefined));
  return others.length === 0 && typeof only === "string" && /^[\w-]+$/.test(only) ? only : undefined;
}

/**
 * The account that a plan is of: the one that its provider allows, which Terraform asks AWS about; where that is not plain, the
 * one that most of what exists is of, so that a single resource does not make another account the plan's.
 */
function ownAccounts(plan: Plan, providers: Readonly<Record<string, Attributes>>): ReadonlySet<string> {
  const existing = plan.resource_changes
    .filter(({ mode }) => mode !== "data")
    .map(({ change }) => {
      const { arn, owner_id: owner } = attributesOf(change.before);
      return accountOf(arn) ?? owner;
    })
    .filter(isAccount);
  const count = (account: string) => existing.filter((other) => other === account).length;
  const [held] = [...new Set(existing)].sort((one, other) => count(other) - count(one));
  const allowed = Object.values(providers)
    .flatMap(({ expressions }) => texts(attributesOf(attributesOf(expressions).allowed_account_ids).constant_value))
    .filter(isAccount);
  const [only, ...others] = new Set(allowed);
  // What exists is of no account that whoever wrote the configuration made up.
  const isPlain = only !== undefined && others.length === 0 && (held === undefined || count(only) === count(held));
  const own = isPlain ? only : held;
  return new Set(own === undefined ? [] : [own]);
}

/** The account in an ARN, or of a principal that is one; undefined where there is none. */
export function accountOf(principal: unknown): string | undefined {
  const text = String(principal);
  const account = /^arn:[^:]*:[^:]*:[^:]*:([^:]*):/.exec(text)?.[1] ?? text;
  return isAccount(account) ? account : undefined;
}

function isAccount(found: unknown): found is string {
  return typeof found === "string" && /^\d{12}$/.test(found);
}

function split(address: string): { path: string[]; prefix: string; local: string } {
  const path: string[] = [];
  let local = address;
  for (let step = moduleStep.exec(local); step !== null; step = moduleStep.exec(local)) {
    path.push(step[1] as string);
    local = local.slice(step[0].length);
  }
  return { path, prefix: address.slice(0, address.length - local.length), local: local.replace(instanceKey, "") };
}

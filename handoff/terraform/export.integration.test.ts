import { parse } from "@cdktf/hcl2json";
import { requiredVersion } from "../../stacks/beside";
import { exportedStacks } from "../../test/exported-stacks";
import { withoutMetadata } from "../../test/synth";
import { speakingOfHcl } from "./messages";

type Tree = Record<string, unknown>;

/** Takes the variables out that the JSON form has not. */
function withoutVariables({ variable, ...others }: Tree, own: object): { hcl: Tree; defaults: Tree } {
  const variables = Object.entries((variable ?? {}) as Record<string, [{ default: unknown }]>);
  const kept = variables.filter(([name]) => name in own);
  return {
    hcl: kept.length > 0 ? { ...others, variable: Object.fromEntries(kept) } : others,
    defaults: Object.fromEntries(
      variables.filter(([name]) => !(name in own)).map(([name, [body]]) => [name, body.default]),
    ),
  };
}

/**
 * What both forms say, in one form: a block that stands once is no list, references are no strings, variables are their
 * defaults, and blanks and brackets that break lines are left out of expressions.
 */
function comparable(value: unknown, defaults: Record<string, unknown> = {}): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => comparable(item, defaults));
    return items.length === 1 && typeof items[0] === "object" ? items[0] : items;
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, comparable(inner, defaults)]));
  }
  if (typeof value !== "string") {
    return value;
  }
  const variable = /^\$\{var\.(\w+)\}$/.exec(value)?.[1];
  if (variable !== undefined && variable in defaults) {
    return defaults[variable];
  }
  const filled = value.replaceAll(/\$\{var\.(\w+)\}/g, (_, name) => String(defaults[name]));
  const made = /^\$\{(merge|jsonencode)\((?:var\.tags, )?(\{[^{}]*\})\)\}$/.exec(filled);
  if (made !== null) {
    const object = objectOf(made[2] as string, defaults);
    return made[1] === "merge" ? { ...(defaults.tags as Tree), ...object } : JSON.stringify(object);
  }
  const known = filled.replaceAll(/\bvar\.(\w+)/g, (variable, name) => String(defaults[name] ?? variable));
  const bare = /^\$\{([^{}]*)\}$/.exec(known)?.[1] ?? known;
  return known.includes("${") ? bare.replaceAll(/[\s(),]/g, "") : bare;
}

/** An object of literals and variables as HCL has it. */
function objectOf(source: string, defaults: Record<string, unknown>): Tree {
  const items = [...source.matchAll(/(\w+)\s*=\s*(?:var\.(\w+)|("[^"]*"|\d+))/g)];
  return Object.fromEntries(
    items.map(([, key, variable, text]) => [
      key,
      variable === undefined ? JSON.parse(text as string) : defaults[variable],
    ]),
  );
}

describe.each(exportedStacks)("the exported $name", ({ synthesised, files }) => {
  it("says what the JSON form says, to the last argument", async () => {
    const configuration = files.filter(({ name }) => name.endsWith(".tf"));
    const { terraform: jsonTerraform, ...expected } = speakingOfHcl(
      withoutMetadata(synthesised as never) as never,
    ) as Tree;
    const all = await parse("all.tf", configuration.map(({ content }) => content).join("\n"));
    const { hcl, defaults } = withoutVariables(all, (expected.variable ?? {}) as object);
    const { terraform: hclTerraform, ...found } = hcl;

    expect(comparable(found, defaults)).toEqual(comparable(expected));
    const { required_providers: required, ...rest } = jsonTerraform as { required_providers: Record<string, Tree> };
    const terraform = {
      ...rest,
      required_version: requiredVersion,
      // Of the major that was deployed: later ones are a step of their own.
      required_providers: { ...required, aws: { ...required.aws, version: "~> 5.100" } },
    };
    const settings = Object.assign({}, ...(hclTerraform as Tree[])) as Tree;
    expect(comparable(settings)).toEqual(comparable(terraform));
  });
});

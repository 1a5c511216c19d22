import { isDeepStrictEqual } from "node:util";
import { hclVariables } from "../../resources/types";
import type { Cases, Variable as Kind, Place } from "../../resources/types/hcl";
import { unevaluated } from "./entries";
import { type Block, plainBlock } from "./hcl/body";
import { partsOf } from "./hcl/template";
import { alignedAssignments, isObject, Raw, type Value } from "./hcl/value";

/** A variable, and its default. */
export interface Variable {
  readonly name: string;
  readonly type: "string" | "number" | "map(string)";
  readonly description: string;
  readonly default: Value;
  readonly condition: string;
  readonly message: string;
  readonly cases: Cases;
  /** What it is of, as in `aws_instance.director`; without a type where that is no resource. */
  readonly of: string;
  /**
   * As the kind has it.
   * @default - the client file has none
   */
  readonly field?: string;
}

/** A block's arguments by what it is of, as in `aws_instance` or `provider.aws`, and its name. */
export interface Candidate {
  readonly of: string;
  readonly name: string;
  readonly arguments: Value;
}

/**
 * Puts variables in the place of what a team would change.
 * @returns the candidates' arguments in their order, and the variables in the order of `hclVariables`
 */
export function withVariables(candidates: readonly Candidate[]): { arguments: Value[]; variables: Variable[] } {
  const values = candidates.map((candidate) => candidate.arguments);
  const variables = hclVariables.flatMap(([type, kind]) => {
    const found = new Map<string, Variable>();
    /** The variable that stands for a value; undefined where it has another one, or could have none. */
    const reference = (owner: string, value: Value, { follows = false }: Place): string | undefined => {
      if (!follows && !found.has(owner) && isLiteral(value)) {
        found.set(owner, variable(kind, { type, owner }, [...found.keys()], value));
      }
      const taken = found.get(owner);
      return isDeepStrictEqual(taken?.default, value) ? `var.${taken?.name}` : undefined;
    };
    for (const place of kind.places) {
      for (const [index, { of, name }] of candidates.entries()) {
        const owner = of === (place.of ?? type) ? ownerOf(place, name) : undefined;
        if (owner !== undefined) {
          values[index] = replaced(values[index] as Value, place.path.split("."), (value) => {
            if (place.made !== undefined) {
              return place.made(
                value,
                (part, inside) => reference(part, inside as Value, place) ?? JSON.stringify(inside),
              );
            }
            const taken = reference(owner, value, place);
            return taken === undefined ? value : new Raw(taken);
          });
        }
      }
    }
    return [...found.values()];
  });
  return { arguments: values, variables };
}

/** The block that declares a variable. */
export function variableBlock(variable: Variable): Block {
  const { name, type, description, condition, message } = variable;
  const attribute = (attributeName: string, value: Value) => ({ name: attributeName, value, comments: [] });
  return plainBlock(
    "variable",
    [name],
    [
      attribute("description", unevaluated(description)),
      attribute("type", new Raw(type)),
      attribute("default", variable.default),
      // A null would be deployed, where an argument that is left out has the provider's default.
      attribute("nullable", false),
    ],
    [
      plainBlock(
        "validation",
        [],
        [attribute("condition", `\${${condition}}`), attribute("error_message", unevaluated(message))],
      ),
    ],
  );
}

/** The variables with their defaults as a file of values has them, none of which is set. */
export function exampleValues(variables: readonly Variable[]): string {
  const lines = variables.flatMap(({ name, default: value }) => alignedAssignments([{ name, value }], 0));
  return [
    "# cp terraform.tfvars.example terraform.tfvars, and set what differs. These are the deployed values.",
    ...lines.flatMap((text) => text.split("\n").map((line) => `# ${line}`)),
    "",
  ].join("\n");
}

function ownerOf({ called }: Place, name: string): string | undefined {
  return called === undefined ? name : called.exec(name)?.[1];
}

/** @param others owners that have a variable of this kind already */
function variable(
  kind: Kind,
  { type, owner }: { readonly type: string; readonly owner: string },
  others: readonly string[],
  value: Value,
): Variable {
  const base = kind.name(owner);
  const number = others.filter((other) => kind.name(other) === base).length + 1;
  const name = number === 1 ? base : `${base}_${number}`;
  const [condition, message] = kind.validation(`var.${name}`, value);
  return {
    name,
    type: typeof value === "object" ? "map(string)" : (typeof value as "string" | "number"),
    description: kind.description(owner, value),
    default: value,
    condition,
    message,
    cases: kind.cases(value),
    of: `${type}.${owner}`,
    field: kind.field?.(owner),
  };
}

/** The value with what stands at a path replaced, in each block where there are several. */
function replaced(value: Value, path: readonly string[], replace: (value: Value) => Value): Value {
  const [argument, ...rest] = path;
  if (argument === undefined) {
    return replace(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => replaced(item, path, replace));
  }
  return isObject(value) && value[argument] !== undefined
    ? { ...value, [argument]: replaced(value[argument], rest, replace) }
    : value;
}

/** Whether a value is known without evaluating anything, as the default of a variable has to be. */
function isLiteral(value: Value): boolean {
  if (typeof value === "string") {
    return partsOf(value).every(({ kind }) => kind === "text");
  }
  if (value instanceof Raw || value === null) {
    return false;
  }
  return typeof value === "object" ? Object.values(value).every(isLiteral) : true;
}

import { attributesOf, isAttributes, textsIn } from "../attributes";
import { type Alarm, exposure } from "../types/alarm";
import { Configuration, expressionIn, isExpression } from "./configuration";
import { kindOf } from "./kinds";
import { hasTrue } from "./marks";
import { changesAt, valuesAt } from "./paths";
import { withoutKeys } from "./references";
import type { Plan, ResourceChange } from "./schema";

/** An argument that is made of what is secret. */
interface Made {
  readonly path: readonly string[];
  /** What it is made of, as in `aws_iam_access_key.reports.secret`. */
  readonly of: string;
}

/** Attributes that are secret, by type, whatever a plan marks of one that AWS has yet to give. */
const secretAttributes: Readonly<Record<string, RegExp>> = {
  aws_iam_access_key: /^(secret|ses_smtp_password_v4)$/,
  aws_ssm_parameter: /^(insecure_)?value$/,
  "data.aws_secretsmanager_secret_version": /./,
  "data.aws_secretsmanager_secret_versions": /./,
  "data.aws_ssm_parameter": /./,
  "data.aws_ssm_parameters_by_path": /./,
};

const reference = /(?<![\w.])((?:data\.)?[a-z]\w*)\.([\w-]+)(?:\[[^\]]*\])*(?:\s*\.\s*(\w+))?/g;

/** Alarms of arguments that are made of what is secret: whoever reads a tag, a name or a description has it. */
export function secretAlarms({ address, change }: ResourceChange, plan: Plan): Alarm[] {
  return madeIn(address, plan)
    .filter(({ path }) => changesAt(change, path))
    .map(({ path, of }) => exposure`shows what is secret: ${path.join(".")} is made of ${of}`);
}

/** What of an expression is secret, as in `aws_iam_access_key.reports.secret`; undefined where nothing is. */
export function secretIn(expression: unknown, plan: Plan): string | undefined {
  return madeOf(expression, [], secretsByAddress(plan), "")[0]?.of;
}

/** Texts that are made of what is secret, and that no plan marks. */
export function textsOfSecrets(plan: Plan): string[] {
  const outputs = attributesOf(attributesOf(attributesOf(plan.configuration).root_module).outputs);
  const ofOutputs = Object.entries(plan.output_changes).filter(
    ([name]) => madeOf(attributesOf(outputs[name]).expression, [], secretsByAddress(plan), "").length > 0,
  );
  return [
    ...plan.resource_changes
      .filter((resource) => resource.mode !== "data" && kindOf(resource) !== undefined)
      .flatMap(({ address, change }) =>
        madeIn(address, plan).flatMap(({ path }) =>
          [change.before, change.after].flatMap((values) => textsIn(valuesAt(values, path))),
        ),
      ),
    ...ofOutputs.flatMap(([, { before, after }]) => textsIn([before, after])),
  ];
}

function madeIn(address: string, plan: Plan): Made[] {
  const configuration = Configuration.of(plan);
  const prefix = configuration.modulePrefixOf(address);
  return Object.entries(configuration.argumentsOf(address) ?? {})
    .filter(([name]) => !name.endsWith("_wo"))
    .flatMap(([name, written]) => madeOf(written, [name], secretsByAddress(plan), prefix));
}

function madeOf(written: unknown, path: readonly string[], secrets: Secrets, prefix: string): Made[] {
  if (Array.isArray(written)) {
    return written.flatMap((block) => madeOf(block, path, secrets, prefix));
  }
  if (!isAttributes(written) || !isExpression(written)) {
    return Object.entries(attributesOf(written)).flatMap(([name, inner]) =>
      madeOf(inner, [...path, name], secrets, prefix),
    );
  }
  const { literal } = expressionIn(written);
  const inTexts = madeOfTexts(literal, path, secrets, prefix);
  const { references } = expressionIn(written, prefix);
  const of = references.find((one) => secretsOfText(one, secrets, "").length > 0);
  return inTexts.length > 0 || of === undefined ? inTexts : [{ path, of }];
}

function madeOfTexts(literal: unknown, path: readonly string[], secrets: Secrets, prefix: string): Made[] {
  if (typeof literal !== "string") {
    return Array.isArray(literal)
      ? literal.flatMap((one) => madeOfTexts(one, path, secrets, prefix))
      : Object.entries(attributesOf(literal)).flatMap(([name, one]) =>
          madeOfTexts(one, [...path, name], secrets, prefix),
        );
  }
  if (!/[$%]\{/.test(literal)) {
    return [];
  }
  const [of] = secretsOfText(literal, secrets, prefix);
  return of === undefined ? [] : [{ path, of }];
}

/** Attributes that a plan marks as sensitive, by the address of what has them. */
type Secrets = ReadonlyMap<string, ReadonlySet<string>>;

const read = new WeakMap<Plan, Secrets>();

function secretsByAddress(plan: Plan): Secrets {
  const known = read.get(plan) ?? markedByAddress(plan);
  read.set(plan, known);
  return known;
}

function markedByAddress({ resource_changes: changes }: Plan): Secrets {
  const all = new Map<string, Set<string>>();
  for (const { address, change } of changes) {
    const marks = [change.before_sensitive, change.after_sensitive].map(attributesOf);
    const names = marks.flatMap((one) => Object.keys(one).filter((name) => hasTrue(one[name])));
    if (names.length > 0) {
      const key = withoutKeys(address);
      all.set(key, new Set([...(all.get(key) ?? []), ...names]));
    }
  }
  return all;
}

/** What of a text refers to something secret, or to all of what has something that is. */
function secretsOfText(text: string, secrets: Secrets, prefix: string): string[] {
  const inModule = /^(?:module\.[^.]+\.)*/.exec(text)?.[0] ?? "";
  const local = text.slice(inModule.length);
  return [...local.matchAll(reference)].flatMap(([, type = "", name = "", attribute]) => {
    const address = `${type}.${name}`;
    const marked = secrets.get(`${prefix || withoutKeys(inModule)}${address}`);
    const known = Object.hasOwn(secretAttributes, type) ? secretAttributes[type] : undefined;
    const isSecret =
      attribute === undefined
        ? marked !== undefined || known !== undefined
        : marked?.has(attribute) === true || known?.test(attribute) === true;
    return isSecret ? [attribute === undefined ? address : `${address}.${attribute}`] : [];
  });
}

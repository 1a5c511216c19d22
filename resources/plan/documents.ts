import { type Attributes, attributesOf, blocks, merged, texts } from "../attributes";
import { Configuration, expressionIn } from "./configuration";
import { hasTrue } from "./marks";
import type { Plan, ResourceChange } from "./schema";

/** Stands in a policy where the plan does not know the value, and its configuration does not say what it refers to. */
const unknownValue = "(known after apply)";

/**
 * The plan with policies in the place of those that Terraform knows after the apply alone, as far as they are an
 * `aws_iam_policy_document` of the same plan: all of a document is planned but the ARNs that AWS has yet to give, and for
 * these stands what is written, as in `${aws_iam_user.reports.arn}`.
 */
export function withDocuments(plan: Plan): Plan {
  const configuration = Configuration.of(plan);
  const documents = new Map(
    plan.resource_changes
      .filter(({ mode, type }) => mode === "data" && type === "aws_iam_policy_document")
      .map((document) => [document.address, document]),
  );
  if (documents.size === 0) {
    return plan;
  }
  const documentOf = (address: string, argument: string) => {
    const { literal, references } = configuration.expressionOf(address, argument);
    const [reference = ""] = references;
    const [, document = ""] = /^(.+)\.(?:minified_)?json$/.exec(reference) ?? [];
    // In Terraform's own syntax, functions around the reference would not be seen.
    const [, written] = /^\$\{(.+)\}$/.exec(String(literal)) ?? [];
    return written !== undefined && `.${reference}`.endsWith(`.${written}`) ? documents.get(document) : undefined;
  };
  const changes = plan.resource_changes.map((resource) =>
    resource.mode === "data" ? resource : withPolicies(resource, documentOf, configuration),
  );
  return { ...plan, resource_changes: changes };
}

function withPolicies(
  resource: ResourceChange,
  documentOf: (address: string, argument: string) => ResourceChange | undefined,
  configuration: Configuration,
): ResourceChange {
  const { address, change } = resource;
  const unknown = attributesOf(change.after_unknown);
  const found = Object.keys(unknown)
    .filter((name) => unknown[name] === true)
    .flatMap((name) => {
      const document = documentOf(address, name);
      const policy = document && policyOf(document, configuration);
      return policy === undefined ? [] : [{ name, policy, isSecret: hasTrue(document?.change.after_sensitive) }];
    });
  return found.length === 0
    ? resource
    : {
        ...resource,
        change: {
          ...change,
          after: merged(
            attributesOf(change.after),
            named(found, ({ policy }) => JSON.stringify(policy)),
          ),
          after_unknown: merged(
            unknown,
            named(found, () => false),
          ),
          after_sensitive:
            change.after_sensitive === true
              ? true
              : merged(
                  attributesOf(change.after_sensitive),
                  named(
                    found.filter(({ isSecret }) => isSecret),
                    () => true,
                  ),
                ),
        },
      };
}

function named<T extends { readonly name: string }>(found: readonly T[], value: (one: T) => unknown): Attributes {
  return Object.fromEntries(found.map((one) => [one.name, value(one)]));
}

/** The policy that a document is planned to be; undefined where too little of it is known. */
function policyOf({ address, change }: ResourceChange, configuration: Configuration): Attributes | undefined {
  const [after, unknown] = [attributesOf(change.after), attributesOf(change.after_unknown)];
  const sources = ["source_json", "override_json", "source_policy_documents", "override_policy_documents"];
  const [statements, marks] = [blocks(after.statement), blocks(unknown.statement)];
  if (
    sources.some((name) => after[name] != null || hasTrue(unknown[name])) ||
    unknown.statement === true ||
    hasTrue(unknown.version) ||
    marks.some(hasOtherUnknown)
  ) {
    return undefined;
  }
  const written = blocks(configuration.argumentsOf(address)?.statement);
  // A `dynamic` block makes any number of statements.
  const configured = written.length === statements.length ? written : [];
  return {
    Version: after.version ?? "2012-10-17",
    Statement: statements.map((statement, index) =>
      statementOf(statement, marks[index] ?? {}, configured[index] ?? {}),
    ),
  };
}

/** What of a statement may be known after the apply alone: names. What it does, to what kind of principal and on which condition, may not. */
const namesOf: Readonly<Record<string, readonly string[]>> = {
  principals: ["identifiers"],
  not_principals: ["identifiers"],
  condition: ["values"],
};

function hasOtherUnknown(statement: Attributes): boolean {
  return Object.entries(statement).some(([name, marks]) => {
    if (name === "resources" || name === "not_resources") {
      return false;
    }
    const inner = namesOf[name];
    return inner === undefined || marks === true
      ? hasTrue(marks)
      : blocks(marks).some((block) =>
          Object.entries(block).some(([key, mark]) => !inner.includes(key) && hasTrue(mark)),
        );
  });
}

function statementOf(statement: Attributes, unknown: Attributes, written: Attributes): Attributes {
  const list = (name: string) => filled(statement[name], unknown[name], written[name]);
  const members = {
    Sid: statement.sid || undefined,
    Effect: statement.effect ?? "Allow",
    Action: list("actions"),
    NotAction: list("not_actions"),
    Resource: list("resources"),
    NotResource: list("not_resources"),
    Principal: principals("principals", statement, unknown, written),
    NotPrincipal: principals("not_principals", statement, unknown, written),
    Condition: conditions(statement, unknown, written),
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function principals(name: string, statement: Attributes, unknown: Attributes, written: Attributes): unknown {
  const found = blocks(statement[name]);
  const byType = found.map(({ type, identifiers }, index) => {
    const same = blocks(written[name]).filter((block) => expressionIn(block.type).literal === type);
    const marks = blocks(unknown[name])[index]?.identifiers;
    return [String(type), filled(identifiers, marks, ...same.map((block) => block.identifiers)) ?? []] as const;
  });
  if (byType.length === 0) {
    return undefined;
  }
  // Several of one type are one list.
  const all = (type: string) => byType.filter(([other]) => other === type).flatMap(([, names]) => names);
  // The provider writes one of type `*` as text.
  return all("*").includes("*") ? "*" : Object.fromEntries(byType.map(([type]) => [type, all(type)]));
}

function conditions(statement: Attributes, unknown: Attributes, written: Attributes): Attributes | undefined {
  const all: Record<string, Record<string, readonly unknown[]>> = {};
  for (const [index, { test, variable, values }] of blocks(statement.condition).entries()) {
    const same = blocks(written.condition).filter((block) => expressionIn(block.variable).literal === variable);
    const marks = blocks(unknown.condition)[index]?.values;
    const [operator, key] = [String(test), String(variable)];
    const found = filled(values, marks, ...same.map((block) => block.values)) ?? [];
    all[operator] = { ...all[operator], [key]: [...(all[operator]?.[key] ?? []), ...found] };
  }
  return Object.keys(all).length === 0 ? undefined : all;
}

/** A list, with what is written in the place of what is unknown of it: functions around a reference may make anything of it. */
function filled(values: unknown, marks: unknown, ...written: readonly unknown[]): readonly unknown[] | undefined {
  const known = texts(values).filter((value) => value !== null);
  if (!hasTrue(marks)) {
    return known.length === 0 ? undefined : known;
  }
  const templates = written
    .flatMap((expression) => texts(expressionIn(expression).literal))
    .map((text) => String(text).replaceAll(/\$(?=\$\{)|%(?=%\{)/g, "\0"))
    .filter((text) => /(?<!\0)[$%]\{/.test(text))
    .map((text) => text.replaceAll("\0", ""));
  return [...known, ...(templates.length === 0 ? [unknownValue] : templates)];
}

import { type Attributes, attributesOf, texts } from "../resources/attributes";
import { areCovered } from "../resources/policy-statements";

/** A request as IAM sees it. */
export interface IamRequest {
  readonly action: string;
  readonly resource: string;
  /** Condition keys that are in the request, in lower case. */
  readonly context?: Readonly<Record<string, string>>;
}

type Operator = (found: string, values: readonly string[]) => boolean;

const like: Operator = (found, values) => areCovered(found, values);
const equals: Operator = (found, values) => values.includes(found);

const operators: Readonly<Record<string, Operator>> = {
  ArnLike: like,
  Bool: equals,
  StringEquals: equals,
  StringLike: like,
  ArnNotLike: (found, values) => !like(found, values),
};

/**
 * Whether IAM lets a principal do something in its own account, for what the emulator does not judge:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html. An operator or element that is
 * not known here is an error.
 * @param identity statements on the principal
 * @param resource statements on the resource
 */
export function isAllowed(
  request: IamRequest,
  identity: readonly Attributes[],
  resource: readonly Attributes[] = [],
): boolean {
  const matching = [...identity, ...resource].filter((statement) => matches(statement, request));
  return matching.some(({ Effect }) => Effect === "Allow") && !matching.some(({ Effect }) => Effect === "Deny");
}

/** The statements of an `aws_iam_policy_document` as IAM's JSON has them. */
export function statementsOfDocument(
  document: { readonly statement?: readonly Attributes[] } | undefined,
): Attributes[] {
  return (document?.statement ?? []).map(({ effect, actions, resources, condition }) => ({
    Effect: effect,
    Action: actions,
    Resource: resources,
    Condition: Object.fromEntries(
      ((condition ?? []) as { test: string; variable: string; values: string[] }[]).map(
        ({ test, variable, values }) => [test, { [variable]: values }],
      ),
    ),
  }));
}

function matches(statement: Attributes, { action, resource, context = {} }: IamRequest): boolean {
  const { Sid: _, Effect: __, Principal = "*", Action, Resource, Condition, ...unknown } = statement;
  if (Principal !== "*" || Object.keys(unknown).length > 0) {
    throw new Error(`no rule here for ${JSON.stringify(statement)}`);
  }
  return (
    texts(Action).some((pattern) => areCovered(action.toLowerCase(), pattern.toLowerCase())) &&
    areCovered(resource, Resource) &&
    Object.entries(attributesOf(Condition)).every(([operator, keys]) =>
      Object.entries(attributesOf(keys)).every(([key, values]) =>
        holds(operator, context[key.toLowerCase()], texts(values)),
      ),
    )
  );
}

/** A key that is missing fails a comparison, and meets a negated one and `IfExists`. */
function holds(operator: string, found: string | undefined, values: readonly string[]): boolean {
  if (operator === "Null") {
    return values.includes(String(found === undefined));
  }
  const name = operator.replace(/IfExists$/, "");
  const compare = operators[name];
  if (compare === undefined) {
    throw new Error(`no rule here for ${operator}`);
  }
  return found === undefined ? name !== operator || name.includes("Not") : compare(found, values);
}

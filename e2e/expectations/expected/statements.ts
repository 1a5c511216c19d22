interface Statement {
  readonly Action?: unknown;
  readonly Resource?: unknown;
}

/**
 * The statements of a policy as AWS holds it, in their order. Lists of actions and resources are sets, whose order AWS
 * does not keep; a list of one is that one.
 * @param document JSON, URL-encoded where it comes from IAM
 */
export function statementsOf(document: string | undefined): unknown[] {
  const text = document?.startsWith("%7B") ? decodeURIComponent(document) : document;
  const { Statement = [] } = JSON.parse(text ?? "{}") as { Statement?: Statement | Statement[] };
  return [Statement].flat().map((statement) => ({
    ...withoutEmpty(statement),
    ...(statement.Action === undefined ? {} : { Action: asSet(statement.Action) }),
    ...(statement.Resource === undefined ? {} : { Resource: asSet(statement.Resource) }),
  }));
}

function asSet(value: unknown): unknown {
  const values = [value].flat().sort();
  return values.length === 1 ? values[0] : values;
}

/** Terraform's provider writes an empty `Sid` where there is none. */
function withoutEmpty(statement: Statement): Statement {
  return Object.fromEntries(Object.entries(statement).filter(([, value]) => value !== ""));
}

/** The statements of a policy, of which IAM takes a single one without a list too. */
export function policyStatements<Statement>(policy: string): Statement[] {
  return [(JSON.parse(policy) as { Statement?: Statement | Statement[] }).Statement ?? []].flat() as Statement[];
}

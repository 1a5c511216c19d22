import sharedInput from "../clients/shared-210987654321-eu-central-1";
import { checkFiles } from "../config/load/load";
import type { SharedStackInput } from "../config/schema/shared";
import { addCiStacks, type CiStack } from "../stacks/ci-stack";
import type { Overrides } from "./client-files";
import { once } from "./once";
import { app, clientOf, type Template, template } from "./synth";

/** GitHub as the CI of a client. */
export const github = { github: { repository: "acme/infrastructure" } };

/** The CI stack of the client of the tests. */
export function ci(overrides: Overrides = {}): Template {
  const client = clientOf({ ci: github, ...overrides });
  return once(["CiStack", client], () => template(addCiStacks(app(), { clients: [client], shared: [] })[0] as CiStack));
}

/** The CI stack of a shared stack. */
export function shared(overrides: Partial<SharedStackInput> = {}): Template {
  const name = "shared-210987654321-eu-central-1";
  const fleet = checkFiles([{ name, input: { ...sharedInput, ...overrides } }], { complete: false });
  return once(["CiStack", fleet.shared], () => template(addCiStacks(app(), fleet)[0] as CiStack));
}

export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: readonly { readonly variable: string; readonly values: readonly string[] }[];
}

/** The statements of a policy document, by its id without `_statements`. */
export function statements({ data }: Template, name: string): Statement[] {
  return data.aws_iam_policy_document?.[`${name}_statements`]?.statement.map(
    ({ not_actions: notActions, not_resources: notResources, ...rest }: Record<string, unknown>) => ({
      ...rest,
      ...(notActions !== undefined && { notActions }),
      ...(notResources !== undefined && { notResources }),
    }),
  );
}

/** The statements of all policies on a role. */
export function policiesOf(template: Template, role: "plan" | "apply"): Statement[] {
  return attachedTo(template, role).flatMap((part) => statements(template, part));
}

/** Ids of the policies on a role. */
export function attachedTo({ resource }: Template, role: "plan" | "apply"): string[] {
  return Object.values(resource.aws_iam_role_policy_attachment ?? {})
    .filter(({ role: of }) => of === `\${aws_iam_role.${role}.name}`)
    .map(({ policy_arn: arn }) => /aws_iam_policy\.(\w+)\.arn/.exec(arn)?.[1] as string);
}

/** The statements of a role's trust. */
export function trust({ data }: Template, role: "plan" | "apply") {
  return data.aws_iam_policy_document?.[`${role}_trust`]?.statement;
}

/** The statements that allow an action, patterns among them. */
export function allowing(all: readonly Statement[], action: string): Statement[] {
  const matches = (pattern: string) => new RegExp(`^${pattern.replaceAll("*", ".*")}$`).test(action);
  return all.filter(({ actions }) => actions.some(matches));
}

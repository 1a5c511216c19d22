import { emrRoleNames } from "../../modules/emr-roles";
import { type Attributes, attributesOf } from "../attributes";
import { readResources } from "../types/rules";
import { accountOf, Configuration } from "./configuration";
import type { Plan } from "./schema";

/** Whether a plan has the role or user that an ARN or a reference names. */
export function hasNamed(plan: Plan): (arn: string) => boolean {
  const configuration = Configuration.of(plan);
  const { accounts: own } = configuration;
  // Stacks read EMR's two roles; any other may do what nobody who reads the plan knows.
  const isOfEmr = (name: unknown) => Object.values<unknown>(emrRoleNames).includes(name);
  const read = readResources(plan)
    .filter(({ mode, type, values }) => mode === "data" && type === "aws_iam_role" && isOfEmr(values.name))
    .map(({ values }) => values.arn);
  const made = plan.resource_changes
    .filter(({ type, mode }) => mode !== "data" && (type === "aws_iam_role" || type === "aws_iam_user"))
    .flatMap(({ type, change }) => [change.before, change.after].map((one) => ({ ...attributesOf(one), type })));
  return (arn) => {
    const account = accountOf(arn);
    const isAbroad = account !== undefined && own.size > 0 && !own.has(account);
    const isNamed = (one: Attributes) =>
      typeof one.name === "string" &&
      arn.includes(one.type === "aws_iam_role" ? ":role/" : ":user/") &&
      arn.endsWith(`/${one.name}`);
    const [, reference = "", isRead] =
      /^\$\{((?:module\.[\w.[\]"-]+\.)?(data\.)?aws_iam_(?:role|user)\.[\w-]+)(?:\[[^\]]*\])?\.arn\}$/.exec(arn) ?? [];
    return (
      (reference !== "" && (isRead === undefined || isOfEmr(configuration.expressionOf(reference, "name").literal))) ||
      read.includes(arn) ||
      made.some((one: Attributes) => one.arn === arn || (!isAbroad && isNamed(one)))
    );
  };
}

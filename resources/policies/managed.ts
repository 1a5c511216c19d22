import { type Attributes, isAttributes, texts } from "../attributes";
import { principals } from "../policy-statements";

/** AWS's managed policies with which a caller is an administrator, or of a whole service, or reads everything. */
const administrators =
  /^arn:aws[\w-]*:iam::aws:policy\/(?:[\w-]+\/)*((?:Administrator|PowerUser|ReadOnly)Access[\w-]*|\w*(?:FullAccess|ReadWrite)(?:_v\d+)?|(?:System|Network|Database)Administrator)$/;

const ofPolicy = /^arn:aws[\w-]*:iam::(?:aws|\d*):policy\//;

/** ARNs of policies among all texts of a resource: those that it attaches. */
export function policyArns(value: unknown): string[] {
  if (Array.isArray(value) || isAttributes(value)) {
    return Object.entries(value).flatMap(([key, inner]) =>
      // A boundary allows nothing.
      key === "permissions_boundary" ? [] : policyArns(inner),
    );
  }
  return typeof value === "string" && ofPolicy.test(value) ? [value] : [];
}

/** Of AWS's managed policies one with which a caller may do nearly everything, by its name; undefined of another. */
export function administratorPolicy(arn: string): string | undefined {
  return administrators.exec(arn)?.[1];
}

/** AWS's policies that a stack attaches to roles of AWS's services, and the service that assumes each. */
const ofServices: Readonly<Record<string, string>> = {
  AmazonElasticMapReduceRole: "elasticmapreduce.amazonaws.com",
  AmazonEMRServicePolicy_v2: "elasticmapreduce.amazonaws.com",
  AWSDataLifecycleManagerServiceRole: "dlm.amazonaws.com",
};

/** Whether a stack attaches one of AWS's policies to a role of this trust. */
export function isAttachedByStacks(arn: string, trust: readonly Attributes[]): boolean {
  const services = trust.flatMap(({ Principal }) => Object.entries(principals(Principal)));
  const [, policy = ""] = /^arn:aws[\w-]*:iam::aws:policy\/service-role\/(\w+)$/.exec(arn) ?? [];
  return (
    Object.hasOwn(ofServices, policy) &&
    services.length > 0 &&
    services.every(([kind, names]) => kind === "Service" && texts(names).every((name) => name === ofServices[policy]))
  );
}

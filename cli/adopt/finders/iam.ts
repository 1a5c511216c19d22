import {
  GetAccessKeyLastUsedCommand,
  GetInstanceProfileCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { absent } from "../../preflight/finding";
import type { Inventory } from "../inventory";
import { type Finder, found, type LookUp, missing, type Outcome } from "../look-up";
import type { StackResource } from "../stack-resources";

/** Looks for what an action of IAM gives by names; its import id is made of the same. */
function named<N extends string>(
  names: readonly N[],
  action: string,
  get: (inventory: Inventory, named: Record<N, string>) => Promise<object>,
  id: (named: Record<N, string>, inventory: Inventory) => string,
): Finder {
  return async (resource, lookUp) => {
    const values = await textsOf(resource, lookUp, names);
    if (values === undefined) {
      return missing;
    }
    const { inventory } = lookUp;
    const answer = await inventory.aws.askIfThere(action, get(inventory, values), absent.iam);
    return answer === undefined ? missing : (movedFrom(answer, values) ?? found(id(values, inventory)));
  };
}

/** For another path, Terraform makes another role; of a user, it changes the ARN that others' policies name. */
function movedFrom(answer: object, { name }: { readonly name?: string }): Outcome | undefined {
  const path = Object.values(answer).find((thing) => typeof thing?.Path === "string")?.Path;
  return path === undefined || path === "/"
    ? undefined
    : { kind: "conflict", why: `${name} has the path ${path}, and the stack's would have none, and another ARN` };
}

async function textsOf<N extends string>(
  resource: StackResource,
  lookUp: LookUp,
  names: readonly N[],
): Promise<Record<N, string> | undefined> {
  const values = await Promise.all(names.map((name) => lookUp.text(resource, name)));
  return values.includes(undefined)
    ? undefined
    : (Object.fromEntries(names.map((name, index) => [name, values[index]])) as Record<N, string>);
}

export const iamFinders: Readonly<Record<string, Finder>> = {
  aws_iam_policy: async ({ arguments: { name } }, { inventory }) => {
    const policy = (await inventory.policies()).find(({ PolicyName }) => PolicyName === name);
    return policy === undefined ? missing : (movedFrom({ policy }, { name: policy.PolicyName }) ?? found(policy.Arn));
  },
  aws_iam_role: named(
    ["name"],
    "iam:GetRole",
    ({ aws }, { name }) => aws.iam.send(new GetRoleCommand({ RoleName: name })),
    ({ name }) => name,
  ),
  aws_iam_instance_profile: named(
    ["name"],
    "iam:GetInstanceProfile",
    ({ aws }, { name }) => aws.iam.send(new GetInstanceProfileCommand({ InstanceProfileName: name })),
    ({ name }) => name,
  ),
  aws_iam_user: named(
    ["name"],
    "iam:GetUser",
    ({ aws }, { name }) => aws.iam.send(new GetUserCommand({ UserName: name })),
    ({ name }) => name,
  ),
  aws_iam_user_policy: named(
    ["user", "name"],
    "iam:GetUserPolicy",
    ({ aws }, { user, name }) => aws.iam.send(new GetUserPolicyCommand({ UserName: user, PolicyName: name })),
    ({ user, name }) => `${user}:${name}`,
  ),
  aws_iam_role_policy: named(
    ["role", "name"],
    "iam:GetRolePolicy",
    ({ aws }, { role, name }) => aws.iam.send(new GetRolePolicyCommand({ RoleName: role, PolicyName: name })),
    ({ role, name }) => `${role}:${name}`,
  ),
  aws_iam_role_policy_attachment: async (resource, lookUp) => {
    const named = await textsOf(resource, lookUp, ["role", "policy_arn"]);
    const attached = named && (await lookUp.inventory.attachedPolicies(named.role));
    return attached?.some(({ PolicyArn }) => PolicyArn === named?.policy_arn)
      ? found(`${named?.role}/${named?.policy_arn}`)
      : missing;
  },
  aws_iam_access_key: async (resource, lookUp) => {
    const named = await textsOf(resource, lookUp, ["user"]);
    const id = named && (await keyInUse(lookUp.inventory, named.user));
    return id === undefined || resource.arguments.pgp_key === undefined
      ? found(id)
      : {
          kind: "conflict",
          why: `${id} is there, and its secret cannot be encrypted any more: another key would take its place. Leave \`pgpKey\` out until the key is changed on purpose`,
        };
  },
};

/** Id of that of a user's active access keys which was used last. */
async function keyInUse(inventory: Inventory, user: string): Promise<string | undefined> {
  const { aws } = inventory;
  const active = (await inventory.accessKeys(user))?.filter(({ Status }) => Status === "Active") ?? [];
  const used = await Promise.all(
    active.map(async ({ AccessKeyId: id }) => {
      const command = new GetAccessKeyLastUsedCommand({ AccessKeyId: id });
      const { AccessKeyLastUsed } = await aws.ask("iam:GetAccessKeyLastUsed", aws.iam.send(command));
      return { id, last: AccessKeyLastUsed?.LastUsedDate?.getTime() ?? 0 };
    }),
  );
  return used.sort((one, other) => other.last - one.last)[0]?.id;
}

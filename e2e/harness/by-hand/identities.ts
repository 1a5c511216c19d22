import {
  GetAccountAuthorizationDetailsCommand,
  ListAccessKeysCommand,
  ListInstanceProfilesCommand,
  ListPoliciesCommand,
} from "@aws-sdk/client-iam";
import type { World } from "../world";

/** Users, roles and policies that the runbook creates, or has EMR create. */
const names: readonly (string | undefined)[] = [
  "analytics_elasticsearch",
  "analytics_reports",
  "edxanalytics",
  "EMR_DefaultRole",
  "EMR_EC2_DefaultRole",
  "elasticsearch_all",
  "provision_emr_clusters",
];

/**
 * The runbook's users, roles, profiles and policies by the ids that they keep for life, the users' keys, and what
 * policies each has. What trusts and policies say is not among it.
 */
export async function identities({ iam }: World) {
  const { UserDetailList = [], RoleDetailList = [] } = await iam.send(new GetAccountAuthorizationDetailsCommand({}));
  const attached = (policies: readonly { PolicyArn?: string }[] = []) =>
    policies.map(({ PolicyArn }) => PolicyArn as string).sort();
  const users = UserDetailList.filter(({ UserName }) => names.includes(UserName)).map(async (user) => {
    const { AccessKeyMetadata = [] } = await iam.send(new ListAccessKeysCommand({ UserName: user.UserName }));
    return {
      name: user.UserName,
      id: user.UserId,
      arn: user.Arn,
      keys: AccessKeyMetadata.map(({ AccessKeyId, Status }) => `${AccessKeyId} ${Status}`).sort(),
      inline: (user.UserPolicyList ?? []).map(({ PolicyName }) => PolicyName).sort(),
      attached: attached(user.AttachedManagedPolicies),
    };
  });
  const roles = RoleDetailList.filter(({ RoleName }) => names.includes(RoleName)).map((role) => ({
    name: role.RoleName,
    id: role.RoleId,
    arn: role.Arn,
    attached: attached(role.AttachedManagedPolicies),
  }));
  const { InstanceProfiles = [] } = await iam.send(new ListInstanceProfilesCommand({}));
  const profiles = InstanceProfiles.filter(({ InstanceProfileName }) => names.includes(InstanceProfileName));
  const { Policies = [] } = await iam.send(new ListPoliciesCommand({ Scope: "Local" }));
  const policies = Policies.filter(({ PolicyName }) => names.includes(PolicyName));
  return {
    users: byName(await Promise.all(users)),
    roles: byName(roles),
    instanceProfiles: byName(
      profiles.map(({ InstanceProfileName, InstanceProfileId, Roles }) => ({
        name: InstanceProfileName,
        id: InstanceProfileId,
        roles: Roles?.map(({ RoleName }) => RoleName),
      })),
    ),
    policies: byName(policies.map(({ PolicyName, PolicyId, Arn }) => ({ name: PolicyName, id: PolicyId, arn: Arn }))),
  };
}

function byName<T extends { readonly name?: string }>(things: readonly T[]): T[] {
  return [...things].sort((one, other) => (one.name ?? "").localeCompare(other.name ?? ""));
}

import { attributesOf } from "../attributes";
import type { Iam } from "../aws/iam";
import { conflict, found } from "../outcome";
import { kindOf } from "../plan/kinds";
import { access, credential } from "./alarm";
import { findByTwo } from "./find-by-two";
import { findByName } from "./iam-names";
import { resourceType } from "./resource-type";
import { boundaryLost } from "./rules";

export const iamUser = [
  resourceType("aws_iam_user", {
    holds: "the user and its access keys",
    parts: async (id, { iam }) => [
      ...(await iam.accessKeys(id)).map(({ AccessKeyId = "", Status }) => ({
        importId: AccessKeyId,
        text: `user ${id}: the access key ${AccessKeyId}, ${Status?.toLowerCase()}`,
      })),
      ...(await iam.attachedUserPolicies(id)).map(({ PolicyArn, PolicyName }) => ({
        importId: `${id}/${PolicyArn}`,
        text: `user ${id}: the policy ${PolicyName}`,
      })),
      ...(await iam.userPolicies(id)).map((name) => ({
        importId: `${id}:${name}`,
        text: `user ${id}: the inline policy ${name}`,
      })),
      ...(await iam.groupsOfUser(id)).map(({ GroupName }) => ({
        importId: `${id}/${GroupName}`,
        text: `user ${id}: the group ${GroupName}, with its policies`,
      })),
      ...((await iam.loginProfile(id)) === undefined
        ? []
        : [{ importId: `${id}/login-profile`, text: `user ${id}: a password for the console` }]),
    ],
    uniqueName: { word: "user", argument: "name" },
    find: findByName((iam, name) => iam.user(name)),
    alarms: { update: (change) => [boundaryLost(change)] },
    adoption: {
      create: "the deployment has no such user",
      update: { permissions_boundary: "CI makes and changes users within its boundary alone" },
    },
  }),
  resourceType("aws_iam_user_policy", {
    holds: undefined,
    find: findByTwo(["user", "name"], ":", ({ iam }, user, name) => iam.userPolicy(user, name)),
    adoption: {
      create: "the runbook gives the user this policy, and it did not have it",
      update: { policy: "the same statements, with a version" },
    },
  }),
  resourceType("aws_iam_access_key", {
    holds: "the key that is in use",
    find: async (key, lookUp) => {
      const user = await lookUp.text(key, "user");
      const id = user && (await keyInUse(lookUp.aws.iam, user));
      return id === undefined || key.arguments.pgp_key === undefined
        ? found(id)
        : conflict(
            `${id} exists, and its secret can no longer be encrypted: another key would replace it. Leave \`pgpKey\` out until the key is changed on purpose`,
          );
    },
    alarms: {
      create: ({ after }, { resource_changes }) => [
        !resource_changes.some(
          (other) =>
            other.type === "aws_iam_user" &&
            kindOf(other) === "create" &&
            attributesOf(other.change.after).name === after.user,
        ) && credential`is a new access key of ${after.user}, an existing user`,
      ],
      update: ({ before, after }) => [
        before.status === "Active" && after.status === "Inactive" && access`no longer works: it is switched off`,
      ],
    },
    adoption: { create: "the user has no active access key" },
  }),
];

/** Id of that of a user's active access keys which was used last. */
async function keyInUse(iam: Iam, user: string): Promise<string | undefined> {
  const active = (await iam.accessKeys(user)).filter(({ Status }) => Status === "Active");
  const used = await Promise.all(
    active.map(async ({ AccessKeyId = "" }) => ({
      id: AccessKeyId,
      last: (await iam.lastUsed(AccessKeyId))?.getTime() ?? 0,
    })),
  );
  return used.sort((one, other) => other.last - one.last)[0]?.id;
}

import { found } from "../outcome";
import { findByTwo } from "./find-by-two";
import { findByName } from "./iam-names";
import { openPolicy } from "./openings";
import { changedTrust, lostBeyondTheRunbook } from "./policies";
import { resourceType } from "./resource-type";

export const iamRole = [
  resourceType("aws_iam_role", {
    holds: undefined,
    parts: async (id, { iam }) =>
      (await iam.attachedPolicies(id)).map(({ PolicyArn, PolicyName }) => ({
        importId: `${id}/${PolicyArn}`,
        text: `role ${id}: the policy ${PolicyName}`,
      })),
    uniqueName: { word: "role", argument: "name" },
    find: findByName((iam, name) => iam.role(name)),
    alarms: {
      opens: ({ assume_role_policy: policy }) => openPolicy(policy),
      openedBy: ["assume_role_policy"],
      update: ({ before, after }) => changedTrust(before.assume_role_policy, after.assume_role_policy),
    },
    adoption: {
      create: "the deployment has no such role",
      update: {
        assume_role_policy: "the same service assumes it, EMR's for clusters of this account alone",
        permissions_boundary: "CI makes and changes roles within its boundary alone",
      },
    },
    notes: {
      max_session_duration: { value: 7200, text: "An apply of everything waits for RDS." },
    },
  }),
  resourceType("aws_iam_role_policy", {
    holds: undefined,
    find: findByTwo(["role", "name"], ":", ({ iam }, role, name) => iam.rolePolicy(role, name)),
    adoption: { create: "what EMR's instances reach of this client's, on their role" },
  }),
  resourceType("aws_iam_role_policy_attachment", {
    holds: undefined,
    find: findByTwo(["role", "policy_arn"], "/", async ({ iam }, role, arn) =>
      (await iam.attachedPolicies(role)).some(({ PolicyArn }) => PolicyArn === arn),
    ),
    adoption: { create: "the runbook attaches the policy, and the role did not have it" },
  }),
  resourceType("aws_iam_instance_profile", {
    holds: undefined,
    uniqueName: { word: "profile", argument: "name" },
    find: findByName((iam, name) => iam.instanceProfile(name)),
    adoption: { create: "the role has no such profile" },
    notes: {
      name: { value: "EMR_EC2_DefaultRole", text: "EMR takes one name for the profile and its role." },
    },
  }),
  resourceType("aws_iam_policy", {
    holds: undefined,
    uniqueName: { word: "policy", argument: "name" },
    find: findByName(
      (iam, name) => iam.policy(name),
      ({ Arn = "" }) => Arn,
      (iam, { Arn = "" }) => iam.policyTags(Arn),
    ),
    alarms: { update: ({ before, after }) => lostBeyondTheRunbook(before.policy, after.policy) },
    adoption: {
      create: "the deployment has no such policy",
      update: {
        policy:
          'no more than the runbook needs: `emr.passRole` and `elasticsearchAccess` set to "any" keep what it had',
      },
    },
  }),
  resourceType("aws_iam_openid_connect_provider", {
    holds: undefined,
    uniqueName: { word: "identity provider", argument: "url" },
    find: async ({ arguments: { url } }, { aws: { iam } }) => {
      const existing = await iam.openIdConnectProvider(String(url));
      return found(existing && iam.openIdConnectProviderArn(String(url)), async () => existing?.Tags ?? []);
    },
    adoption: { create: { never: "it is of the CI stack, which no deployment made by hand has" } },
  }),
];

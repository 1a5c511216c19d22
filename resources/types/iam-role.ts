import { elasticsearchServiceRole } from "../../modules/service-role-names";
import { texts } from "../attributes";
import { found, notFound } from "../outcome";
import type { Plan } from "../plan/plan";
import { type Alarm, access, permission } from "./alarm";
import { findByTwo } from "./find-by-two";
import { findByName } from "./iam-names";
import { loseRunbooks, loseServices } from "./policies";
import { type Compared, resourceType } from "./resource-type";
import { boundaryLost, isLeft } from "./rules";

export const iamRole = [
  resourceType("aws_iam_role", {
    holds: undefined,
    parts: async (id, { iam }) => [
      ...(await iam.attachedPolicies(id)).map(({ PolicyArn, PolicyName }) => ({
        importId: `${id}/${PolicyArn}`,
        text: `role ${id}: the policy ${PolicyName}`,
      })),
      ...(await iam.rolePolicies(id)).map((name) => ({
        importId: `${id}:${name}`,
        text: `role ${id}: the inline policy ${name}`,
      })),
    ],
    uniqueName: { word: "role", argument: "name" },
    find: findByName((iam, name) => iam.role(name)),
    alarms: {
      mayLose: loseServices,
      update: (change) => [boundaryLost(change)],
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
  resourceType("aws_iam_service_linked_role", {
    holds: undefined,
    uniqueName: { word: "service-linked role of", argument: "aws_service_name" },
    find: async (role, { aws: { iam } }) => {
      const { service, name } = elasticsearchServiceRole;
      const existing = role.arguments.aws_service_name === service ? await iam.role(name) : undefined;
      return existing ? found(existing.Arn, async () => existing.Tags ?? []) : notFound;
    },
    adoption: { create: "domains of Elasticsearch in a VPC, as in the client file, need it" },
    notes: {
      aws_service_name:
        "The account has one such role, for all its domains in a VPC. AWS deletes it once there is none, in any region.",
    },
  }),
  resourceType("aws_iam_role_policy", {
    holds: undefined,
    find: findByTwo(["role", "name"], ":", ({ iam }, role, name) => iam.rolePolicy(role, name)),
    alarms: { mayLose: loseRunbooks },
    adoption: { create: "what EMR's instances reach of this client's, or that Session Manager reaches hosts" },
  }),
  resourceType("aws_iam_role_policy_attachment", {
    holds: undefined,
    find: findByTwo(["role", "policy_arn"], "/", async ({ iam }, role, arn) =>
      (await iam.attachedPolicies(role)).some(({ PolicyArn }) => PolicyArn === arn),
    ),
    alarms: {
      update: detached,
      destroy: detached,
    },
    adoption: { create: "the runbook attaches the policy, and the role did not have it" },
  }),
  resourceType("aws_iam_instance_profile", {
    holds: undefined,
    uniqueName: { word: "profile", argument: "name" },
    find: findByName((iam, name) => iam.instanceProfile(name)),
    alarms: {
      create: ({ after }, plan) => [
        Boolean(after.role) &&
          !isLeft(plan, "aws_iam_role", ({ name }) => name === after.role) &&
          permission`gives hosts the role ${after.role}, which is not in the plan`,
      ],
      update: ({ before, after }) => [
        before.role != null && before.role !== after.role && access`no longer gives hosts the role ${before.role}`,
        before.role != null &&
          after.role != null &&
          before.role !== after.role &&
          permission`gives hosts the role ${after.role}`,
      ],
      replace: ({ before }) => [
        access`is made anew: hosts and clusters that have ${before.name} lose the role ${before.role} until they are given the new one, of the same name too`,
      ],
      destroy: ({ before }, plan) => [
        access`is destroyed: hosts with it lose the role ${before.role}`,
        isLeft(plan, "aws_instance", (host) => host.iam_instance_profile === before.name) &&
          access`is destroyed, and stays on a host, which a later profile of that name is of no use to: \`aws ec2 disassociate-iam-instance-profile\` first, or keep it, in a client file by \`sessionManager: false\``,
      ],
    },
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
    alarms: { mayLose: loseRunbooks },
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
    alarms: {
      create: ({ after }) => [
        permission`has AWS trust the tokens of ${after.url}, where a role names it, for the audience ${texts(after.client_id_list).join(", ")}`,
      ],
      update: ({ before, after }) => [
        ...texts(after.client_id_list)
          .filter((audience) => !texts(before.client_id_list).includes(audience))
          .map((audience) => permission`is trusted for the audience ${audience} too`),
        ...texts(after.thumbprint_list)
          .filter((thumbprint) => !texts(before.thumbprint_list).includes(thumbprint))
          .map((thumbprint) => permission`is trusted with the certificate of the thumbprint ${thumbprint} too`),
      ],
      destroy: ({ before }) => [access`is destroyed: no token of ${before.url} is trusted any more`],
    },
    adoption: { create: { never: "it is of the CI stack, which no deployment made by hand has" } },
  }),
];

/** EMR's policies for its service role, one of which takes the other's place by `emr.servicePolicy`. */
const ofEmr = /^arn:aws[\w-]*:iam::aws:policy\/service-role\/(AmazonElasticMapReduceRole|AmazonEMRServicePolicy_v2)$/;

/** A role without a policy that it had, whatever the resource that attached it is called. */
function detached({ before: { role, policy_arn: policy } }: Compared, plan: Plan): readonly (Alarm | false)[] {
  const stays = isLeft(
    plan,
    "aws_iam_role_policy_attachment",
    (other) =>
      other.role === role &&
      (other.policy_arn === policy || [other.policy_arn, policy].every((arn) => ofEmr.test(String(arn)))),
  );
  return [!stays && access`takes the policy ${policy} from the role ${role}`];
}

import { isExisting } from "../existing";
import { problem } from "../load/problem";
import { type Check, check } from "./check";
import { isSamePrincipal } from "./own-roles";

/** Which credentials reach what; of clients and shared stacks alike. */
export const credentialChecks: readonly Check[] = [
  check(["accountId", "deployRoleArn"], ({ accountId, deployRoleArn }) =>
    deployRoleArn !== undefined && accountOf(deployRoleArn) !== accountId
      ? [problem("deployRoleArn", deployRoleArn, `the role is in account ${accountId}`, "Name a role of that account")]
      : [],
  ),

  check(["accountId", "deployRoleArn", "state.accountId"], ({ accountId, deployRoleArn, state }) =>
    state.accountId !== undefined && state.accountId !== accountId && deployRoleArn === undefined
      ? [
          problem(
            "state.accountId",
            state.accountId,
            `the same credentials are of account ${accountId} alone`,
            "Remove the field, or set `deployRoleArn` to a role of that account, and deploy with credentials of the state's",
          ),
        ]
      : [],
  ),
];

/** What is in which account, and who manages what an account has once. */
export const accountChecks: readonly Check[] = [
  ...credentialChecks,

  check(["deployRoleArn", "edxapp.userArn"], ({ deployRoleArn = "", edxapp }) =>
    isSamePrincipal(deployRoleArn, edxapp.userArn)
      ? [
          problem(
            "deployRoleArn",
            deployRoleArn,
            "it is `edxapp.userArn`, whose credentials edxapp has",
            "Name the role of those who deploy",
          ),
        ]
      : [],
  ),

  check(["accountId", "edxapp.userArn", "edxapp.gradesBucket.access"], ({ accountId, edxapp }) =>
    edxapp.gradesBucket.access === "user-policy" && accountOf(edxapp.userArn) !== accountId
      ? [
          problem(
            "edxapp.userArn",
            edxapp.userArn,
            `with \`gradesBucket.access\` "user-policy" the user is in account ${accountId}`,
            'Choose "print" or a bucket policy, or correct the ARN',
          ),
        ]
      : [],
  ),

  check(["sharing", "emr.roles", "emr.securityGroups"], ({ sharing, emr }) =>
    (["roles", "securityGroups"] as const).flatMap((field) =>
      sharing === "shared-stack" && emr[field] !== undefined && !isExisting(emr[field])
        ? [
            problem(
              `emr.${field}`,
              emr[field],
              'with `sharing` "shared-stack" the shared stack manages them',
              "Remove the field",
            ),
          ]
        : [],
    ),
  ),

  check(["sharing", "elasticsearch"], ({ sharing, elasticsearch }) => {
    const role = elasticsearch ? elasticsearch.vpc?.serviceRole : undefined;
    return sharing === "shared-stack" && role !== undefined && !isExisting(role)
      ? [
          problem(
            "elasticsearch.vpc.serviceRole",
            role,
            'with `sharing` "shared-stack" the shared stack manages it, or it exists',
            "Remove the field, and set `elasticsearch.serviceRole` in the shared stack's file where the account has none",
          ),
        ]
      : [];
  }),
];

export function accountOf(arn: string): string | undefined {
  return arn.split(":")[4];
}

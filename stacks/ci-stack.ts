import type { Construct } from "constructs";
import { ciPolicyPrefix, ciRoleName } from "../config/ci-names";
import type { Ci, Client, SharedStack } from "../config/client";
import type { Fleet } from "../config/load/load";
import { CiRoles } from "../modules/ci-roles";
import { alarmChanges, alarmReads } from "./ci-alarms";
import { ec2Statements } from "./ci-apply-ec2";
import { databaseStatements, iamStatements, storageStatements } from "./ci-apply-permissions";
import { backupChanges, backupReads } from "./ci-backups";
import { applyBoundaryStatements, boundaryStatements } from "./ci-boundaries";
import { httpsChanges, httpsReads } from "./ci-https";
import { keyChanges, keyReads } from "./ci-kms-keys";
import { readStatements, secretStatements, stateStatements } from "./ci-plan-permissions";
import type { CiScope } from "./ci-scope";
import { clientScope, sharedScope } from "./ci-scope-of";
import { ClientStack } from "./client-stack";

/** What CI may do in an account. A stack of its own, because CI must not change its own roles: a person deploys it. */
export class CiStack extends ClientStack {
  /** @param scope what the owner's stacks manage, by AWS's names */
  constructor(app: Construct, { name, region, accountId, state, tags }: Client | SharedStack, ci: Ci, scope: CiScope) {
    super(app, ci.stack, { region, accountId, state, tags });
    const { issuer, identityProvider, plan, apply } = ci;
    const [secrets, database] = [secretStatements(scope), databaseStatements(scope)];
    const roles = new CiRoles(this, "Roles", {
      issuer,
      identityProvider,
      policyPrefix: ciPolicyPrefix(name),
      plan: {
        roleName: ciRoleName(name, "plan"),
        description: `${name}: plans, and changes nothing`,
        tokens: plan,
        policies: {
          read: [
            ...readStatements(scope),
            ...alarmReads(scope),
            ...backupReads(scope),
            ...httpsReads(scope),
            ...keyReads(scope),
          ],
          state: stateStatements(scope),
          ...(secrets.length > 0 && { secrets }),
        },
      },
      apply: {
        roleName: ciRoleName(name, "apply"),
        description: `${name}: applies plans that were approved`,
        tokens: apply,
        policies: {
          ec2: [...ec2Statements(scope), ...backupChanges(scope)],
          ...(database.length > 0 && { database }),
          storage: [...storageStatements(scope), ...keyChanges(scope)],
          iam: iamStatements(scope),
          ...(scope.alarms && { alarms: alarmChanges(scope) }),
          ...(scope.https && { https: httpsChanges(scope) }),
        },
      },
      boundary: boundaryStatements(scope),
      applyBoundary: applyBoundaryStatements(scope),
    });
    this.output("plan_role_arn", { description: "Role that CI plans with", value: roles.planRoleArn });
    this.output("apply_role_arn", { description: "Role that CI applies with", value: roles.applyRoleArn });
  }
}

/** A stack for each file with a `ci`. */
export function addCiStacks(app: Construct, { clients, shared }: Fleet): CiStack[] {
  return [
    ...shared.flatMap((owner) => (owner.ci ? [new CiStack(app, owner, owner.ci, sharedScope(owner))] : [])),
    ...clients.flatMap((owner) => (owner.ci ? [new CiStack(app, owner, owner.ci, clientScope(owner))] : [])),
  ];
}

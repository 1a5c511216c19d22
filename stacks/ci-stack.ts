import type { Construct } from "constructs";
import { type CiConfig, ciOf, ciStackName } from "../clients/config/ci";
import { type CiScope, clientScope, sharedScope } from "../clients/config/ci-scope";
import type { StateConfig } from "../clients/config/client";
import type { Fleet } from "../clients/config/load";
import { ciRoleName } from "../clients/config/names";
import { ownership } from "../clients/config/resolve";
import { CiRoles } from "../modules/ci-roles";
import { applyStatements } from "./ci-apply-permissions";
import { planStatements } from "./ci-plan-permissions";
import { ClientStack } from "./client-stack";

export interface CiStackProps {
  readonly ci: CiConfig;
  readonly scope: CiScope;
  readonly state: StateConfig;
  /** Who makes the identity provider, unless the file says so. */
  readonly ownership: "create" | "existing";
  /** Tags on everything taggable, besides `Project` and `ManagedBy`. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What CI may do in an account. A stack of its own, because CI must not change its own roles: a person deploys it. */
export class CiStack extends ClientStack {
  constructor(app: Construct, props: CiStackProps) {
    const { scope, state, tags } = props;
    const { owner, region, accountId } = scope;
    super(app, ciStackName(owner), { owner, region, accountId, state, tags });
    const { issuer, identityProvider, plan, apply } = ciOf(props.ci, props.ownership);
    const roles = new CiRoles(this, "Roles", {
      issuer,
      identityProvider,
      plan: {
        roleName: ciRoleName(owner, "plan"),
        description: `${owner}: plans, and changes nothing`,
        tokens: plan,
        statements: planStatements(scope),
      },
      apply: {
        roleName: ciRoleName(owner, "apply"),
        description: `${owner}: applies plans that were approved`,
        tokens: apply,
        statements: applyStatements(scope),
      },
    });
    this.output("plan_role_arn", { description: "Role that CI plans with", value: roles.planRoleArn });
    this.output("apply_role_arn", { description: "Role that CI applies with", value: roles.applyRoleArn });
  }
}

/** A stack for each file with a `ci`. */
export function addCiStacks(app: Construct, { clients, shared }: Fleet): CiStack[] {
  return [
    ...shared.flatMap((config) =>
      config.ci === undefined
        ? []
        : [
            new CiStack(app, {
              ci: config.ci,
              state: config.state,
              tags: config.tags,
              scope: sharedScope(config),
              ownership: "create",
            }),
          ],
    ),
    ...clients.flatMap((client) =>
      client.ci === undefined
        ? []
        : [
            new CiStack(app, {
              ci: client.ci,
              state: client.state,
              tags: { Client: client.name, ...client.tags },
              scope: clientScope(client),
              ownership: ownership(client),
            }),
          ],
    ),
  ];
}

import type { SharedStack } from "../client";
import { logPolicyName } from "../elasticsearch-names";
import { isExisting } from "../existing";
import { stateKey } from "../names";
import type { SharedStackFields } from "../schema/shared";
import { resolveCi } from "./resolve-ci";
import { managedEmrGroups, resolveState } from "./resolve-client";

/** A shared stack, complete. */
export function resolveSharedStack(
  name: string,
  place: { readonly accountId: string; readonly region: string },
  fields: SharedStackFields,
): SharedStack {
  const keyPrefix = fields.state.keyPrefix ?? name;
  const { emr } = fields;
  return {
    kind: "shared-stack",
    name,
    ...place,
    deployRoleArn: fields.deployRoleArn,
    state: resolveState({ ...fields, ...place }),
    stacks: { main: { name, stateKey: stateKey(keyPrefix, name) } },
    tags: fields.tags,
    protected: fields.protected,
    network: fields.network,
    emr: {
      roles: isExisting(emr.roles) ? "existing" : "managed",
      securityGroups: managedEmrGroups(emr.securityGroups),
      servicePolicy: emr.servicePolicy,
      instancePolicy: emr.instancePolicy,
    },
    elasticsearchServiceRole: fields.elasticsearch.serviceRole,
    logPolicyName: logPolicyName(),
    ...(fields.ci && { ci: resolveCi(fields.ci, { name, accountId: place.accountId, keyPrefix, shares: false }) }),
  };
}

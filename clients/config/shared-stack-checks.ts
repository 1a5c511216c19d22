import type { ClientConfig } from "./client";
import type { LoadedClient, LoadedShared } from "./fleet-checks";
import { emrSubnetOf, sharedSubnetsOf, vpcOf } from "./places";
import { type FileProblems, problem, problemIn } from "./problem";
import { ownership, sharedStackName } from "./resolve";

/** Whether a client that shares finds its stack, and in it what it needs. */
export function sharedStackProblems(
  client: LoadedClient,
  shared: readonly LoadedShared[],
  names: readonly string[],
): FileProblems[] {
  if (client.client.sharing === "none") {
    return [];
  }
  const name = sharedStackName(client.client);
  const stack = shared.find((candidate) => sharedStackName(candidate.shared) === name);
  if (stack !== undefined) {
    return [...placeProblems(client, stack), ...policyProblems(client, stack)];
  }
  return names.includes(name)
    ? []
    : [
        problemIn(
          client.file,
          problem("sharing", client.client.sharing, `it needs clients/${name}.ts`, 'Write that file, or set "none"'),
        ),
      ];
}

function placeProblems({ file, client }: LoadedClient, stack: LoadedShared): FileProblems[] {
  if (vpcOf(client) !== vpcOf(stack.shared)) {
    return [
      problemIn(
        file,
        problem(
          "network",
          client.network.vpc,
          `${stack.file} makes EMR's groups in ${vpcOf(stack.shared)}`,
          "Take the same VPC",
        ),
      ),
    ];
  }
  const own = emrSubnetOf(client);
  const { subnets, path } = sharedSubnetsOf(stack.shared);
  return stack.shared.servicePolicy === "v1" || own === undefined || subnets.includes(own.subnet)
    ? []
    : [
        problemIn(
          file,
          problem(
            own.path,
            own.value,
            `with service policy v2 EMR wants its tag on that subnet, and ${stack.file} makes none there`,
            `Add it to \`${path}\` in that file`,
          ),
        ),
      ];
}

/** With v2 the client's clusters and groups are tagged, without which EMR may start none. */
function policyProblems({ file, client }: LoadedClient, stack: LoadedShared): FileProblems[] {
  const { servicePolicy } = stack.shared;
  return client.emr.servicePolicy === servicePolicy
    ? []
    : [
        problemIn(
          file,
          problem(
            "emr.servicePolicy",
            client.emr.servicePolicy,
            `${stack.file} gives EMR_DefaultRole the policy "${servicePolicy}"`,
            "Take the same",
          ),
        ),
      ];
}

/** Who takes EMR's roles as they are, and has no shared stack that answers for them, lives by the policy of their maker. */
export function foreignRoleProblems(clients: readonly LoadedClient[], shared: readonly LoadedShared[]): FileProblems[] {
  const all = [
    ...clients
      .filter(({ client }) => client.sharing === "none")
      .map(({ file, client }) => ({
        file,
        accountId: client.accountId,
        roles: client.emr.roles ?? ownership(client),
        path: "emr.servicePolicy",
        servicePolicy: client.emr.servicePolicy,
      })),
    ...shared.map(({ file, shared: { accountId, emrRoles, servicePolicy } }) => ({
      file,
      accountId,
      roles: emrRoles,
      path: "servicePolicy",
      servicePolicy,
    })),
  ];
  return all
    .filter(({ roles }) => roles === "existing")
    .flatMap(({ file, accountId, path, servicePolicy }) => {
      const maker = all.find((other) => other.roles === "create" && other.accountId === accountId);
      return maker === undefined || maker.servicePolicy === servicePolicy
        ? []
        : [
            problemIn(
              file,
              problem(
                path,
                servicePolicy,
                `${maker.file} gives EMR_DefaultRole the policy "${maker.servicePolicy}"`,
                "Take the same",
              ),
            ),
          ];
    });
}

/** A destroy of what clients use would take their rules and policies before AWS refuses to take the rest. */
export function stillUsed({ file, shared }: LoadedShared, clients: readonly ClientConfig[]): FileProblems[] {
  const users = clients
    .filter((client) => client.sharing === "shared-stack" && sharedStackName(client) === sharedStackName(shared))
    .map(({ name }) => name);
  return shared.protected || users.length === 0
    ? []
    : [
        problemIn(
          file,
          problem(
            "protected",
            false,
            `${users.join(" and ")} still ${users.length === 1 ? "uses" : "use"} the stack`,
            "Remove the field; or first destroy these clients, and remove their files",
          ),
        ),
      ];
}

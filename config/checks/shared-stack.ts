import type { Client } from "../client";
import { type FileProblems, problem, problemIn } from "../load/problem";
import { type LoadedClient, type LoadedSharedStack, ownersOf } from "./loaded";
import { emrSubnetOf, sharedSubnetsOf, vpcOf } from "./places";

/** Whether a client that shares finds its stack, and in it what it needs. */
export function sharedStackProblems(
  client: LoadedClient,
  shared: readonly LoadedSharedStack[],
  names: readonly string[],
): FileProblems[] {
  const name = client.client.sharedStack;
  if (name === undefined) {
    return [];
  }
  const stack = shared.find((candidate) => candidate.shared.name === name);
  if (stack !== undefined) {
    return [...placeProblems(client, stack), ...policyProblems(client, stack), ...boundaryProblems(client, stack)];
  }
  return names.includes(name)
    ? []
    : [
        problemIn(
          client.file,
          problem("sharing", "shared-stack", `it needs clients/${name}.ts`, 'Write that file, or set "none"'),
        ),
      ];
}

function placeProblems({ file, client }: LoadedClient, stack: LoadedSharedStack): FileProblems[] {
  if (vpcOf(client) !== vpcOf(stack.shared)) {
    return [
      problemIn(
        file,
        problem(
          "network",
          client.network.vpc,
          `${stack.file} manages EMR's groups in ${vpcOf(stack.shared)}`,
          "Take the same VPC",
        ),
      ),
    ];
  }
  const own = emrSubnetOf(client);
  const { subnets, path } = sharedSubnetsOf(stack.shared);
  return stack.shared.emr.servicePolicy === "v1" || own === undefined || subnets.includes(own.subnet)
    ? []
    : [
        problemIn(
          file,
          problem(
            own.path,
            own.value,
            `with service policy v2 EMR requires its tag on that subnet, and ${stack.file} does not set it`,
            `Add it to \`${path}\` in that file`,
          ),
        ),
      ];
}

/** CI writes the client's policy on EMR's role only where a boundary limits that role. */
function boundaryProblems(
  { file, client }: LoadedClient,
  { file: sharedFile, shared }: LoadedSharedStack,
): FileProblems[] {
  return client.ci === undefined || client.elasticsearch === undefined || shared.ci !== undefined
    ? []
    : [
        {
          file,
          problems: [
            {
              path: "ci",
              message: `lets CI write the Elasticsearch policy on EMR_EC2_DefaultRole, which nothing limits: ${sharedFile} has no \`ci\`. Set it there, so that the role gets a permissions boundary.`,
            },
          ],
        },
      ];
}

/** With v2 the client's clusters and groups are tagged, without which EMR may start none. */
function policyProblems({ file, client }: LoadedClient, stack: LoadedSharedStack): FileProblems[] {
  const { servicePolicy } = stack.shared.emr;
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

/** Who uses existing EMR roles without a shared stack has the policy of whoever manages them. */
export function existingRoleProblems(
  clients: readonly LoadedClient[],
  shared: readonly LoadedSharedStack[],
): FileProblems[] {
  const all = ownersOf(
    clients.filter(({ client }) => client.sharedStack === undefined),
    shared,
  );
  return all
    .filter(({ owner }) => owner.emr.roles === "existing")
    .flatMap(({ file, owner }) => {
      const { servicePolicy } = owner.emr;
      const manager = all.find(
        (other) => other.owner.emr.roles === "managed" && other.owner.accountId === owner.accountId,
      );
      return manager === undefined || manager.owner.emr.servicePolicy === servicePolicy
        ? []
        : [
            problemIn(
              file,
              problem(
                "emr.servicePolicy",
                servicePolicy,
                `${manager.file} gives EMR_DefaultRole the policy "${manager.owner.emr.servicePolicy}"`,
                "Take the same",
              ),
            ),
          ];
    });
}

/** Who uses the account's `EMR_EC2_DefaultRole` reaches what its manager's file gives it. */
export function instancePolicyProblems(
  clients: readonly LoadedClient[],
  shared: readonly LoadedSharedStack[],
): FileProblems[] {
  const managers = ownersOf(clients, shared).filter(
    ({ owner: { emr } }) => emr.roles === "managed" && emr.instancePolicy === "least-privilege",
  );
  return clients
    .filter(({ client: { emr } }) => emr.roles === "existing" && emr.ec2RoleName === undefined)
    .flatMap(({ file, client }) => {
      const manager = managers.find(({ owner }) => owner.accountId === client.accountId);
      return manager === undefined
        ? []
        : problemIn(
            file,
            problem(
              "emr.instancePolicy",
              client.emr.instancePolicy,
              `${manager.file} gives EMR_EC2_DefaultRole no such policy`,
              'Set the same there, or "least-privilege" here',
            ),
          );
    });
}

/** A destroy of what clients use would take their rules and policies before AWS refuses to take the rest. */
export function stillUsed({ file, shared }: LoadedSharedStack, clients: readonly Client[]): FileProblems[] {
  const users = clients.filter((client) => client.sharedStack === shared.name).map(({ name }) => name);
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

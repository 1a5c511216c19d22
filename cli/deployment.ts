import type { ClientConfig, SharedConfig } from "../clients/config/client";
import { loadFleet } from "../config/load/load";
import { sharedStackName, stateKey } from "../clients/config/resolve";

/** Where a stack's state is kept, nothing left open. */
export interface State {
  readonly bucket: string;
  readonly region: string;
  readonly accountId: string;
  readonly key: string;
}

interface Common {
  /** Name of the client, or of the shared stack. */
  readonly name: string;
  /** Its file, as in `clients/acme.ts`. */
  readonly file: string;
  readonly region: string;
  readonly accountId: string;
  readonly deployRoleArn?: string;
  readonly state: State;
}

export type ClientDeployment = Common & { readonly kind: "client"; readonly client: ClientConfig };
export type SharedDeployment = Common & { readonly kind: "shared"; readonly shared: SharedConfig };

/** What a command is about: a client, or a shared stack. */
export type Deployment = ClientDeployment | SharedDeployment;

/**
 * Reads the one file that a command names.
 * @throws ClientFileError where there is no such file, or mistakes are in it
 */
export function loadDeployment(name: string): Deployment {
  const { clients, shared } = loadFleet(name);
  return [...clients.map(clientDeployment), ...shared.map(sharedDeployment)][0] as Deployment;
}

export function clientDeployment(client: ClientConfig): ClientDeployment {
  return { kind: "client", client, ...common(client.name, client) };
}

export function sharedDeployment(shared: SharedConfig): SharedDeployment {
  return { kind: "shared", shared, ...common(sharedStackName(shared), shared) };
}

function common(name: string, config: ClientConfig | SharedConfig): Common {
  const { region, accountId, deployRoleArn, state } = config;
  return {
    name,
    file: `clients/${name}.ts`,
    region,
    accountId,
    deployRoleArn,
    state: {
      bucket: state.bucket,
      region: state.region ?? region,
      accountId: state.accountId ?? accountId,
      key: stateKey(state, name, name),
    },
  };
}

/**
 * What AWS is asked with where the state is concerned: as Terraform's backend does, the deploying role for a bucket in its
 * own account, the operator's own credentials for one in another.
 */
export function stateAccess(deployment: Deployment): Pick<Deployment, "name" | "accountId" | "deployRoleArn"> {
  const { name, accountId, state, deployRoleArn } = deployment;
  return { name, accountId: state.accountId, deployRoleArn: state.accountId === accountId ? deployRoleArn : undefined };
}

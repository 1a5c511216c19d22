import type { Client } from "../../config/client";
import { openedxBranch } from "../../config/playbooks";
import type { ConfigurationFiles } from "../../config/schema/configuration-files";
import { type ReleaseName, since } from "../../config/tables/versions-by-release";
import { type AccessKeyOwner, type Outputs, OutputsError } from "./outputs";
import { type SecretKey, secretName } from "./secrets";
import { absent, Missing, Secret, type Value } from "./value";

export interface SourcesProps {
  readonly client: Client;
  readonly outputs: Outputs;
  /** Texts of the parameters that SSM has. */
  readonly secrets: Readonly<Partial<Record<SecretKey, string>>>;
  /** Secret access keys that the stack gave out, in clear; without those that were imported. */
  readonly accessKeys: Readonly<Partial<Record<AccessKeyOwner, string>>>;
  /**
   * Iteration of hosts and database to render for, where they have it.
   * @default - those that are active
   */
  readonly iteration?: string;
}

/** Everything that the six files are rendered from. */
export class Sources {
  readonly client: Client;
  readonly config: ConfigurationFiles;
  readonly outputs: Outputs;
  /** Key of the database's iteration. */
  readonly databaseIteration: string;
  /** Key of the hosts' iteration. */
  readonly hostIteration: string;

  /** @throws OutputsError where neither hosts nor databases have the iteration */
  constructor(private readonly props: SourcesProps) {
    const { client, outputs, iteration } = props;
    this.client = client;
    this.config = client.configurationFiles;
    this.outputs = outputs;
    const { hosts, databases } = outputs;
    if (iteration !== undefined && !Object.hasOwn(hosts, iteration) && !Object.hasOwn(databases, iteration)) {
      throw new OutputsError(
        `iteration ${iteration} is not deployed; hosts have ${Object.keys(hosts).join(", ")}, databases ${Object.keys(databases).join(", ")}. Name one of them, or deploy ${client.name} first.`,
      );
    }
    const choose = (of: Readonly<Record<string, unknown>>, active: string) =>
      iteration !== undefined && Object.hasOwn(of, iteration) ? iteration : active;
    this.hostIteration = choose(hosts, outputs.active_hosts);
    this.databaseIteration = choose(databases, outputs.active_database);
  }

  /** Whether the client's release is `first` or a later one. */
  since(first: ReleaseName): boolean {
    return since(first, this.client.release);
  }

  /** A key that the release reads from `first` on, and until before `end`; absent in the others. */
  between<T extends Value | typeof absent>(
    first: ReleaseName | undefined,
    end: ReleaseName | undefined,
    value: T,
  ): T | typeof absent {
    return (first === undefined || this.since(first)) && (end === undefined || !this.since(end)) ? value : absent;
  }

  /** Whether each service has a host of its own. */
  get separate(): boolean {
    return this.client.hosts.iterations.some(({ key, layout }) => key === this.hostIteration && layout === "separate");
  }

  /** The learner index, where the release reads one: a domain may be kept for hosts of an earlier release. */
  get elasticsearchEndpoint(): string | undefined {
    return this.client.versions.elasticsearch === undefined ? undefined : this.outputs.elasticsearch_endpoint;
  }

  /** The analytics RDS. */
  get database(): { readonly host: string; readonly port: string } {
    const { address, port } = this.outputs.databases[this.databaseIteration] as Outputs["databases"][string];
    return { host: address, port: String(port) };
  }

  /** Private addresses of the hosts, one and the same unless each service has its own. */
  get hosts() {
    const { insights, api, jenkins } = this.outputs.hosts[this.hostIteration] as Outputs["hosts"][string];
    return { insights: insights.private_ip, api: api.private_ip, jenkins: jenkins.private_ip };
  }

  /** The secret of an access key: SSM has that of a key that was imported, as the state has none. */
  secretAccessKey(owner: AccessKeyOwner): Secret | Missing {
    const text = this.props.accessKeys[owner];
    return text === undefined ? this.secret(`${owner}SecretAccessKey`) : new Secret(text);
  }

  /** A secret of SSM's. */
  secret(key: SecretKey): Secret | Missing {
    return this.optionalSecret(key) ?? new Missing({ kind: "parameter", name: secretName(this.client.name, key) });
  }

  /** A secret of SSM's that need not be there. */
  optionalSecret(key: SecretKey): Secret | undefined {
    const text = this.props.secrets[key];
    return text === undefined ? undefined : new Secret(text);
  }

  /** Branch or tag of Open edX's repositories. */
  get openedxRelease(): string | Missing {
    return this.field("openedxRelease", openedxBranch(this.client));
  }

  /** Client id in the LMS by which Insights itself, and the pipeline, call its API. */
  get backendKey(): string | Missing {
    return this.field("oauth2.backendKey", this.config.oauth2?.backendKey);
  }

  /**
   * A value of the client's file, or what stands for it.
   * @param path the field below `configurationFiles`, as in `email.host`
   */
  field<T>(path: string, value: T | undefined): T | Missing {
    return value ?? new Missing({ kind: "field", file: `clients/${this.client.name}.ts`, path });
  }
}

/** A text, or what is written in its place. */
export function textOf(value: string | Missing): string {
  return value instanceof Missing ? value.placeholder : value;
}

/** Something of a value that may be missing. */
export function of<T, U>(value: T | Missing, take: (value: T) => U): U | Missing {
  return value instanceof Missing ? value : take(value);
}

import { isExisting } from "../../../config/existing";
import { type Playbooks, playbooksUrl } from "../../../config/playbooks";
import { type Sources, textOf } from "../sources";
import { Missing, type Source } from "../value";
import { type ReleaseTools, toolsOf } from "./release-tools";
import { word } from "./step";

/** Where the client's secure repository is cloned to on the director. */
export const secureFolder = "$HOME/secure-config";
/** The same as Ansible and Jenkins' credentials have it. */
const secureFolderPath = "/home/ubuntu/secure-config/";

/** Both are words of bash. */
interface Repository {
  readonly url: string;
  readonly version: string;
}

/** What the steps are made of: all words of bash, missing ones as placeholders. */
export class RunContext {
  readonly tools: ReleaseTools;
  readonly client: string;
  readonly region: string;
  /** What the steps lack, by the placeholders that stand in them. */
  readonly missing = new Map<string, Source>();

  constructor(readonly sources: Sources) {
    const { client, outputs } = sources;
    this.tools = toolsOf(client.release);
    this.client = client.name;
    this.region = outputs.region;
  }

  /** Whether the pipeline calls the LMS, for problem response reports, by a client that nothing else needs. */
  get hasPipelineClient(): boolean {
    return this.tools.reportsByApi && this.sources.outputs.api_reports_bucket !== undefined;
  }

  /** Where the client's secure repository is cloned to here. */
  get secureClone(): string {
    return `../${this.client}-secure`;
  }

  /** Open edX's playbooks of the release. */
  get playbooks(): Repository {
    const { config, openedxRelease } = this.sources;
    return { url: playbooksUrl(config.gitPath), version: word(this.text(openedxRelease)) };
  }

  /** Those that the director's first boot installs from, if it does. */
  get installed(): Playbooks | undefined {
    const { director } = this.sources.client;
    return isExisting(director) ? undefined : director.playbooks;
  }

  /** A repository of the client file. */
  repository(field: "secureRepository" | "configurationRepository"): Repository {
    const repository = this.sources.config[field];
    return { url: word(this.field(field, repository?.url)), version: word(this.field(field, repository?.version)) };
  }

  /** The director, as SSH's destination. */
  get director(): string {
    return word(`ubuntu@${this.directorAddress}`);
  }

  /** The option that names a director otherwise than the stack's outputs do, with a blank before it; else nothing. */
  get directorOption(): string {
    // By its id Session Manager reaches a director of the stack's own too.
    const isNamed = isExisting(this.sources.client.director) || /^i-/.test(this.directorAddress);
    return isNamed ? ` --director ${word(this.directorAddress)}` : "";
  }

  private get directorAddress(): string {
    return this.text(
      this.sources.outputs.director_public_ip ??
        new Missing({ kind: "option", name: "--director ADDRESS", what: "of the existing director" }),
    );
  }

  /** The private key of the hosts' key pair on the director, a word of bash. */
  get privateKey(): string {
    return word(this.sources.config.jenkins.emrPrivateKey);
  }

  /** Its path in the secure repository; undefined where it is elsewhere on the director. */
  get privateKeyInRepository(): string | undefined {
    const { emrPrivateKey } = this.sources.config.jenkins;
    return emrPrivateKey.startsWith(secureFolderPath) ? emrPrivateKey.slice(secureFolderPath.length) : undefined;
  }

  /** Arguments of `ssh` from here to a host, through the director: the hosts' group admits no other. */
  sshTo(host: "insights" | "api" | "jenkins", ...options: readonly string[]): string {
    return ["ssh", "-J", this.director, ...options, `ubuntu@${this.sources.hosts[host]}`].join(" ");
  }

  /** Names of the private keys that SSH needs, as AWS calls the key pairs. */
  get keyPairs(): { readonly director?: string; readonly hosts: string } {
    const { director } = this.sources.client;
    return {
      director: isExisting(director) ? undefined : nameOf(director.keyPair),
      hosts: this.sources.outputs.key_pair_name,
    };
  }

  /** A value of the client file. */
  field(path: string, value: string | undefined): string {
    return this.text(this.sources.field(path, value));
  }

  private text(value: string | Missing): string {
    if (value instanceof Missing) {
      this.missing.set(value.placeholder, value.source);
    }
    return textOf(value);
  }

  /** Part of a host's URL, or the placeholder. */
  hostOf(path: string, url: string | undefined): string {
    return url === undefined ? this.field(path, undefined) : new URL(url).hostname;
  }
}

function nameOf(keyPair: { readonly name: string } | { readonly existing: string }): string {
  return isExisting(keyPair) ? keyPair.existing : keyPair.name;
}

import { Construct } from "constructs";
import type { DirectorConfig } from "../clients/config/hosts";
import type { Release } from "../clients/config/releases";
import type { Network } from "./network";
import { PasswordReader } from "./password-reader";
import { keyPairName } from "./shared/key-pair";
import { ExistingSecurityGroup, type Peer, range, SecurityGroup, ssh } from "./shared/security-group";
import { UbuntuHost } from "./shared/ubuntu-host";

export interface DirectorProps {
  readonly network: Network;
  readonly config: DirectorConfig;
  readonly names: {
    readonly directorHost: string;
    readonly directorSecurityGroup: string;
    readonly directorKeyPair: string;
    readonly directorRole: string;
  };
  /** ARNs of the parameters that hold MySQL passwords; read where `config.readsMysqlPasswords`. */
  readonly passwordParameterArns: readonly string[];
  readonly ubuntu: Release["ubuntu"];
  /** Default of the config's `protected`. */
  readonly protected: boolean;
  /**
   * Description of the security group.
   * @default "Ansible director"
   */
  readonly description?: string;
}

/** The host that Ansible is run from (runbook, Director EC2): a new one, or the group of one that is there. */
export class Director extends Construct {
  readonly securityGroup: Peer;
  /**
   * The host.
   * @default - the director is there already
   */
  readonly host?: UbuntuHost;

  constructor(scope: Construct, id: string, props: DirectorProps) {
    super(scope, id);
    const { network, config, names } = props;
    if (config.existingSecurityGroupId !== undefined) {
      this.securityGroup = new ExistingSecurityGroup(this, "Group", {
        securityGroupId: config.existingSecurityGroupId,
        vpcId: network.vpcId,
      });
      return;
    }
    const group = new SecurityGroup(this, "Group", {
      vpcId: network.vpcId,
      name: names.directorSecurityGroup,
      description: props.description ?? "Ansible director",
    });
    for (const cidr of config.sshFrom ?? []) {
      group.allowFrom(range(cidr), ssh);
    }
    this.securityGroup = group;
    this.host = new UbuntuHost(this, "Host", {
      name: names.directorHost,
      ubuntu: props.ubuntu,
      ami: config.ami,
      instanceType: config.instanceType,
      diskGiB: config.diskGiB,
      diskType: config.diskType,
      diskEncrypted: config.diskEncrypted,
      keyName: keyPairName(this, "KeyPair", config.keyPair ?? {}, names.directorKeyPair),
      subnetId: network.subnetId,
      securityGroupIds: [
        ...network.defaultSecurityGroupIds,
        group.securityGroupId,
        ...config.additionalSecurityGroupIds,
      ],
      instanceProfile: config.readsMysqlPasswords
        ? new PasswordReader(this, "PasswordReader", {
            roleName: names.directorRole,
            parameterArns: props.passwordParameterArns,
          }).instanceProfileName
        : undefined,
      protected: config.protected ?? props.protected,
    });
  }
}

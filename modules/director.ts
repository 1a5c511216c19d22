import { Construct } from "constructs";
import type { Playbooks } from "./director-tools";
import { installAtFirstBoot } from "./first-boot";
import type { IInstanceProfile, INetwork, IRole, IVpc } from "./interfaces";
import { type KeyPairOptions, keyPairName } from "./key-pair";
import { PasswordReader, type PasswordReaderProps } from "./password-reader";
import type { IPeer } from "./peer";
import { Port } from "./port";
import { type ISecurityGroup, SecurityGroup } from "./security-group";
import { defaultUbuntu, type Ubuntu, UbuntuHost, type UbuntuHostOptions } from "./ubuntu-host";

/** The director, managed or existing. */
export interface IDirector {
  /** Its group, which may SSH to the analytics hosts. */
  readonly securityGroup: ISecurityGroup;
  /**
   * The host.
   * @default - the director exists, and its group alone is known
   */
  readonly host?: UbuntuHost;
  /**
   * Its own role, which reads passwords.
   * @default - it has none
   */
  readonly role?: IRole;
}

export interface DirectorProps extends UbuntuHostOptions, KeyPairOptions {
  readonly network: INetwork;
  /** `Name` tag. */
  readonly name: string;
  /**
   * Name of the security group.
   * @default "director"
   */
  readonly securityGroupName?: string;
  /**
   * Description of the security group.
   * @default "Ansible director"
   */
  readonly securityGroupDescription?: string;
  /**
   * Who may SSH to it.
   * @default - no peer
   */
  readonly sshFrom?: readonly IPeer[];
  /**
   * Ubuntu LTS of the image.
   * @default "20.04"
   */
  readonly ubuntu?: Ubuntu;
  /**
   * Playbooks that the first boot clones, and installs the Ansible of, with the packages of the director's other commands; a later
   * change changes no host.
   * @default - the first boot upgrades all packages, and installs nothing
   */
  readonly playbooks?: Playbooks;
  /**
   * A role that reads passwords of MySQL users: who may log in there gets to read them too.
   * @default - the host has no role of its own
   */
  readonly passwordReader?: PasswordReaderProps;
  /**
   * Profile of the host without such a role.
   * @default - none
   */
  readonly instanceProfile?: IInstanceProfile;
}

/** The host that Ansible is run from (runbook, Director EC2). */
export class Director extends Construct implements IDirector {
  /** A director that exists, known by its security group. */
  static fromSecurityGroupId(scope: Construct, id: string, securityGroupId: string, vpc: IVpc): IDirector {
    const director = new Construct(scope, id);
    const options = { vpc, mutable: false, peerName: id };
    return { securityGroup: SecurityGroup.fromSecurityGroupId(director, "Group", securityGroupId, options) };
  }

  readonly securityGroup: ISecurityGroup;
  readonly host: UbuntuHost;
  /**
   * Its own role, which reads passwords.
   * @default - it has none
   */
  readonly role?: IRole;

  constructor(scope: Construct, id: string, props: DirectorProps) {
    super(scope, id);
    this.securityGroup = new SecurityGroup(this, "Group", {
      vpc: props.network,
      name: props.securityGroupName ?? "director",
      description: props.securityGroupDescription ?? "Ansible director",
      peerName: id,
      protected: props.protected,
    });
    for (const peer of props.sshFrom ?? []) {
      this.securityGroup.allowFrom(peer, Port.SSH);
    }
    const reader = props.passwordReader && new PasswordReader(this, "PasswordReader", props.passwordReader);
    this.role = reader?.role;
    this.host = new UbuntuHost(this, "Host", {
      ...props,
      instanceType: props.instanceType ?? "t3.micro",
      diskGiB: props.diskGiB ?? 8,
      keyName: keyPairName(this, "KeyPair", props),
      securityGroup: this.securityGroup,
      userData: props.playbooks && installAtFirstBoot(props.ubuntu ?? defaultUbuntu, props.playbooks),
      instanceProfile: reader?.instanceProfile ?? props.instanceProfile,
    });
  }
}

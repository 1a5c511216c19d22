import { DataAwsAmi } from "@cdktf/provider-aws/lib/data-aws-ami";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { Construct } from "constructs";
import { canonical } from "./canonical";
import { upgradeAtFirstBoot } from "./first-boot";
import type { IInstanceProfile, INetwork } from "./interfaces";
import { keepsKey } from "./kms-key";
import { type ISecurityGroupRef, memberOf } from "./security-group";

const codeNames = { "16.04": "xenial", "20.04": "focal" } as const;

/** An Ubuntu LTS that images are known of. */
export type Ubuntu = keyof typeof codeNames;

/** The Ubuntu of a host that is given none. */
export const defaultUbuntu: Ubuntu = "20.04";

/** Canonical's name of a release's images, whatever their date. */
function imageName(ubuntu: Ubuntu): string {
  return `ubuntu/images/hvm-ssd/ubuntu-${codeNames[ubuntu]}-${ubuntu}-amd64-server-*`;
}

/** What may be chosen of a host. */
export interface UbuntuHostOptions {
  /**
   * Image id.
   * @default - Canonical's newest image, looked up when the host is made
   */
  readonly ami?: string;
  /**
   * EC2 instance type.
   * @default - "t3.medium"; "t3.micro" for a director
   */
  readonly instanceType?: string;
  /**
   * Root disk, GiB.
   * @default - 50; 8 for a director
   */
  readonly diskGiB?: number;
  /**
   * Root disk's EBS type.
   * @default "gp3"
   */
  readonly diskType?: "gp2" | "gp3";
  /**
   * Whether the root disk is encrypted; another value replaces the host.
   * @default true
   */
  readonly diskEncrypted?: boolean;
  /**
   * ARN of the KMS key that the root disk is encrypted with. A host that has another one keeps it, and stops the plan.
   * @default - the account's EBS key
   */
  readonly kmsKeyId?: string;
  /**
   * Groups that the host is in besides its own.
   * @default []
   */
  readonly additionalSecurityGroups?: readonly ISecurityGroupRef[];
  /**
   * Stop every plan that would destroy the host, and turn termination protection on.
   * @default true
   */
  readonly protected?: boolean;
}

export interface UbuntuHostProps extends UbuntuHostOptions {
  readonly network: INetwork;
  /** `Name` tag. */
  readonly name: string;
  /**
   * Tags besides it.
   * @default {}
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Ubuntu LTS of the image.
   * @default "20.04"
   */
  readonly ubuntu?: Ubuntu;
  /**
   * What cloud-init does at the first boot, at most 16 KiB, no secret; a later change changes no host.
   * @default - upgrades all packages
   */
  readonly userData?: string;
  /** Name of the EC2 key pair. */
  readonly keyName: string;
  readonly securityGroup: ISecurityGroupRef;
  /**
   * Profile of the role that software on the host has.
   * @default - none is given; the AWS provider replaces one that the host has, and cannot take it off
   */
  readonly instanceProfile?: IInstanceProfile;
  /**
   * Whether instance metadata is given to IMDSv2 only; the boto 2.38 and botocore 1.5 of edx-analytics-configuration, up to
   * Quince, know IMDSv1 alone.
   * @default true
   */
  readonly imdsV2Only?: boolean;
}

/** An EC2 instance with Ubuntu. Once made, it follows neither newer images nor a new first boot. */
export class UbuntuHost extends Construct {
  readonly instanceId: string;
  readonly privateIp: string;
  readonly publicIp: string;

  constructor(scope: Construct, id: string, props: UbuntuHostProps) {
    super(scope, id);
    const { network, kmsKeyId, protected: isProtected = true } = props;
    const instance = new Instance(this, "Resource", {
      ami: props.ami ?? this.newestImage(props.ubuntu ?? defaultUbuntu),
      instanceType: props.instanceType ?? "t3.medium",
      keyName: props.keyName,
      subnetId: network.subnetId,
      associatePublicIpAddress: true,
      vpcSecurityGroupIds: memberOf(network, props.securityGroup, props.additionalSecurityGroups),
      iamInstanceProfile: props.instanceProfile?.name,
      disableApiTermination: isProtected,
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: (props.imdsV2Only ?? true) ? "required" : "optional",
        // An answer of IMDSv2 gets no further than the host itself, as into a container.
        httpPutResponseHopLimit: 1,
      },
      rootBlockDevice: {
        volumeSize: props.diskGiB ?? 50,
        volumeType: props.diskType ?? "gp3",
        encrypted: props.diskEncrypted ?? true,
        kmsKeyId,
      },
      userData: props.userData ?? upgradeAtFirstBoot,
      tags: { ...props.tags, Name: props.name },
      lifecycle: {
        preventDestroy: isProtected,
        // A stopped host reads as one without a public address, which would replace it; other user data would stop and start it.
        ignoreChanges: [
          "ami",
          "user_data",
          "associate_public_ip_address",
          ...(kmsKeyId === undefined ? [] : ["root_block_device[0].kms_key_id"]),
        ],
        ...(kmsKeyId !== undefined && {
          postcondition: [
            keepsKey({
              kmsKeyId,
              attribute: "root_block_device[0].kms_key_id",
              what: `The root volume of ${props.name}`,
              fix: "Remove kmsKeyId of this host. Another key is a new host: another iteration of hosts, or another director.",
            }),
          ],
        }),
      },
    });
    this.instanceId = instance.id;
    this.privateIp = instance.privateIp;
    this.publicIp = instance.publicIp;
  }

  /** Images past their support are deprecated, and hidden from a look-up that does not ask for them. */
  private newestImage(ubuntu: Ubuntu): string {
    return new DataAwsAmi(this, "ubuntu", {
      owners: [canonical],
      mostRecent: true,
      includeDeprecated: true,
      filter: [
        { name: "name", values: [imageName(ubuntu)] },
        { name: "virtualization-type", values: ["hvm"] },
      ],
    }).id;
  }
}

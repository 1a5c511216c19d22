import { DataAwsAmi } from "@cdktf/provider-aws/lib/data-aws-ami";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { Construct } from "constructs";
import type { Release } from "../../clients/config/releases";

/** Canonical's account: https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/. */
export const canonical = "099720109477";

const codeNames = { "16.04": "xenial", "20.04": "focal" } as const satisfies Record<Release["ubuntu"], string>;

/** Canonical's name of a release's images, whatever their date. */
export function imageName(ubuntu: Release["ubuntu"]): string {
  return `ubuntu/images/hvm-ssd/ubuntu-${codeNames[ubuntu]}-${ubuntu}-amd64-server-*`;
}

/** The runbook upgrades all packages by hand after the first boot; cloud-init does it during that boot. */
const upgradeAtFirstBoot = "#cloud-config\npackage_update: true\npackage_upgrade: true\n";

export interface UbuntuHostProps {
  /** `Name` tag. */
  readonly name: string;
  readonly ubuntu: Release["ubuntu"];
  /**
   * Image id.
   * @default - Canonical's newest image, looked up when the host is made
   */
  readonly ami?: string;
  readonly instanceType: string;
  /** Root disk, GiB. */
  readonly diskGiB: number;
  /** Root disk's EBS type. */
  readonly diskType: string;
  /** Whether the root disk is encrypted; another value replaces the host. */
  readonly diskEncrypted: boolean;
  readonly keyName: string;
  readonly subnetId: string;
  readonly securityGroupIds: readonly string[];
  /**
   * Name of the instance profile.
   * @default - none
   */
  readonly instanceProfile?: string;
  /**
   * Whether instance metadata is given to IMDSv2 only; boto 2, which the pipeline uses, knows IMDSv1 alone.
   * @default true
   */
  readonly imdsV2Only?: boolean;
  /** Stop every plan that would destroy the host, and turn termination protection on. */
  readonly protected: boolean;
}

/** An EC2 instance with Ubuntu. Once made, it follows neither newer images nor a new first boot. */
export class UbuntuHost extends Construct {
  readonly instanceId: string;
  readonly privateIp: string;
  readonly publicIp: string;

  constructor(scope: Construct, id: string, props: UbuntuHostProps) {
    super(scope, id);
    const instance = new Instance(this, "Resource", {
      ami: props.ami ?? this.newestImage(props.ubuntu),
      instanceType: props.instanceType,
      keyName: props.keyName,
      subnetId: props.subnetId,
      associatePublicIpAddress: true,
      vpcSecurityGroupIds: [...props.securityGroupIds],
      iamInstanceProfile: props.instanceProfile,
      disableApiTermination: props.protected,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: (props.imdsV2Only ?? true) ? "required" : "optional" },
      rootBlockDevice: { volumeSize: props.diskGiB, volumeType: props.diskType, encrypted: props.diskEncrypted },
      userData: upgradeAtFirstBoot,
      tags: { Name: props.name },
      lifecycle: {
        preventDestroy: props.protected,
        // A stopped host reads as one without a public address, which would replace it.
        ignoreChanges: ["ami", "user_data", "associate_public_ip_address"],
      },
    });
    this.instanceId = instance.id;
    this.privateIp = instance.privateIp;
    this.publicIp = instance.publicIp;
  }

  /** Images past their support are deprecated, and hidden from a look-up that does not ask for them. */
  private newestImage(ubuntu: Release["ubuntu"]): string {
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

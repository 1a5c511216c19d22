import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { LbTargetGroupAttachment } from "@cdktf/provider-aws/lib/lb-target-group-attachment";
import { Construct } from "constructs";
import type { IVpc } from "./interfaces";
import { type IPeer, Peer } from "./peer";
import { Port } from "./port";
import type { PublicZone, ValidationRecord } from "./public-zone";
import { type ISecurityGroup, SecurityGroup } from "./security-group";

export interface LoadBalancerProps {
  readonly vpc: IVpc;
  /** Public subnets, in two availability zones or more. */
  readonly subnetIds: readonly string[];
  /** Name of load balancer and target group: 32 characters at most. */
  readonly name: string;
  /** Name of the security group. */
  readonly securityGroupName: string;
  /** The name that the world calls it by, of its certificate. */
  readonly hostName: string;
  /**
   * Zone that the record goes into by which AWS issues the certificate.
   * @default - somebody makes the record by hand, and the listener of port 443 waits for it: see `validation`
   */
  readonly zone?: PublicZone;
  /**
   * Path that answers 200 without a log-in.
   * @default "/health/"
   */
  readonly healthPath?: string;
  /**
   * Who reaches it on 80 and 443.
   * @default - everybody
   */
  readonly webFrom?: readonly IPeer[];
  /**
   * Whether it has IPv6 addresses beside its IPv4 ones; its subnets need IPv6 ranges then. It reaches the host by IPv4.
   * @default - not written: a new one has none, and an existing one keeps those that it has
   */
  readonly ipv6?: boolean;
  /**
   * Turn deletion protection on, and stop every plan that would destroy or replace the security group.
   * @default true
   */
  readonly protected?: boolean;
}

/** An Application Load Balancer that ends TLS before one host, which it reaches on port 80. */
export class LoadBalancer extends Construct {
  /** Its group, which the host admits. */
  readonly securityGroup: ISecurityGroup;
  /** Name that AWS has for it, and the zone of that name. */
  readonly dnsName: string;
  readonly zoneId: string;
  /** Whether it has IPv6 addresses too. */
  readonly ipv6: boolean;
  /** Record by which AWS issues the certificate. */
  readonly validation: ValidationRecord;
  /** By which CloudWatch knows it and its target group. */
  readonly arnSuffix: string;
  readonly targetGroupArnSuffix: string;
  private readonly targetGroupArn: string;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const { vpc, name, protected: isProtected = true } = props;
    this.securityGroup = new SecurityGroup(this, "Group", {
      vpc,
      name: props.securityGroupName,
      description: "Load balancer of Insights",
      peerName: id,
      protected: isProtected,
    });
    for (const peer of props.webFrom ?? [Peer.anyIpv4()]) {
      this.securityGroup.allowFrom(peer, Port.HTTP);
      this.securityGroup.allowFrom(peer, Port.HTTPS);
    }
    const balancer = new Lb(this, "Resource", {
      name,
      loadBalancerType: "application",
      internal: false,
      ...(props.ipv6 !== undefined && { ipAddressType: props.ipv6 ? "dualstack" : "ipv4" }),
      subnets: [...props.subnetIds],
      securityGroups: [this.securityGroup.securityGroupId],
      dropInvalidHeaderFields: true,
      enableDeletionProtection: isProtected,
    });
    this.dnsName = balancer.dnsName;
    this.zoneId = balancer.zoneId;
    this.ipv6 = props.ipv6 ?? false;
    const targets = this.targetGroup(props);
    this.targetGroupArn = targets.arn;
    this.arnSuffix = balancer.arnSuffix;
    this.targetGroupArnSuffix = targets.arnSuffix;
    const certificate = new AcmCertificate(this, "Certificate", {
      domainName: props.hostName,
      validationMethod: "DNS",
      // A listener has one at any time.
      lifecycle: { createBeforeDestroy: true },
    });
    this.validation = validationOf(certificate);
    this.listeners(balancer.arn, certificate, props.zone);
  }

  /** Sends requests to a host. Another one is registered before it leaves, and answers once its first health check has passed. */
  leadTo(host: { readonly instanceId: string }): void {
    new LbTargetGroupAttachment(this, "Attachment", {
      targetGroupArn: this.targetGroupArn,
      targetId: host.instanceId,
      port: Port.HTTP.from,
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private targetGroup({ name, vpc, healthPath }: LoadBalancerProps): LbTargetGroup {
    return new LbTargetGroup(this, "Targets", {
      name,
      vpcId: vpc.vpcId,
      targetType: "instance",
      protocol: "HTTP",
      port: Port.HTTP.from,
      healthCheck: { path: healthPath ?? "/health/", matcher: "200" },
    });
  }

  private listeners(loadBalancerArn: string, certificate: AcmCertificate, zone: PublicZone | undefined): void {
    new LbListener(this, "http", {
      loadBalancerArn,
      protocol: "HTTP",
      port: Port.HTTP.from,
      defaultAction: [
        { type: "redirect", redirect: { protocol: "HTTPS", port: String(Port.HTTPS.from), statusCode: "HTTP_301" } },
      ],
    });
    new LbListener(this, "https", {
      loadBalancerArn,
      protocol: "HTTPS",
      port: Port.HTTPS.from,
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      certificateArn: zone ? this.validated(certificate, zone) : certificate.arn,
      defaultAction: [{ type: "forward", targetGroupArn: this.targetGroupArn }],
      ...(zone === undefined && { lifecycle: { precondition: [this.issued(certificate)] } }),
    });
  }

  /** The certificate's ARN, once AWS has issued it. */
  private validated(certificate: AcmCertificate, zone: PublicZone): string {
    return new AcmCertificateValidation(this, "Validation", {
      certificateArn: certificate.arn,
      validationRecordFqdns: [zone.addValidation("validation", this.validation)],
    }).certificateArn;
  }

  /** AWS takes no certificate for a listener that it has not issued, and says so of its form alone. */
  private issued({ fqn }: AcmCertificate) {
    const { name, type, value } = this.validation;
    return {
      condition: `\${${fqn}.status == "ISSUED"}`,
      errorMessage: `The certificate of \${${fqn}.domain_name} is \${${fqn}.status}. Make this record where the name's DNS is: ${name} ${type} ${value}. AWS issues the certificate minutes later; then deploy again.`,
    };
  }
}

/** A certificate of one name has one record. */
function validationOf({ fqn }: AcmCertificate): ValidationRecord {
  const field = (what: string) => `\${one(${fqn}.domain_validation_options[*].resource_record_${what})}`;
  return { name: field("name"), type: field("type"), value: field("value") };
}

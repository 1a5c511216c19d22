import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { ElasticsearchDomain as AwsElasticsearchDomain } from "@cdktf/provider-aws/lib/elasticsearch-domain";
import { IamAccessKey } from "@cdktf/provider-aws/lib/iam-access-key";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { Construct } from "constructs";
import { type AccountAndRegionOptions, accountIdOf, regionOf } from "./arn-parts";
import { elasticsearchLogPolicy } from "./elasticsearch-log-policy";
import { makeElasticsearchServiceRole } from "./elasticsearch-service-role";
import { lookUpSubnet } from "./existing-vpc";
import type { INetwork, IPrincipal } from "./interfaces";
import { keepsKey } from "./kms-key";
import type { IPeer } from "./peer";
import { PolicyDocument, type Statement } from "./policy-document";
import { Port } from "./port";
import { SecurityGroup } from "./security-group";

/** A domain inside a VPC. */
export interface ElasticsearchVpcOptions {
  readonly network: INetwork;
  /**
   * Subnet of the one node's network interface, which is looked up.
   * @default - the network's own
   */
  readonly subnetId?: string;
  /**
   * End of the error about a subnet that is elsewhere, from "not in" on.
   * @default "the given VPC. Correct `subnetId` or `vpcId`."
   */
  readonly subnetHint?: string;
  /** Name of the security group. */
  readonly securityGroupName: string;
  /**
   * Description of the security group.
   * @default "Elasticsearch"
   */
  readonly securityGroupDescription?: string;
  /**
   * Make the account's service-linked role of Elasticsearch, of which an account has one.
   * @default true
   */
  readonly serviceRole?: boolean;
}

export interface ElasticsearchDomainProps extends AccountAndRegionOptions {
  readonly domainName: string;
  /** Elasticsearch version, as in "7.10". */
  readonly version: string;
  /**
   * Instance type of the one node.
   * @default "t3.small.elasticsearch"
   */
  readonly instanceType?: string;
  /**
   * EBS volume, gp2, GiB.
   * @default 10
   */
  readonly volumeGiB?: number;
  /**
   * Encryption at rest and between nodes; needs version 6.0 and an instance type other than t2.
   * @default true
   */
  readonly encrypted?: boolean;
  /**
   * ARN of the KMS key of the encryption at rest. A domain that has another one keeps it, and stops the plan.
   * @default - the account's Elasticsearch key
   */
  readonly kmsKeyId?: string;
  /**
   * Hour of the automated snapshot, UTC.
   * @default 0
   */
  readonly snapshotHourUtc?: number;
  /**
   * Publish application logs to CloudWatch; needs version 5.1.
   * @default false
   */
  readonly applicationLogs?: boolean;
  /**
   * Name of the CloudWatch Logs resource policy that lets Elasticsearch write application logs.
   * @default - none is made, as where the region has one that covers the domain
   */
  readonly logPolicyName?: string;
  /**
   * Inside a VPC, where a security group decides who reaches it. AWS moves no domain: another choice replaces it, without its index.
   * @default - a public endpoint, which answers signed requests alone
   */
  readonly inVpc?: ElasticsearchVpcOptions;
  /**
   * Stop every plan that would destroy the domain.
   * @default true
   */
  readonly protected?: boolean;
}

export interface ElasticsearchUserProps {
  readonly userName: string;
  /**
   * Public PGP key that the secret access key is encrypted with.
   * @default - none
   */
  readonly pgpKey?: string;
}

/** The learner index: the pipeline writes it, the Analytics API reads it (runbook, ElasticSearch User and Role, ElasticSearch). */
export class ElasticsearchDomain extends Construct {
  /** Host name, without scheme. */
  readonly endpoint: string;
  readonly arn: string;
  /** What an IAM policy of who reads and writes the domain says, besides the domain's own. */
  readonly readWriteStatement: Statement;
  private readonly domain: AwsElasticsearchDomain;
  private readonly securityGroup?: SecurityGroup;
  private readonly access: Statement[] = [];

  constructor(scope: Construct, id: string, props: ElasticsearchDomainProps) {
    super(scope, id);
    const { domainName, encrypted = true, kmsKeyId } = props;
    const owner = { accountId: accountIdOf(this, props), region: regionOf(this, props) };
    // From its parts: a reference of the domain to itself would be a cycle.
    this.arn = `arn:aws:es:${owner.region}:${owner.accountId}:domain/${domainName}`;
    this.readWriteStatement = {
      effect: "Allow",
      actions: ["es:ESHttp*", "es:Describe*", "es:List*"],
      resources: [this.arn, `${this.arn}/*`],
    };

    const logs = props.applicationLogs
      ? new CloudwatchLogGroup(this, "application-logs", {
          name: `/aws/aes/domains/${domainName}/application-logs`,
          retentionInDays: 90,
        })
      : undefined;
    const logPolicy =
      logs && props.logPolicyName !== undefined
        ? elasticsearchLogPolicy(this, "log-policy", { ...owner, policyName: props.logPolicyName })
        : undefined;
    const place = props.inVpc && this.placeIn(props.inVpc, props.protected);
    const before = [logPolicy, place?.serviceRole].flatMap((resource) => resource ?? []);
    this.domain = new AwsElasticsearchDomain(this, "Resource", {
      domainName,
      elasticsearchVersion: props.version,
      clusterConfig: {
        instanceType: props.instanceType ?? "t3.small.elasticsearch",
        instanceCount: 1,
        dedicatedMasterEnabled: false,
        zoneAwarenessEnabled: false,
      },
      ebsOptions: { ebsEnabled: true, volumeType: "gp2", volumeSize: props.volumeGiB ?? 10 },
      snapshotOptions: { automatedSnapshotStartHour: props.snapshotHourUtc ?? 0 },
      advancedOptions: { "rest.action.multi.allow_explicit_index": "true" },
      encryptAtRest: encrypted ? { enabled: true, kmsKeyId } : undefined,
      nodeToNodeEncryption: encrypted ? { enabled: true } : undefined,
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-2019-07" },
      logPublishingOptions: logs && [{ logType: "ES_APPLICATION_LOGS", cloudwatchLogGroupArn: logs.arn }],
      vpcOptions: place && {
        subnetIds: [place.subnetId],
        securityGroupIds: [place.securityGroup.securityGroupId],
      },
      dependsOn: before.length > 0 ? before : undefined,
      tags: { Name: domainName },
      lifecycle: {
        preventDestroy: props.protected ?? true,
        ...(kmsKeyId !== undefined && keptKey(domainName, kmsKeyId)),
      },
    });
    this.endpoint = this.domain.endpoint;
    this.securityGroup = place?.securityGroup;
  }

  /** Lets a peer reach the endpoint, where it is in a VPC; the whole world reaches a public one. */
  allowFrom(peer: IPeer): void {
    this.securityGroup?.allowFrom(peer, Port.HTTPS);
  }

  /** Lets a user or role read and write the index. */
  grantReadWrite(principal: IPrincipal): void {
    this.grant(principal, ["es:ESHttp*"]);
  }

  /** Lets a user or role do everything with the domain. */
  grantFullAccess(principal: IPrincipal): void {
    this.grant(principal, ["es:*"]);
  }

  /** A user with an access key and everything on the domain, `analytics_elasticsearch` in the runbook. */
  addUser({ userName, pgpKey }: ElasticsearchUserProps): IamAccessKey {
    const user = new IamUser(this, "User", { name: userName });
    this.grantFullAccess(user);
    return new IamAccessKey(this, "AccessKey", {
      user: user.name,
      pgpKey,
      // A new key that fails leaves the former one in use; AWS gives a user two.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** What a domain in a VPC needs there. */
  private placeIn(options: ElasticsearchVpcOptions, isProtected: boolean | undefined) {
    const { network, subnetId, subnetHint, serviceRole = true } = options;
    return {
      subnetId:
        subnetId === undefined
          ? network.subnetId
          : lookUpSubnet(this, "subnet", network.vpcId, subnetId, subnetHint).id,
      securityGroup: new SecurityGroup(this, "Group", {
        vpc: network,
        name: options.securityGroupName,
        description: options.securityGroupDescription ?? "Elasticsearch",
        peerName: this.node.id,
        protected: isProtected,
      }),
      serviceRole: serviceRole ? makeElasticsearchServiceRole(this, "service-role") : undefined,
    };
  }

  /** One document for all grants, inside the domain: the provider waits for a principal that is too new on create only. */
  private grant({ arn }: IPrincipal, actions: string[]): void {
    this.access.push({
      effect: "Allow",
      actions,
      principals: [{ type: "AWS", identifiers: [arn] }],
      resources: [`${this.arn}/*`],
    });
    const document = this.node.tryFindChild("access") as PolicyDocument | undefined;
    if (document) {
      document.putStatement(this.access);
    } else {
      this.domain.accessPolicies = new PolicyDocument(this, "access", { statements: this.access }).json;
    }
  }
}

/** AWS changes the key of no domain that is encrypted. */
function keptKey(domainName: string, kmsKeyId: string) {
  const attribute = "encrypt_at_rest[0].kms_key_id";
  const fix = "Remove elasticsearch.kmsKeyId. Another key is a new domain.";
  return {
    ignoreChanges: [attribute],
    postcondition: [keepsKey({ kmsKeyId, attribute, what: `The domain ${domainName}`, fix })],
  };
}

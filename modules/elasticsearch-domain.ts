import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { ElasticsearchDomain as AwsElasticsearchDomain } from "@cdktf/provider-aws/lib/elasticsearch-domain";
import { IamAccessKey } from "@cdktf/provider-aws/lib/iam-access-key";
import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { Construct } from "constructs";
import type { Elasticsearch } from "../clients/config/resolve";
import type { IEmrRoles } from "./emr-roles";
import { PolicyDocument, type Statement } from "./shared/policies";

export interface ElasticsearchDomainProps {
  readonly config: Elasticsearch;
  readonly client: string;
  readonly region: string;
  readonly accountId: string;
  readonly names: { readonly elasticsearchUser: string; readonly elasticsearchPolicy: string };
  /** EMR's roles, whose instances write the index. */
  readonly emrRoles: IEmrRoles;
  /** What EMR's instances may do: read and write this domain, or `es:*` on everything as in the runbook. */
  readonly emrAccess: "domain" | "any";
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
  /** Access key of `analytics_elasticsearch`. */
  readonly accessKey: IamAccessKey;

  constructor(scope: Construct, id: string, props: ElasticsearchDomainProps) {
    super(scope, id);
    const { config, names, emrRoles } = props;
    const user = new IamUser(this, "User", { name: names.elasticsearchUser });
    this.accessKey = new IamAccessKey(this, "AccessKey", { user: user.name, pgpKey: props.pgpKey });
    // From its parts: a reference of the domain to itself would be a cycle.
    this.arn = `arn:aws:es:${props.region}:${props.accountId}:domain/${config.domainName}`;

    const logs = config.applicationLogs ? this.applicationLogs(props) : undefined;
    const domain = new AwsElasticsearchDomain(this, "Resource", {
      domainName: config.domainName,
      elasticsearchVersion: config.version,
      clusterConfig: {
        instanceType: config.instanceType,
        instanceCount: 1,
        dedicatedMasterEnabled: false,
        zoneAwarenessEnabled: false,
      },
      ebsOptions: { ebsEnabled: true, volumeType: "gp2", volumeSize: config.volumeGiB },
      snapshotOptions: { automatedSnapshotStartHour: config.snapshotHourUtc },
      advancedOptions: { "rest.action.multi.allow_explicit_index": "true" },
      encryptAtRest: config.encrypted ? { enabled: true } : undefined,
      nodeToNodeEncryption: config.encrypted ? { enabled: true } : undefined,
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-2019-07" },
      logPublishingOptions: logs && [{ logType: "ES_APPLICATION_LOGS", cloudwatchLogGroupArn: logs.groupArn }],
      dependsOn: logs?.policy && [logs.policy],
      // Inside the domain: the provider waits for a principal that is too new on create only.
      accessPolicies: new PolicyDocument(this, "access", {
        statements: [this.statement(user.arn, ["es:*"]), this.statement(emrRoles.ec2RoleArn, ["es:ESHttp*"])],
      }).json,
      tags: { Name: config.domainName },
      lifecycle: { preventDestroy: config.protected },
    });
    this.endpoint = domain.endpoint;

    emrRoles.grant("elasticsearch-all", {
      policyName: names.elasticsearchPolicy,
      client: props.client,
      statements: [
        props.emrAccess === "any"
          ? { effect: "Allow", actions: ["es:*"], resources: ["*"] }
          : {
              effect: "Allow",
              actions: ["es:ESHttp*", "es:Describe*", "es:List*"],
              resources: [this.arn, `${this.arn}/*`],
            },
      ],
    });
  }

  private statement(principal: string, actions: string[]): Statement {
    return {
      effect: "Allow",
      actions,
      principals: [{ type: "AWS", identifiers: [principal] }],
      resources: [`${this.arn}/*`],
    };
  }

  private applicationLogs({ config, region, accountId, client }: ElasticsearchDomainProps) {
    const group = new CloudwatchLogGroup(this, "application-logs", {
      name: `/aws/aes/domains/${config.domainName}/application-logs`,
      retentionInDays: 90,
    });
    const policy =
      config.logResourcePolicy === "create"
        ? elasticsearchLogPolicy(this, "log-policy", { name: logPolicyName(client), region, accountId })
        : undefined;
    return { groupArn: group.arn, policy };
  }
}

/** Name of the shared stack's CloudWatch Logs resource policy. */
export const sharedLogPolicyName = "elasticsearch-logs";

/** Name of a client's own. */
export function logPolicyName(client: string): string {
  return `${client}-${sharedLogPolicyName}`;
}

/** Lets Elasticsearch write logs; of such policies a region holds ten, so one covers all domains. */
export function elasticsearchLogPolicy(
  scope: Construct,
  id: string,
  props: { readonly name: string; readonly region: string; readonly accountId: string },
): CloudwatchLogResourcePolicy {
  return new CloudwatchLogResourcePolicy(scope, id, {
    policyName: props.name,
    policyDocument: new PolicyDocument(scope, `${id}-statements`, {
      statements: [
        {
          effect: "Allow",
          actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"],
          principals: [{ type: "Service", identifiers: ["es.amazonaws.com"] }],
          resources: [`arn:aws:logs:${props.region}:${props.accountId}:log-group:/aws/aes/domains/*`],
          condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [props.accountId] }],
        },
      ],
    }).json,
  });
}

import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { ClusterWatch } from "./cluster-watch";
import { PolicyDocument } from "./policy-document";

/** A host that alarms are of. */
export interface WatchedHost {
  readonly instanceId: string;
  /** Its EC2 instance type: a burstable one has CPU credits. */
  readonly instanceType: string;
}

/** An RDS instance that alarms are of. */
export interface WatchedDatabase {
  readonly identifier: string;
  readonly instanceClass: string;
  readonly storageGiB: number;
}

export interface AlarmsProps {
  /** Name of topic and budget, which the names of alarms begin with. */
  readonly name: string;
  /** Name of the rule, state machine and role that watch clusters. */
  readonly clusterWatchName: string;
  /** E-mail addresses; each gets a mail of AWS's in which it confirms the subscription. */
  readonly emails: readonly string[];
  /** Hosts by id, as in `analytics-1`. */
  readonly hosts: Readonly<Record<string, WatchedHost>>;
  /** RDS instances by id, as in `database-1`. */
  readonly databases: Readonly<Record<string, WatchedDatabase>>;
  /**
   * The Elasticsearch domain.
   * @default - none
   */
  readonly domain?: { readonly domainName: string; readonly volumeGiB: number };
  /** AWS account of everything. */
  readonly accountId: string;
  /** AWS region of everything. */
  readonly region: string;
  /** The bucket of EMR's logs: by it a cluster is told from those of others. */
  readonly clusterLogsBucket: string;
  /**
   * Hours after which an EMR cluster that runs is reported, and again each time they have passed.
   * @default 12
   */
  readonly clusterHours?: number;
  /**
   * A month's costs of what has the cost-allocation tag, USD: mails at 80 %, at 100 %, and when they are forecast to exceed it.
   * @default - no budget
   */
  readonly monthlyBudget?: { readonly usd: number; readonly tag: string; readonly value: string };
}

/** What an alarm is of, and when it goes off. */
interface Metric {
  readonly namespace: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly metric: string;
  readonly statistic: "Average" | "Maximum" | "Minimum";
  readonly at: "GreaterThanThreshold" | "LessThanThreshold";
  readonly threshold: number;
  /** Length of a period, seconds. */
  readonly period: number;
  readonly periods: number;
  readonly what: string;
}

/**
 * Mails what needs somebody: hosts that do not answer or run out of CPU credits, databases and Elasticsearch that fill up, EMR
 * clusters that do not end, costs. Every alarm mails when it goes off and when it is over.
 */
export class Alarms extends Construct {
  readonly topicArn: string;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const { name, accountId } = props;
    const topic = new SnsTopic(this, "Topic", { name });
    this.topicArn = topic.arn;
    new SnsTopicPolicy(this, "TopicPolicy", {
      arn: topic.arn,
      policy: new PolicyDocument(this, "TopicStatements", {
        statements: [
          {
            effect: "Allow",
            actions: ["sns:Publish"],
            resources: [topic.arn],
            principals: [{ type: "Service", identifiers: ["budgets.amazonaws.com", "cloudwatch.amazonaws.com"] }],
            condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: [accountId] }],
          },
        ],
      }).json,
    });
    for (const [index, endpoint] of props.emails.entries()) {
      new SnsTopicSubscription(this, `email-${index + 1}`, { topicArn: topic.arn, protocol: "email", endpoint });
    }
    for (const [key, host] of Object.entries(props.hosts)) {
      this.alarms(name, key, hostMetrics(host));
    }
    for (const [key, database] of Object.entries(props.databases)) {
      this.alarms(name, key, databaseMetrics(database));
    }
    if (props.domain) {
      this.alarms(name, "elasticsearch", domainMetrics(props.domain, accountId));
    }
    new ClusterWatch(this, "clusters", {
      name: props.clusterWatchName,
      topicArn: topic.arn,
      hours: props.clusterHours ?? 12,
      logsBucket: props.clusterLogsBucket,
      region: props.region,
      accountId,
    });
    if (props.monthlyBudget) {
      this.budget(name, props.monthlyBudget, topic.arn);
    }
  }

  private alarms(name: string, key: string, metrics: Readonly<Record<string, Metric>>): void {
    for (const [what, metric] of Object.entries(metrics)) {
      new CloudwatchMetricAlarm(this, `${key}-${what}`, {
        // With a character that is in no client's name: CI's roles are given the alarms of this one alone.
        alarmName: `${name}/${key}-${what}`,
        alarmDescription: metric.what,
        namespace: metric.namespace,
        dimensions: { ...metric.dimensions },
        metricName: metric.metric,
        statistic: metric.statistic,
        comparisonOperator: metric.at,
        threshold: metric.threshold,
        period: metric.period,
        evaluationPeriods: metric.periods,
        // A host that is stopped on purpose has no metrics.
        treatMissingData: "notBreaching",
        alarmActions: [this.topicArn],
        okActions: [this.topicArn],
      });
    }
  }

  private budget(name: string, { usd, tag, value }: NonNullable<AlarmsProps["monthlyBudget"]>, topicArn: string): void {
    const at = (threshold: number, notificationType: "ACTUAL" | "FORECASTED") => ({
      comparisonOperator: "GREATER_THAN",
      notificationType,
      threshold,
      thresholdType: "PERCENTAGE",
      subscriberSnsTopicArns: [topicArn],
    });
    new BudgetsBudget(this, "Budget", {
      name,
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: usd.toFixed(1),
      limitUnit: "USD",
      costFilter: [{ name: "TagKeyValue", values: [`user:${tag}$${value}`] }],
      notification: [at(80, "ACTUAL"), at(100, "ACTUAL"), at(100, "FORECASTED")],
    });
  }
}

const minutes = 60;
const hour = 60 * minutes;

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html */
function hostMetrics({ instanceId, instanceType }: WatchedHost): Record<string, Metric> {
  const common = { namespace: "AWS/EC2", dimensions: { InstanceId: instanceId } };
  const credits: Metric = instanceType.startsWith("t2.")
    ? {
        ...common,
        metric: "CPUCreditBalance",
        statistic: "Average",
        at: "LessThanThreshold",
        threshold: 20,
        period: 5 * minutes,
        periods: 6,
        what: "The host has nearly used up its CPU credits, and will be slow.",
      }
    : {
        ...common,
        metric: "CPUSurplusCreditsCharged",
        statistic: "Maximum",
        at: "GreaterThanThreshold",
        threshold: 0,
        period: hour,
        periods: 1,
        what: "The host uses more CPU than its instance type has credits for, which AWS charges: a larger type may be cheaper.",
      };
  return {
    status: {
      ...common,
      metric: "StatusCheckFailed",
      statistic: "Maximum",
      at: "GreaterThanThreshold",
      threshold: 0,
      period: 5 * minutes,
      periods: 2,
      what: "The host fails EC2's status checks: it, or what it runs on, does not answer.",
    },
    ...(/^t\d/.test(instanceType) && { "cpu-credits": credits }),
  };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html */
function databaseMetrics({ identifier, instanceClass, storageGiB }: WatchedDatabase): Record<string, Metric> {
  const common = {
    namespace: "AWS/RDS",
    dimensions: { DBInstanceIdentifier: identifier },
    statistic: "Average",
    period: 5 * minutes,
  } as const;
  const connections = maxConnections(instanceClass);
  return {
    storage: {
      ...common,
      metric: "FreeStorageSpace",
      at: "LessThanThreshold",
      threshold: Math.round(storageGiB * 0.15 * 2 ** 30),
      periods: 3,
      what: "Less than 15 % of the database's storage is free. Once it is full, the database stops.",
    },
    cpu: {
      ...common,
      metric: "CPUUtilization",
      at: "GreaterThanThreshold",
      threshold: 90,
      periods: 12,
      what: "The database has used more than 90 % of its CPU for an hour.",
    },
    ...(connections !== undefined && {
      connections: {
        ...common,
        metric: "DatabaseConnections",
        at: "GreaterThanThreshold",
        threshold: Math.floor(connections * 0.8),
        periods: 3,
        what: `More than 80 % of the ${connections} connections are in use that the instance class takes.`,
      } as const,
    }),
  };
}

/**
 * RDS's default of `max_connections`, the class's memory in bytes by 12,582,880, a little of which RDS keeps to itself:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html. Undefined of classes whose memory does not
 * follow from their name.
 */
function maxConnections(instanceClass: string): number | undefined {
  const [, family, size = ""] = /^db\.([a-z]+\d[a-z]*)\.(\w+)$/.exec(instanceClass) ?? [];
  const gib =
    { micro: 1, small: 2, medium: 4, large: 8, xlarge: 16 }[size] ?? 16 * Number(/^(\d+)xlarge$/.exec(size)?.[1]);
  const factor = family?.startsWith("r") ? 2 : /^(t|m[4-9])/.test(family ?? "") ? 1 : undefined;
  return factor === undefined || Number.isNaN(gib) ? undefined : Math.floor((gib * factor * 2 ** 30) / 12582880);
}

/** https://docs.aws.amazon.com/opensearch-service/latest/developerguide/cloudwatch-alarms.html */
function domainMetrics(
  { domainName, volumeGiB }: NonNullable<AlarmsProps["domain"]>,
  accountId: string,
): Record<string, Metric> {
  const common = { namespace: "AWS/ES", dimensions: { DomainName: domainName, ClientId: accountId }, period: minutes };
  return {
    red: {
      ...common,
      metric: "ClusterStatus.red",
      statistic: "Maximum",
      at: "GreaterThanThreshold",
      threshold: 0,
      periods: 5,
      what: "A primary shard of Elasticsearch is not allocated: some learners' data cannot be read.",
    },
    "writes-blocked": {
      ...common,
      metric: "ClusterIndexWritesBlocked",
      statistic: "Maximum",
      at: "GreaterThanThreshold",
      threshold: 0,
      period: 5 * minutes,
      periods: 1,
      what: "Elasticsearch refuses writes, most often for want of storage or memory.",
    },
    storage: {
      ...common,
      metric: "FreeStorageSpace",
      statistic: "Minimum",
      at: "LessThanThreshold",
      // In MiB, unlike RDS's.
      threshold: Math.round(volumeGiB * 0.25 * 1024),
      periods: 5,
      what: "Less than 25 % of the domain's storage is free. Elasticsearch blocks writes at 20 %.",
    },
  };
}

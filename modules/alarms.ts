import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { addressAt, addressBelow } from "./address";
import {
  databaseMetrics,
  domainMetrics,
  hostMetrics,
  loadBalancerMetrics,
  type Metric,
  type WatchedDatabase,
  type WatchedDomain,
  type WatchedHost,
  type WatchedLoadBalancer,
} from "./alarm-metrics";
import { Check } from "./check";
import { ClusterWatch } from "./cluster-watch";
import { PolicyDocument } from "./policy-document";
import { moveInState } from "./state";

export interface AlarmsProps {
  /** Name of topic and budget, which the names of alarms begin with. */
  readonly name: string;
  /** Name of the rule, state machine and role that watch clusters. */
  readonly clusterWatchName: string;
  /**
   * E-mail addresses; each gets a mail of AWS's in which it confirms the subscription. Two that differ in case, dots and dashes
   * alone would have one id, which is an error.
   */
  readonly emails: readonly string[];
  /** Hosts by id, as in `analytics-1`. */
  readonly hosts: Readonly<Record<string, WatchedHost>>;
  /** RDS instances by id, as in `database-1`. */
  readonly databases: Readonly<Record<string, WatchedDatabase>>;
  /**
   * The Elasticsearch domain.
   * @default - none
   */
  readonly domain?: WatchedDomain;
  /**
   * The load balancer of Insights.
   * @default - none
   */
  readonly loadBalancer?: WatchedLoadBalancer;
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
    new Check(
      this,
      "confirmed",
      props.emails.map((endpoint, index) => {
        const type = SnsTopicSubscription.tfResourceType;
        const address = addressAt(
          new SnsTopicSubscription(this, subscriptionId(endpoint), {
            topicArn: topic.arn,
            protocol: "email",
            endpoint,
          }),
          type,
        );
        // An id was once the place in the list.
        moveInState(this, addressBelow(this, type, `email-${index + 1}`), address);
        return {
          condition: `\${!${address}.pending_confirmation}`,
          errorMessage: `${endpoint} gets no alarms: the subscription is not confirmed. AWS mailed a link to click. For a new one: terraform apply -replace=${address}`,
        };
      }),
    );
    for (const [key, host] of Object.entries(props.hosts)) {
      this.alarms(name, key, hostMetrics(host));
    }
    for (const [key, database] of Object.entries(props.databases)) {
      this.alarms(name, key, databaseMetrics(database));
    }
    if (props.domain) {
      this.alarms(name, "elasticsearch", domainMetrics(props.domain, accountId));
    }
    if (props.loadBalancer) {
      this.alarms(name, "load-balancer", loadBalancerMetrics(props.loadBalancer));
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

/** Id of an address's subscription, as in `email-ops-at-example-com`: it stays when others leave the list. */
function subscriptionId(email: string): string {
  return `email-${email
    .toLowerCase()
    .replace("@", "-at-")
    .replaceAll(/[^a-z0-9]+/g, "-")}`;
}

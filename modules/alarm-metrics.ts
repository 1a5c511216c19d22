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

/** An Elasticsearch domain that alarms are of. */
export interface WatchedDomain {
  readonly domainName: string;
  readonly volumeGiB: number;
}

/** An Application Load Balancer that alarms are of, and its target group, by the ends of their ARNs. */
export interface WatchedLoadBalancer {
  readonly arnSuffix: string;
  readonly targetGroupArnSuffix: string;
}

/** What an alarm is of, and when it goes off. */
export interface Metric {
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

const minutes = 60;
const hour = 60 * minutes;

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html */
export function hostMetrics({ instanceId, instanceType }: WatchedHost): Record<string, Metric> {
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
export function databaseMetrics({ identifier, instanceClass, storageGiB }: WatchedDatabase): Record<string, Metric> {
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
export function domainMetrics({ domainName, volumeGiB }: WatchedDomain, accountId: string): Record<string, Metric> {
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

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
export function loadBalancerMetrics({ arnSuffix, targetGroupArnSuffix }: WatchedLoadBalancer): Record<string, Metric> {
  return {
    unhealthy: {
      namespace: "AWS/ApplicationELB",
      dimensions: { LoadBalancer: arnSuffix, TargetGroup: targetGroupArnSuffix },
      metric: "UnHealthyHostCount",
      statistic: "Maximum",
      at: "GreaterThanThreshold",
      threshold: 0,
      period: minutes,
      periods: 5,
      what: "Insights does not answer the load balancer's health checks, and users get errors: see the host, nginx on it and Insights' log.",
    },
  };
}

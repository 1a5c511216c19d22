import {
  databaseMetrics,
  domainMetrics,
  hostMetrics,
  loadBalancerMetrics,
  type Metric,
} from "../../modules/alarm-metrics";
import type { Attributes } from "../attributes";
import { words } from "../phrase";
import { type Alarm, availability } from "./alarm";

/** Metrics whose thresholds follow from sizes in the client file: another one is an ordinary change, which the summary shows. */
export const ofSizes = ["FreeStorageSpace", "DatabaseConnections"];

/** All that stacks have alarms of; of which host or how large a database is not of interest. */
const watched: readonly Metric[] = [
  hostMetrics({ instanceId: "", instanceType: "t2.micro" }),
  hostMetrics({ instanceId: "", instanceType: "t3.micro" }),
  databaseMetrics({ identifier: "", instanceClass: "db.t3.micro", storageGiB: 1 }),
  domainMetrics({ domainName: "", volumeGiB: 1 }, ""),
  loadBalancerMetrics({ arnSuffix: "", targetGroupArnSuffix: "" }),
].flatMap((metrics) => Object.values(metrics));

/** A new alarm that goes off at something else than a stack's of that metric, or never. */
export function otherMetric(alarm: Attributes): Alarm[] {
  const { metric_name: name, namespace, threshold } = alarm;
  const metric = watched.find((one) => one.metric === name && one.namespace === namespace);
  if (metric === undefined) {
    return name == null ? [] : [availability`watches ${name} of ${namespace}, which no stack has an alarm of`];
  }
  const expected = {
    comparison_operator: metric.at,
    evaluation_periods: metric.periods,
    period: metric.period,
    statistic: metric.statistic,
    ...(!ofSizes.includes(metric.metric) && { threshold: metric.threshold }),
  };
  return [
    ...Object.entries(expected)
      .filter(([argument, value]) => String(alarm[argument]) !== String(value))
      .map(
        ([argument, value]) =>
          availability`may never go off, or too late: ${words(argument)} is ${alarm[argument]}, where stacks have ${String(value)}`,
      ),
    ...(Number(threshold) > 0 || !ofSizes.includes(metric.metric)
      ? []
      : [availability`never goes off: its threshold is ${threshold}`]),
  ];
}

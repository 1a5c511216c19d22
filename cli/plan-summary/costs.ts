import { majorMinor } from "../../config/compare-versions";
import { domainSupportCost, extendedSupportCost } from "../../config/tables/extended-support";
import { type Attributes, attributesOf, block } from "../../resources/attributes";
import { type Phrase, phrase } from "../../resources/phrase";
import { kindOf } from "../../resources/plan/kinds";
import type { Plan } from "../../resources/plan/plan";
import { type Item, item } from "./items";

/** What AWS charges beside a resource for a version that is out of standard support, where the plan brings it or changes the amount. */
export function costsOf({ resource_changes: changes }: Plan): Item[] {
  return changes.flatMap((resource) => {
    const { before, after } = resource.change;
    const cost = chargeOf(resource.type, attributesOf(after));
    const former = chargeOf(resource.type, attributesOf(before));
    return cost === undefined || kindOf(resource) === undefined || cost.amount === former?.amount
      ? []
      : [item(phrase`${resource.address}: ${cost.said}`)];
  });
}

interface Charge {
  readonly said: Phrase;
  /** What tells one from another. */
  readonly amount: string;
}

function chargeOf(type: string, attributes: Attributes): Charge | undefined {
  if (type === "aws_db_instance") {
    const { engine, engine_version, engine_lifecycle_support, instance_class, multi_az } = attributes;
    const version = majorMinor(String(engine_version));
    const cost = extendedSupportCost(version, { instanceClass: String(instance_class), multiAz: multi_az === true });
    return engine !== "mysql" || cost === undefined || String(engine_lifecycle_support).endsWith("support-disabled")
      ? undefined
      : {
          said: phrase`RDS Extended Support of MySQL ${version}, about USD ${cost.month} a month at the rate of us-east-1`,
          amount: String(cost.month),
        };
  }
  const { instance_type: instanceType, instance_count: instances } = block(attributes.cluster_config);
  const version = String(attributes.elasticsearch_version);
  const month =
    type === "aws_elasticsearch_domain"
      ? domainSupportCost(version, {
          instanceType: String(instanceType),
          instances: Number(instances ?? 1),
        })
      : undefined;
  return month === undefined
    ? undefined
    : {
        said: phrase`extended support of Elasticsearch ${version}, about USD ${month} a month at the rate of us-east-1`,
        amount: String(month),
      };
}

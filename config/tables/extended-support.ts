import { checkedOn, endOfLifeDates, endOfStandardSupport } from "./end-of-life";

/**
 * What RDS Extended Support of MySQL costs, USD per vCPU and hour in us-east-1, beside the instance itself; other regions differ.
 * Looked up on 2026-11-27 in pages that quote https://aws.amazon.com/rds/mysql/pricing/. Standby instances count as well:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/extended-support-charges.html.
 */
const usdPerHour = { firstTwoYears: 0.1, thirdYear: 0.2 };

/** Hours that AWS's own prices by the month count. */
const hoursOfMonth = 730;

/** What RDS Extended Support of an instance costs at the date of the table. */
export interface ExtendedSupportCost {
  readonly vcpus: number;
  /** USD per vCPU and hour. */
  readonly rate: number;
  /** USD. */
  readonly month: number;
}

/**
 * What RDS charges for an instance whose MySQL is out of standard support; undefined where it is not, or the class is not known.
 * @param version of MySQL, as 8.0
 */
export function extendedSupportCost(
  version: string,
  { instanceClass, multiAz }: { readonly instanceClass: string; readonly multiAz: boolean },
): ExtendedSupportCost | undefined {
  const ended = endOfLifeDates.find((row) => row.product === "MySQL" && row.version === version)?.standardSupport;
  const perInstance = vcpusOf(instanceClass);
  if (ended === undefined || ended >= checkedOn || perInstance === undefined) {
    return undefined;
  }
  const thirdYear = ended.replace(/^\d{4}/, (year) => String(Number(year) + 2));
  const rate = checkedOn > thirdYear ? usdPerHour.thirdYear : usdPerHour.firstTwoYears;
  const vcpus = perInstance * (multiAz ? 2 : 1);
  return { vcpus, rate, month: Math.round(vcpus * rate * hoursOfMonth) };
}

/** vCPUs of a class of RDS instances, as of db.t3.medium: https://aws.amazon.com/rds/instance-types/. */
function vcpusOf(instanceClass: string): number | undefined {
  if (["db.t2.micro", "db.t2.small", "db.m3.medium"].includes(instanceClass)) {
    return 1;
  }
  const [, size = "", times = "1"] = /^db\.\w+\.((?:micro|small|medium|large)|(\d*)xlarge)$/.exec(instanceClass) ?? [];
  return size === "" ? undefined : size.endsWith("xlarge") ? 4 * Number(times || 1) : 2;
}

/**
 * What extended support of Elasticsearch costs, USD per normalized instance hour in us-east-1, beside the instance itself; other regions
 * differ. Looked up on 2026-11-28 in "Calculating extended support charges" of
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/what-is.html.
 */
export const usdPerNormalizedHour = 0.0065;

/** How many normalized hours an hour of an instance is, by its size; of the sizes in `xlarge`, 8 times the number. */
const normalization: Readonly<Record<string, number>> = { nano: 0.25, micro: 0.5, small: 1, medium: 2, large: 4 };

/**
 * What AWS charges a month for a domain whose Elasticsearch is out of standard support, in USD; undefined where it is not, or the size of
 * its instances is not known.
 * @param version of Elasticsearch, as 1.5
 */
export function domainSupportCost(
  version: string,
  { instanceType, instances }: { readonly instanceType: string; readonly instances: number },
): number | undefined {
  const [, size = "", times = "1"] = /^\w+\.((\d*)xlarge|\w+)\.\w+$/.exec(instanceType) ?? [];
  const factor = size.endsWith("xlarge") ? 8 * Number(times || 1) : normalization[size];
  return endOfStandardSupport("Elasticsearch", version) === undefined || factor === undefined
    ? undefined
    : Math.round(instances * factor * usdPerNormalizedHour * hoursOfMonth);
}

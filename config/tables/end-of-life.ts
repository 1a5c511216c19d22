/** The day on which the table below was checked. Synth reads no clock: it compares with this day. */
export const checkedOn = "2026-11-24";

/** When the maker of a version stops to fix it for free. */
export interface EndOfLife {
  readonly product: "Ubuntu" | "MySQL" | "Elasticsearch" | "EMR";
  readonly version: string;
  /** Last day of standard support, ISO 8601. */
  readonly standardSupport: string;
  /** What comes after, for whom and until when. */
  readonly afterwards: string;
  /** Page that says so. */
  readonly source: string;
}

const ubuntu = "https://ubuntu.com/about/release-cycle";
const rds = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html";
const elasticsearch =
  "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/what-is.html#choosing-version";
const emr = "https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-standard-support.html";

/** The versions that releases and defaults ask for, and the runbook's, with their last day of standard support. */
export const endOfLifeDates: readonly EndOfLife[] = [
  row("Ubuntu", "16.04", "2021-04-30", "only Ubuntu Pro has security updates, against payment", ubuntu),
  row("Ubuntu", "20.04", "2025-05-31", "only Ubuntu Pro has security updates, until May 2030", ubuntu),
  row("MySQL", "5.6", "2022-03-01", "RDS makes no new instance", rds),
  row("MySQL", "5.7", "2024-02-29", "RDS charges for Extended Support, until 2027-02-28", rds),
  row("MySQL", "8.0", "2026-07-31", "RDS charges for Extended Support, until 2029-07-31", rds),
  row("MySQL", "8.4", "2029-07-31", "RDS charges for Extended Support from then on", rds),
  row(
    "Elasticsearch",
    "1.5",
    "2025-11-07",
    "AWS charges for extended support, which its table ends on 2026-11-07",
    elasticsearch,
  ),
  row("Elasticsearch", "7.10", "2027-11-07", "AWS charges for extended support from then on", elasticsearch),
  // EMR supports a release for 24 months; both dates are the latest possible ones, of releases from before the change of S3's signatures on 2020-06-24.
  row("EMR", "emr-4.7.2", "2018-07-14", "clusters start, but AWS fixes nothing", emr),
  row("EMR", "emr-4.9.6", "2022-06-24", "clusters start, but AWS fixes nothing", emr),
];

/** The last day of standard support where it is before the day the table was checked on. */
export function endOfStandardSupport(product: EndOfLife["product"], version: string): EndOfLife | undefined {
  return endOfLifeDates.find(
    (row) => row.product === product && row.version === version && row.standardSupport < checkedOn,
  );
}

function row(
  product: EndOfLife["product"],
  version: string,
  standardSupport: string,
  afterwards: string,
  source: string,
): EndOfLife {
  return { product, version, standardSupport, afterwards, source };
}

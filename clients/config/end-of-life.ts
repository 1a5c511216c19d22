/** The day on which the dates below were read from their sources. Synth reads no clock: it compares with this day. */
export const checkedOn = "2026-11-24";

/** When the maker of a version stops to mend it for free. */
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

/** The versions that the project can ask AWS for, with their last day of standard support. */
export const endsOfLife: readonly EndOfLife[] = [];

/** The last day of standard support where it is before the day the table was checked on. */
export function endOfStandardSupport(product: EndOfLife["product"], version: string): EndOfLife | undefined {
  return endsOfLife.find(
    (row) => row.product === product && row.version === version && row.standardSupport < checkedOn,
  );
}

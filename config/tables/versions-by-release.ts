/** What an Open edX release asks of AWS. */
export interface Release {
  /**
   * Elasticsearch version of the Data API and the pipeline.
   * @default - none; the release has dropped it
   */
  readonly elasticsearch?: "1.5" | "7.10";
  /** MySQL version that the release's own connector and ORM speak, as RDS names it. */
  readonly mysql: "5.7" | "8.0";
  /** Ubuntu LTS that the release's playbooks run on. */
  readonly ubuntu: "16.04" | "20.04";
}

const firstUbuntu: Release = { elasticsearch: "1.5", mysql: "5.7", ubuntu: "16.04" };
const secondUbuntu: Release = { elasticsearch: "1.5", mysql: "5.7", ubuntu: "20.04" };
const withoutElasticsearch: Release = { mysql: "8.0", ubuntu: "20.04" };

/** The named releases, oldest first. From Redwood on, none of Analytics' repositories has a branch of the release. */
export const releaseNames = [
  "ficus",
  "ginkgo",
  "hawthorn",
  "ironwood",
  "juniper",
  "koa",
  "lilac",
  "maple",
  "nutmeg",
  "olive",
  "palm",
  "quince",
  "redwood",
  "sumac",
  "teak",
] as const;

/** Name of a release, as in `nutmeg`. */
export type ReleaseName = (typeof releaseNames)[number];

/**
 * What their edX playbooks and pipeline need. Maple and before stay on MySQL 5.7: the pipeline's connector 5.1.35 does
 * not speak to 8.0. The Data API dropped Elasticsearch with Olive.
 */
export const releases: Readonly<Record<ReleaseName, Release>> = {
  ficus: firstUbuntu,
  ginkgo: firstUbuntu,
  hawthorn: firstUbuntu,
  ironwood: firstUbuntu,
  juniper: firstUbuntu,
  koa: secondUbuntu,
  lilac: secondUbuntu,
  maple: { elasticsearch: "7.10", mysql: "5.7", ubuntu: "20.04" },
  nutmeg: { elasticsearch: "7.10", mysql: "8.0", ubuntu: "20.04" },
  olive: withoutElasticsearch,
  palm: withoutElasticsearch,
  quince: withoutElasticsearch,
  redwood: withoutElasticsearch,
  sumac: withoutElasticsearch,
  teak: withoutElasticsearch,
};

/** Whether a release is `first` or a later one. */
export function since(first: ReleaseName, release: ReleaseName): boolean {
  return releaseNames.indexOf(release) >= releaseNames.indexOf(first);
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type ReleaseName, releaseNames } from "../../config/tables/versions-by-release";

/** Releases, as in `ficus` or `ficus-ginkgo`. */
type Span = string;

interface Roles {
  readonly variables: Readonly<Record<string, Readonly<Record<Span, string>>>>;
  readonly placeholders: Readonly<Record<string, Readonly<Record<Span, unknown>>>>;
}

interface Pipeline {
  readonly lists: Readonly<Record<Span, "lines" | "JSON">>;
  readonly elasticsearchHost: Readonly<Record<Span, "list" | "text">>;
  readonly options: Readonly<Record<string, readonly Span[]>>;
  readonly luigi: Readonly<Record<string, readonly Span[]>>;
  readonly required: Readonly<
    Record<"always" | "elasticsearch" | "reports", Readonly<Record<string, readonly Span[]>>>
  >;
}

interface Automation {
  readonly emrVars: Readonly<Record<string, readonly Span[]>>;
  readonly environment: Readonly<Record<string, readonly Span[]>>;
  readonly required: Readonly<Record<string, readonly Span[]>>;
}

/** What the readers of the configuration files take, by release; each file's `about` says where it is from. */
export const consumers = {
  roles: read<Roles>("roles"),
  pipeline: read<Pipeline>("pipeline"),
  automation: read<Automation>("automation"),
};

/** Keys of a table that a release has. */
export function keysIn(table: Readonly<Record<string, object>>, release: ReleaseName): string[] {
  return Object.entries(table).flatMap(([key, spans]) => (within(spansOf(spans), release) ? [key] : []));
}

/** The value that a table has for a release. */
export function valueIn<T>(table: Readonly<Record<Span, T>>, release: ReleaseName): T | undefined {
  return Object.entries(table).find(([span]) => within([span], release))?.[1];
}

function spansOf(spans: object): string[] {
  return Array.isArray(spans) ? spans : Object.keys(spans);
}

/** What operators have of a release without branches is judged by the last that has some. */
function within(spans: readonly Span[], release: ReleaseName): boolean {
  const index = (name: string) => releaseNames.indexOf(name as ReleaseName);
  const at = Math.min(index(release), index("quince"));
  return spans.some((span) => {
    const [first = "", last = first] = span.split("-");
    return index(first) <= at && at <= index(last);
  });
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(__dirname, `${name}.json`), "utf8")) as T;
}

import type { Format, Group } from "./formats/format";
import { type Change, merge } from "./merge";
import { isValues, missingIn, type Source, type Values } from "./value";

/** One of the six files, before it is written. */
export interface ConfigFile {
  /** Its place in the client's secure repository, as in `analytics-tasks/jenkins_env`. */
  readonly path: string;
  readonly format: Format;
  /** What it holds, in the order in which it is written. */
  readonly groups: readonly { readonly title: string; readonly values: Values }[];
}

/** A file as it would be written. */
export interface Rendered {
  readonly path: string;
  readonly text: string;
  readonly values: Values;
  /** Values of the existing file that would change; empty where the file is new. */
  readonly changes: readonly Change[];
  /** Paths of values that were added by hand, and are kept. */
  readonly kept: readonly string[];
  /** Paths of missing values, and where they come from. */
  readonly missing: readonly (readonly [path: string, source: Source])[];
}

/**
 * Renders a file, merged with the existing one.
 * @param client name of the client, for the header
 * @param extra values from the client's file, which take precedence over the rendered ones
 * @param existing text of the existing file
 * @default - there is none
 * @throws FormatError where that text is no such file, or a value has no form in one
 */
export function render(file: ConfigFile, client: string, extra: Values, existing?: string): Rendered {
  const rendered = overlaid(Object.assign({}, ...file.groups.map(({ values }) => values)), extra);
  const { values, changes, kept } = merge(rendered, existing === undefined ? {} : file.format.read(existing));
  const known: Group[] = file.groups.map(({ title, values: group }) => ({ title, keys: Object.keys(group) }));
  const grouped = new Set(known.flatMap(({ keys }) => keys));
  const rest = Object.keys(values).filter((key) => !grouped.has(key));
  const groups = [
    ...known,
    {
      title: `From \`configurationFiles.extra\` in clients/${client}.ts`,
      keys: rest.filter((key) => Object.hasOwn(extra, key)),
    },
    { title: "Added by hand, and kept", keys: rest.filter((key) => !Object.hasOwn(extra, key)) },
  ];
  return {
    path: file.path,
    text: file.format.write(values, header(client), groups),
    values,
    changes: existing === undefined ? [] : changes,
    kept,
    missing: missingIn(values),
  };
}

function header(client: string): string[] {
  return [
    `Made by \`npx edx-analytics config-files ${client}\`, from the deployed stack, clients/${client}.ts and SSM.`,
    "Change values there: a value that is changed here becomes what it was. Keys that are added here stay.",
  ];
}

/** Some values with others over them, key by key. */
function overlaid(below: Values, above: Values): Values {
  const over = Object.entries(above).map(([key, value]): [string, Values[string]] => {
    const under = Object.hasOwn(below, key) ? below[key] : undefined;
    return [key, isValues(under) && isValues(value) ? overlaid(under, value) : value];
  });
  return { ...below, ...Object.fromEntries(over) };
}

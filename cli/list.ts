import type { Command } from "commander";
import { type GroupedWarning, groupedWarnings } from "../config/checks/grouped-warnings";
import { endOfLifeDatesOf, endOfLifeWarning } from "../config/checks/warnings";
import type { Described } from "../config/client";
import { type Fleet, fileNames, loadFleet } from "../config/load/load";
import { ClientFileError } from "../config/load/problem";
import { checkedOn, type EndOfLife } from "../config/tables/end-of-life";
import { aligned, indented, wrapped } from "./layout";
import type { Style, Terminal } from "./terminal";

/** A client or shared stack, as `--json` writes it; what a shared stack has none of is null. */
export interface Entry {
  readonly kind: "client" | "shared-stack";
  readonly name: string;
  readonly release: string | null;
  readonly accountId: string;
  readonly region: string;
  /** Iteration that has the Elastic IP. */
  readonly activeHosts: string | null;
  /** Iteration that hosts and configuration files point to. */
  readonly activeDatabase: string | null;
  /** End-of-life dates of what the client runs on, the earliest first. */
  readonly endsOfLife: readonly (EndOfLife & { readonly ended: boolean })[];
  /** Everything that synth warns of, the end-of-life dates of the coming year among it. */
  readonly warnings: readonly string[];
}

export function addList(program: Command, terminal: Terminal): void {
  program
    .command("list")
    .summary("list all clients with release, account, region, end-of-life dates and warnings")
    .description(
      "Lists all clients and shared stacks: release, account, region, active iterations, end-of-life dates and warnings. " +
        "A client whose file has mistakes is left out, its mistakes are reported, and the exit status is 1.",
    )
    .option("--json", "write an array for programs instead of the table")
    .action((options: { json?: boolean }) => {
      const { fleet, mistakes } = readFleet(loadFleet, fileNames());
      const entries = [...fleet.clients, ...fleet.shared].map(entryOf);
      terminal.result(options.json ? JSON.stringify(entries, null, 2) : report(entries, terminal));
      if (mistakes) {
        throw mistakes;
      }
    });
}

/**
 * All client files; where there are mistakes, those that can be read by themselves.
 * @param load reads all files, or the one that is named
 * @param names the files' names
 * @returns the mistakes too, in single files and in all of them together
 */
export function readFleet(
  load: (only?: string) => Fleet,
  names: readonly string[],
): { readonly fleet: Fleet; readonly mistakes?: ClientFileError } {
  const all = fleetOrMistakes(load);
  if (!(all instanceof ClientFileError)) {
    return { fleet: all };
  }
  const alone = names.map((name) => fleetOrMistakes(() => load(name)));
  const readable = alone.flatMap((found) => (found instanceof ClientFileError ? [] : [found]));
  return {
    fleet: {
      clients: readable.flatMap(({ clients }) => clients),
      shared: readable.flatMap(({ shared }) => shared),
    },
    mistakes: all,
  };
}

function fleetOrMistakes(load: () => Fleet): Fleet | ClientFileError {
  try {
    return load();
  } catch (error) {
    if (error instanceof ClientFileError) {
      return error;
    }
    throw error;
  }
}

export function entryOf(described: Described): Entry {
  const { kind, name, accountId, region } = described;
  const client = described.kind === "client" ? described : undefined;
  const endsOfLife = client === undefined ? [] : endOfLifeDatesOf(client);
  return {
    kind,
    name,
    release: client?.release ?? null,
    accountId,
    region,
    activeHosts: client?.hosts.active ?? null,
    activeDatabase: client?.database.active ?? null,
    endsOfLife: endsOfLife
      .map((row) => ({ ...row, ended: row.standardSupport < checkedOn }))
      .sort((one, other) => one.standardSupport.localeCompare(other.standardSupport)),
    warnings: client?.warnings ?? [],
  };
}

/** The tables, with the active iterations, and below them what there is to know of the clients: each end-of-life date and warning once. */
export function report(entries: readonly Entry[], { columns, styled }: Pick<Terminal, "columns" | "styled">): string {
  const clients = entries.filter(({ kind }) => kind === "client");
  const shared = entries.filter(({ kind }) => kind === "shared-stack");
  const tables = [
    [
      ["NAME", "RELEASE", "ACCOUNT", "REGION", "ACTIVE ITERATIONS", "WARNINGS"],
      ...clients.map(({ name, release, accountId, region, activeHosts, activeDatabase, warnings }) => [
        name,
        String(release),
        accountId,
        region,
        `hosts ${activeHosts}, database ${activeDatabase}`,
        String(warnings.length),
      ]),
    ],
    [["SHARED STACK", "ACCOUNT", "REGION"], ...shared.map(({ name, accountId, region }) => [name, accountId, region])],
  ];
  const ends = endsOfLife(clients);
  const said = clients.flatMap((entry) => entry.endsOfLife.map(endOfLifeWarning));
  const warnings = groupedWarnings(clients).filter(({ text }) => !said.includes(text));
  const item = (style: Style | undefined, { text, clients: names }: GroupedWarning) => {
    const [first = "", ...rest] = wrapped(text, columns && columns - 4);
    const whose = indented(wrapped(names.join(", "), columns && columns - 4), 4);
    return [`  ${style ? styled(style, first) : first}`, ...indented(rest, 4), ...whose];
  };
  const section = (title: string, items: readonly string[][]) =>
    items.length === 0 ? [] : ["", styled("heading", title), ...items.flat()];
  return [
    ...tables
      .filter((rows) => rows.length > 1)
      .flatMap((rows, index) => [...(index > 0 ? [""] : []), ...aligned(rows)]),
    ...section(
      "End-of-life dates",
      ends.map(({ ended, ...end }) => item(ended ? "notable" : undefined, end)),
    ),
    ...section(
      "Warnings",
      warnings.map((warning) => item(undefined, warning)),
    ),
  ].join("\n");
}

/** Each version's end of life, the earliest first, with the clients that run on it. */
function endsOfLife(entries: readonly Entry[]): (GroupedWarning & { readonly ended: boolean })[] {
  const lines = entries.map(({ name, endsOfLife: ends }) => ({ name, warnings: ends.map(lineOf) }));
  const ends = entries.flatMap((entry) => entry.endsOfLife);
  return groupedWarnings(lines)
    .map((line) => ({ ...line, end: ends.find((end) => lineOf(end) === line.text) }))
    .sort((one, other) => (one.end?.standardSupport ?? "").localeCompare(other.end?.standardSupport ?? ""))
    .map(({ end, ...line }) => ({ ...line, ended: end?.ended === true }));
}

function lineOf({ product, version, standardSupport, ended, afterwards }: Entry["endsOfLife"][number]): string {
  return `${product} ${version} ${ended ? "ended" : "ends"} ${standardSupport}: ${afterwards}`;
}

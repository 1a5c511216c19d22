import type { Command } from "commander";
import { endOfLifeDatesOf, endOfLifeWarning } from "../config/checks/warnings";
import type { Described } from "../config/client";
import { type Fleet, fileNames, loadFleet } from "../config/load/load";
import { ClientFileError } from "../config/load/problem";
import { checkedOn, type EndOfLife } from "../config/tables/end-of-life";
import { aligned, count, indented } from "./layout";
import type { Terminal } from "./terminal";

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
    .summary("all clients with release, account, region, end-of-life dates and warnings")
    .description(
      "Lists all clients and shared stacks: release, account, region, active iterations, end-of-life dates and warnings. " +
        "A client whose file has mistakes is left out, its mistakes are reported, and the exit status is 1.",
    )
    .option("--json", "write an array for programs instead of the table")
    .action((options: { json?: boolean }) => {
      const { fleet, mistakes } = readFleet(loadFleet, fileNames());
      const entries = [...fleet.clients, ...fleet.shared].map(entryOf);
      terminal.result(options.json ? JSON.stringify(entries, null, 2) : report(entries));
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

/** The table, and below it what there is to know of each client. */
export function report(entries: readonly Entry[]): string {
  const table = aligned([
    ["NAME", "RELEASE", "ACCOUNT", "REGION", "HOSTS", "DATABASE", "WARNINGS"],
    ...entries.map(({ name, release, accountId, region, activeHosts, activeDatabase, warnings }) =>
      [name, release, accountId, region, activeHosts, activeDatabase, warnings.length].map((cell) =>
        String(cell ?? "-"),
      ),
    ),
  ]);
  return [...table, ...entries.flatMap(details)].join("\n");
}

function details({ name, endsOfLife, warnings }: Entry): string[] {
  const ends = endsOfLife.map(({ product, version, standardSupport, ended, afterwards }) => [
    `${product} ${version}`,
    `${ended ? "ended" : "ends"} ${standardSupport}`,
    afterwards,
  ]);
  const alreadySaid = endsOfLife.map(endOfLifeWarning);
  const others = warnings.filter((warning) => !alreadySaid.includes(warning));
  if (ends.length === 0 && others.length === 0) {
    return [];
  }
  return ["", `${name}: ${count(warnings.length, "warning")}`, ...indented(aligned(ends), 2), ...indented(others, 2)];
}

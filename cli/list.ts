import type { Command } from "commander";
import { endOfLifeDatesOf, endOfLifeWarning } from "../config/checks/warnings";
import type { Client, SharedStack } from "../config/client";
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

/** The client files that could be read, and what is wrong with the others and with all of them together. */
interface Listing {
  readonly fleet: Fleet;
  readonly mistakes?: ClientFileError;
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
      const entries = [...fleet.clients.map(clientEntry), ...fleet.shared.map(sharedEntry)];
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
 */
export function readFleet(load: (only?: string) => Fleet, names: readonly string[]): Listing {
  try {
    return { fleet: load() };
  } catch (mistakes) {
    if (!(mistakes instanceof ClientFileError)) {
      throw mistakes;
    }
    const readable = names.flatMap((name) => readableAlone(load, name));
    return {
      fleet: {
        clients: readable.flatMap(({ clients }) => clients),
        shared: readable.flatMap(({ shared }) => shared),
      },
      mistakes,
    };
  }
}

function readableAlone(load: (only?: string) => Fleet, name: string): Fleet[] {
  try {
    return [load(name)];
  } catch (error) {
    if (error instanceof ClientFileError) {
      return [];
    }
    throw error;
  }
}

export function clientEntry(client: Client): Entry {
  return {
    kind: "client",
    name: client.name,
    release: client.release,
    accountId: client.accountId,
    region: client.region,
    activeHosts: client.hosts.active,
    activeDatabase: client.database.active,
    endsOfLife: endOfLifeDatesOf(client)
      .map((row) => ({ ...row, ended: row.standardSupport < checkedOn }))
      .sort((one, other) => one.standardSupport.localeCompare(other.standardSupport)),
    warnings: client.warnings,
  };
}

export function sharedEntry(shared: SharedStack): Entry {
  return {
    kind: "shared-stack",
    name: shared.name,
    release: null,
    accountId: shared.accountId,
    region: shared.region,
    activeHosts: null,
    activeDatabase: null,
    endsOfLife: [],
    warnings: [],
  };
}

/** The table, and below it what there is to know of each client. */
export function report(entries: readonly Entry[]): string {
  const table = aligned([
    ["NAME", "RELEASE", "ACCOUNT", "REGION", "HOSTS", "DATABASE", "WARNINGS"],
    ...entries.map((entry) => [
      entry.name,
      entry.release ?? "-",
      entry.accountId,
      entry.region,
      entry.activeHosts ?? "-",
      entry.activeDatabase ?? "-",
      String(entry.warnings.length),
    ]),
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

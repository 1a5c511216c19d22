import { join } from "node:path";
import { Fleet } from "./fleet";
import { timed } from "./measure";
import { compareSynth } from "./synth";

type Row = readonly [what: string, cpu: number, note?: string];

/** What docs/performance.md speaks of, part by part. */
const parts: Readonly<Record<string, () => Row[]>> = {
  synth() {
    const { project, bare } = compareSynth(9);
    return [
      ["synth of the shipped clients", project],
      ["the same resources with cdktf alone", bare, `ratio ${(project / bare).toFixed(2)}`],
    ];
  },
  clients() {
    return [...clients(10, 3), ...clients(100, 3), ...clients(1000, 1)];
  },
  jest: () => [tests("jest")],
  integration: () => [tests("integration", "--config", "jest.integration.config.js")],
};

function tests(name: string, ...args: readonly string[]): Row {
  process.stderr.write(`${name}\n`);
  const { cpu, wall } = timed(["node_modules/jest/bin/jest.js", ...args], { folder: join(__dirname, "..", "..") });
  return [name, cpu, `${wall.toFixed(1)} s on the clock`];
}

function clients(size: number, rounds: number): Row[] {
  const fleet = new Fleet(size);
  try {
    // Once unmeasured, as tsx keeps what it has compiled.
    fleet.synth("one", 1);
    const one = fleet.synth("one", 3);
    const all = fleet.synth("all", rounds);
    const each = ((all.cpu - one.cpu) / (size - 1)) * 1000;
    return [
      [`synth of ${size} clients`, all.cpu, `${each.toFixed(0)} ms for each beyond the first`],
      [`CLIENT=x of ${size}`, one.cpu],
    ];
  } finally {
    fleet.remove();
  }
}

function main(names: readonly string[]): void {
  const unknown = names.filter((name) => !(name in parts));
  if (unknown.length > 0)
    throw new Error(`${unknown.join(", ")} is no part; name some of ${Object.keys(parts).join(", ")}.`);
  const rows = Object.entries(parts).flatMap(([name, run]) =>
    names.length === 0 || names.includes(name) ? run() : [],
  );
  console.log("|  | CPU |  |\n| --- | ---: | --- |");
  for (const [what, cpu, note = ""] of rows) console.log(`| ${what} | ${cpu.toFixed(2)} s | ${note} |`);
}

main(process.argv.slice(2));

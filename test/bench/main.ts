import { join } from "node:path";
import { Fleet } from "./fleet";
import { timed } from "./measure";
import { compareSynth } from "./synth";

/** Measures what docs/performance.md speaks of, one after the other. */
function main(): void {
  const { ours, bare } = compareSynth(9);
  const rows: (readonly string[])[] = [
    ["synth of the shipped clients", seconds(ours), ""],
    ["the same resources with cdktf alone", seconds(bare), `ratio ${(ours / bare).toFixed(2)}, at most 1.05`],
  ];
  for (const [size, rounds] of [
    [10, 3],
    [100, 3],
    [1000, 1],
  ] as const) {
    const fleet = new Fleet(size);
    try {
      // Twice the first time: tsx keeps what it has compiled.
      if (size === 10) fleet.synth("one", 1);
      const one = fleet.synth("one", 3);
      const all = fleet.synth("all", rounds);
      const each = (all.cpu - one.cpu) / (size - 1);
      rows.push([
        `synth of ${size} clients`,
        seconds(all.cpu),
        `${(each * 1000).toFixed(0)} ms for each further client`,
      ]);
      rows.push([`CLIENT=x of ${size}`, seconds(one.cpu), ""]);
    } finally {
      fleet.remove();
    }
  }
  process.stderr.write("jest\n");
  const jest = timed(["node_modules/jest/bin/jest.js"], { folder: join(__dirname, "..", "..") });
  rows.push(["jest", seconds(jest.cpu), `${seconds(jest.wall)} on the clock`]);

  console.log("|  | CPU |  |\n| --- | ---: | --- |");
  for (const row of rows) console.log(`| ${row.join(" | ")} |`);
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`;
}

main();

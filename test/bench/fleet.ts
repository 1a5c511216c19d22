import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { medianTook, type Took, timed } from "./measure";

const root = join(__dirname, "..", "..");

/** A copy of the project in a temporary folder, with as many clients as asked for in the place of the shipped ones. */
export class Fleet {
  private readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "edx-analytics-bench-")));

  constructor(readonly size: number) {
    const isKept = (path: string) =>
      !/\/(node_modules|cdktf\.out|\.git)$|\/clients\/[^/]+\.ts$|\/clients\/imports$/.test(path);
    for (const name of copied) cpSync(join(root, name), join(this.folder, name), { recursive: true, filter: isKept });
    mkdirSync(join(this.folder, "cdktf.out"));
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
    for (let number = 1; number <= size; number++) {
      writeFileSync(join(this.folder, "clients", `${nameOf(number)}.ts`), clientFile(number));
    }
  }

  /** A synth of all clients as `npm run synth` runs it, or of the one in the middle. */
  synth(of: "all" | "one", rounds: number): Took {
    const env = of === "one" ? { CLIENT: nameOf(Math.ceil(this.size / 2)) } : {};
    const runs = Array.from({ length: rounds }, (_, round) => {
      process.stderr.write(`synth of ${of} of ${this.size} clients: ${round + 1} of ${rounds}\n`);
      return timed(["--require", "tsx/cjs", "main.ts"], { folder: this.folder, env });
    });
    return medianTook(runs);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** All that a synth reads, beside libraries. */
const copied = [
  "main.ts",
  "cdktf.json",
  "package.json",
  "tsconfig.json",
  "clients",
  "config",
  "modules",
  "stacks",
  "providers",
];

function nameOf(number: number): string {
  return `client-${number}`;
}

/** The shipped example, with an account, a state and buckets of its own. All that the bench knows of client files. */
function clientFile(number: number): string {
  return readFileSync(join(root, "clients", "example.ts"), "utf8")
    .replaceAll("123456789012", String(100_000_000_000 + number))
    .replaceAll("example-", `${nameOf(number)}-`)
    .replaceAll('"example"', `"${nameOf(number)}"`);
}

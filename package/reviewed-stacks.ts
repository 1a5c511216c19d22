import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

declare global {
  /** What `jest -u` and `jest --ci` ask for, as Jest itself names it: set by the preset's environment. */
  var updateSnapshots: "all" | "new" | "none";
}

/** The JSON of stacks as it was reviewed and committed, in a file for each stack. */
export class ReviewedStacks {
  /** The files that were written, to be reviewed. */
  private readonly written: string[] = [];

  /**
   * @param folder where the files are
   * @param update which of them to write
   * @default - those that `jest -u` and `jest --ci` ask for
   */
  constructor(
    private readonly folder: string,
    private readonly update = globalThis.updateSnapshots,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  /** Expects a stack to be as it was reviewed. Writes its file first with `-u`, or outside CI where it has none. */
  expect(name: string, stack: unknown): void {
    const file = this.file(name);
    const text = `${JSON.stringify(stack, sorted, 2)}\n`;
    const missing = !existsSync(file);
    if (this.update === "all" || (this.update === "new" && missing)) {
      if (missing || readFileSync(file, "utf8") !== text) {
        writeFileSync(file, text);
        this.written.push(`__snapshots__/${name}.json`);
      }
    } else if (missing) {
      throw new Error(
        `__snapshots__/${name}.json does not exist; every stack has one. Write it with \`npx jest -u\`, review and commit it.`,
      );
    }
    const [found, reviewed] = [text, readFileSync(file, "utf8")].map((json) => JSON.parse(json, withoutPem));
    try {
      expect(found).toEqual(reviewed);
    } catch (error) {
      throw new Error(
        `${(error as Error).message}\n\n__snapshots__/${name}.json has what was reviewed. Is the change intended? Then write it with \`npx jest -u\`, review and commit it.`,
      );
    }
  }

  /** Says which files were written: a test that passes with them compares a stack with itself. */
  report(): void {
    if (this.written.length > 0) {
      console.log(
        `written: ${this.written.join(", ")}; review and commit ${this.written.length === 1 ? "it" : "them"}`,
      );
    }
  }

  /** The files of other stacks than these. Removes them with `-u`. */
  obsolete(names: readonly string[]): string[] {
    const known = new Set(names.map((name) => `${name}.json`));
    const files = readdirSync(this.folder).filter((file) => !known.has(file));
    if (this.update !== "all") return files;
    for (const file of files) rmSync(join(this.folder, file));
    return [];
  }

  private file(name: string): string {
    return join(this.folder, `${name}.json`);
  }
}

/** Sorts the keys of objects, so that a reviewer sees no difference where there is none. */
function sorted(_key: string, value: unknown): unknown {
  return value !== null && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
}

/** A bundle of certificates in a line: another region's differ in hundreds. */
function withoutPem(_key: string, value: unknown): unknown {
  return typeof value === "string"
    ? value.replace(/(?:-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\s*)+/g, (pem) => {
        const count = pem.split("BEGIN").length - 1;
        return `<${count} PEM certificates, SHA-256 ${createHash("sha256").update(pem).digest("hex")}>`;
      })
    : value;
}

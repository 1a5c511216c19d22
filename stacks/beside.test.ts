import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { loadFleet } from "../config/load/load";
import { requiredVersion, writeBeside } from "./beside";
import type { ClientStack } from "./client-stack";
import { lockFileName, lockFolder } from "./provider-locks";
import { makeStacks } from "./stacks";

let outdir: string;
let stacks: ClientStack[];

beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), "beside-"));
  const app = new App({ outdir, stackTraces: false });
  stacks = makeStacks(app, loadFleet("example"));
  app.synth();
  writeBeside(outdir, stacks);
});

afterAll(() => rmSync(outdir, { recursive: true, force: true }));

const besideOf = ({ node }: ClientStack, name: string) => readFileSync(join(outdir, "stacks", node.id, name), "utf8");

describe("beside each stack's cdk.tf.json", () => {
  it("is its dependency lock file, byte for byte", () => {
    for (const stack of stacks) {
      const committed = readFileSync(join(lockFolder(), lockFileName(stack.lock)), "utf8");
      expect(besideOf(stack, ".terraform.lock.hcl")).toBe(committed);
    }
  });

  it("is the requirement of a Terraform that locks in S3 and knows write-only arguments", () => {
    for (const stack of stacks) {
      expect(besideOf(stack, "versions.tf")).toBe(`terraform {\n  required_version = "${requiredVersion}"\n}\n`);
    }
  });
});

/** As its parser for JSON, which gives up the whole file, and says nothing: it takes each value but those of locals for labels. */
describe("checkov", () => {
  it("finds in cdk.tf.json blocks with labels, and such as it leaves out", () => {
    for (const stack of stacks) {
      const { "//": _, locals, ...sections } = JSON.parse(besideOf(stack, "cdk.tf.json"));
      for (const blocks of Object.values(sections)) {
        const labelled = Array.isArray(blocks) ? blocks.filter((block) => !Array.isArray(block)) : [blocks];
        for (const value of labelled.flatMap((block) => Object.values(block as object))) {
          expect(typeof value).toBe("object");
        }
      }
    }
  });
});

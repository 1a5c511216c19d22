import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App } from "cdktf";
import cdktfJson from "../cdktf.json";
import { loadFleet } from "../config/load/load";
import { closeStackFolders, writeCdktfFolder } from "./cdktf-folder";
import { makeStacks } from "./stacks";

const project = mkdtempSync(join(tmpdir(), "cdktf-folder-"));
const outdir = join(project, "cdktf.out");
const cdktfFolder = join(project, cdktfJson.output);
const stackFolder = (name: string) => join(outdir, "stacks", name);
const read = (...path: string[]) => JSON.parse(readFileSync(join(...path), "utf8"));

function synth(client: string): void {
  const app = new App({ outdir, stackTraces: false });
  makeStacks(app, loadFleet(client));
  app.synth();
  closeStackFolders(app);
  writeCdktfFolder(app, cdktfFolder);
}

beforeAll(() => {
  mkdirSync(stackFolder("birch"), { recursive: true });
  writeFileSync(join(stackFolder("birch"), "errored.tfstate"), "of birch");
  synth("example");
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

describe("what cdktf's command line is told", () => {
  const told = () => read(cdktfFolder, "manifest.json").stacks as Record<string, Record<string, string>>;

  it("is where each stack of this synth is", () => {
    expect(Object.keys(told())).toEqual(["example", "example-databases"]);
    for (const [name, { workingDirectory }] of Object.entries(told())) {
      expect(resolve(cdktfFolder, workingDirectory as string)).toBe(stackFolder(name));
    }
  });

  // It deletes the folders there that are not of this synth's stacks.
  it("is in a folder without other clients' stacks", () => {
    expect(existsSync(join(cdktfFolder, "stacks"))).toBe(false);
  });

  // With a `cloud` block, `cdktf diff` saves no plan.
  it("is each stack as Terraform has it, with a `cloud` block that Terraform never sees", () => {
    const own = read(stackFolder("example"), "cdk.tf.json");

    expect(read(cdktfFolder, told().example?.synthesizedStackPath as string)).toEqual({
      ...own,
      terraform: { ...own.terraform, cloud: {} },
    });
    expect(own.terraform).not.toHaveProperty("cloud");
  });
});

describe("another client's synth", () => {
  it("leaves what Terraform and other synths left, and closes its own folders", () => {
    const left = {
      "errored.tfstate": "of example",
      plan: "saved",
      ".terraform/terraform.tfstate": "backend",
    };
    mkdirSync(join(stackFolder("example"), ".terraform"));
    for (const [file, text] of Object.entries(left)) {
      writeFileSync(join(stackFolder("example"), file), text);
    }
    const before = readFileSync(join(stackFolder("example"), "cdk.tf.json"), "utf8");

    synth("olive");
    synth("example");

    for (const [file, text] of Object.entries(left)) {
      expect(readFileSync(join(stackFolder("example"), file), "utf8")).toBe(text);
    }
    expect(readFileSync(join(stackFolder("example"), "cdk.tf.json"), "utf8")).toBe(before);
    expect(readFileSync(join(stackFolder("birch"), "errored.tfstate"), "utf8")).toBe("of birch");
    expect(statSync(stackFolder("example")).mode & 0o777).toBe(0o700);
    expect(readdirSync(cdktfFolder).filter((file) => !file.endsWith(".json"))).toEqual([]);
  });
});

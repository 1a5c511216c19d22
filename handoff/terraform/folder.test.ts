import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manifest, obstacles, writeFolder } from "./folder";

const files = [
  { name: "network.tf", content: "# network\n" },
  { name: "README.md", content: "# read\n" },
];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "export-test-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe("an exported folder", () => {
  it("is made, with a list of what was written", () => {
    const fresh = join(folder, "deep", "acme");

    expect(obstacles(fresh, files)).toEqual([]);
    writeFolder(fresh, files);

    expect(readdirSync(fresh).sort()).toEqual([manifest, "README.md", "network.tf"]);
  });

  it("is written again while it is not edited, and files that are no longer exported are removed", () => {
    writeFolder(folder, files);
    const changed = [{ name: "network.tf", content: "# another\n" }];

    expect(obstacles(folder, changed)).toEqual([]);
    writeFolder(folder, changed);

    expect(readFileSync(join(folder, "network.tf"), "utf8")).toBe("# another\n");
    expect(existsSync(join(folder, "README.md"))).toBe(false);
  });

  it("is left alone where a file was edited, wanted or not any more", () => {
    writeFolder(folder, files);
    writeFileSync(join(folder, "network.tf"), "# mine\n");
    writeFileSync(join(folder, "README.md"), "# mine\n");

    expect(obstacles(folder, [files[0] as (typeof files)[0]])).toEqual([
      `${join(folder, "README.md")} is not as an export left it`,
      `${join(folder, "network.tf")} is not as an export left it`,
    ]);
  });

  it("is left alone where other configuration is in it, or a file of the same name", () => {
    writeFileSync(join(folder, "main.tf"), "");
    writeFileSync(join(folder, "extra.tf.json"), "{}");
    writeFileSync(join(folder, "README.md"), "# mine\n");

    expect(obstacles(folder, files)).toEqual([
      `${join(folder, "README.md")} is not as an export left it`,
      `${join(folder, "extra.tf.json")} was written by no export`,
      `${join(folder, "main.tf")} was written by no export`,
    ]);
  });

  it("is left alone where the list of what was written cannot be read, or a folder is in a file's place", () => {
    writeFolder(folder, files);
    writeFileSync(join(folder, manifest), "<<<<<<< HEAD\n");
    rmSync(join(folder, "README.md"));
    mkdirSync(join(folder, "README.md"));

    expect(obstacles(folder, files)).toEqual([
      `${join(folder, manifest)} is not as an export left it`,
      `${join(folder, "README.md")} is not as an export left it`,
    ]);
    expect(obstacles(join(folder, "network.tf"), files)).toEqual([`${join(folder, "network.tf")} is no folder`]);
  });

  it("keeps what Terraform and people put beside the configuration", () => {
    writeFolder(folder, files);
    writeFileSync(join(folder, ".terraform.lock.hcl"), "# lock\n");
    writeFileSync(join(folder, "terraform.tfvars"), "# vars\n");

    expect(obstacles(folder, files)).toEqual([]);
    writeFolder(folder, files);

    expect(readFileSync(join(folder, ".terraform.lock.hcl"), "utf8")).toBe("# lock\n");
    expect(readFileSync(join(folder, "terraform.tfvars"), "utf8")).toBe("# vars\n");
  });

  it("can be written again after an export that broke off", () => {
    writeFolder(folder, files);
    const changed = files.map(({ name, content }) => ({ name, content: `${content}# new\n` }));
    writeFileSync(join(folder, "network.tf"), changed[0]?.content ?? "");

    expect(obstacles(folder, changed)).toEqual([]);
  });

  it("is not overwritten once it is taken over: without the list, no file counts as exported", () => {
    writeFolder(folder, files);
    rmSync(join(folder, manifest));

    expect(obstacles(folder, [{ name: "network.tf", content: "# new\n" }])).toEqual([
      `${join(folder, "network.tf")} is not as an export left it`,
    ]);
  });
});

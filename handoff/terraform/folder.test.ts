import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopDiskAfter } from "../../test/stopped-disk";
import { leftOvers } from "../whole-files";
import { incomplete, manifest, obstacles, StagedExport, writeFolder } from "./folder";

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

  it("has files in subfolders of its own, which are written, edited and removed like the others", () => {
    const test = { name: "tests/variables.tftest.hcl", content: "# test\n" };
    writeFolder(folder, [...files, test]);
    writeFileSync(join(folder, "tests", "own.tftest.hcl"), "# own\n");

    expect(obstacles(folder, files)).toEqual([]);
    writeFileSync(join(folder, test.name), "# mine\n");
    expect(obstacles(folder, files)).toEqual([`${join(folder, test.name)} is not as an export left it`]);
    writeFileSync(join(folder, test.name), test.content);
    writeFolder(folder, files);
    expect(readdirSync(join(folder, "tests"))).toEqual(["own.tftest.hcl"]);
  });

  it("is left alone where a subfolder is a link or a file", () => {
    mkdirSync(join(folder, "elsewhere"));
    const acme = join(folder, "acme");
    mkdirSync(acme);
    symlinkSync(join(folder, "elsewhere"), join(acme, "tests"));
    writeFileSync(join(acme, "ci"), "");

    expect(obstacles(acme, files)).toEqual([`${join(acme, "ci")} is no folder`, `${join(acme, "tests")} is no folder`]);
  });

  it("is left alone where it is a link itself, which would lead what is written elsewhere", () => {
    const [elsewhere, acme] = [join(folder, "elsewhere"), join(folder, "acme")];
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, acme);

    expect(obstacles(acme, files)).toEqual([`${acme} is a symbolic link`]);
    rmSync(elsewhere, { recursive: true });
    expect(obstacles(acme, files)).toEqual([`${acme} is a symbolic link`]);
  });

  it("loses no file that a link leads to, whatever its list names", () => {
    const victim = join(folder, "elsewhere", "victim");
    const acme = join(folder, "acme");
    mkdirSync(join(folder, "elsewhere"));
    writeFileSync(victim, "mine");
    writeFolder(acme, files);
    symlinkSync(join(folder, "elsewhere"), join(acme, "deep"));
    const checksum = createHash("sha256").update("mine").digest("hex");
    writeFileSync(join(acme, manifest), JSON.stringify({ "deep/victim": checksum }));
    writeFolder(acme, files);

    expect(readFileSync(victim, "utf8")).toBe("mine");
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

  it.each(["../victim", "/victim", "tests/../victim", "tests/..", "..", ".", "", "..\\victim", ".export.json"])(
    "has no list that names %j: an export removes what is in the folder, and nothing else",
    (name) => {
      const victim = join(folder, "victim");
      writeFileSync(victim, "mine");
      const acme = join(folder, "acme");
      writeFolder(acme, files);
      writeFileSync(join(acme, manifest), JSON.stringify({ [name === "/victim" ? victim : name]: "a".repeat(64) }));

      expect(obstacles(acme, files)).toContain(`${join(acme, manifest)} is not as an export left it`);
      writeFolder(acme, files);
      expect(readFileSync(victim, "utf8")).toBe("mine");
    },
  );

  it("is left alone where a file is a link, and none is written through", () => {
    const victim = join(folder, "victim");
    writeFileSync(victim, files[0]?.content ?? "");
    const acme = join(folder, "acme");
    mkdirSync(acme);
    symlinkSync(victim, join(acme, "network.tf"));

    expect(obstacles(acme, files)).toEqual([`${join(acme, "network.tf")} is not as an export left it`]);
    writeFolder(acme, [{ name: "network.tf", content: "# another\n" }]);
    expect(readFileSync(victim, "utf8")).toBe(files[0]?.content);
  });

  it("is as it was where the disk is full, or a folder is in a file's place", () => {
    writeFolder(folder, files);
    const before = stateOf(folder);
    const inTheWay = [
      { name: "another.tf", content: "# another\n" },
      { name: "terraform.d", content: "" },
    ];
    mkdirSync(join(folder, "terraform.d"));

    expect(() => writeFolder(folder, inTheWay)).toThrow("is a folder");
    rmSync(join(folder, "terraform.d"), { recursive: true });
    expect(stateOf(folder)).toEqual(before);
  });

  it("is not there where a first export breaks off", () => {
    const acme = join(folder, "acme");
    const staged = new StagedExport(acme, files);

    expect(existsSync(acme)).toBe(false);
    staged.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("may have files that are called as what every object has", () => {
    writeFolder(folder, files);
    const list = JSON.parse(readFileSync(join(folder, manifest), "utf8"));
    writeFileSync(join(folder, manifest), JSON.stringify({ ...list, constructor: "a".repeat(64) }));

    writeFolder(folder, files);
    expect(JSON.parse(readFileSync(join(folder, manifest), "utf8"))).toEqual(list);
  });

  describe("whose export was killed", () => {
    const changed = [
      { name: "network.tf", content: "# changed\n" },
      { name: "another.tf", content: "# another\n" },
    ];
    const next = [{ name: "network.tf", content: "# next\n" }];

    it("before the first file was at its place is as it was, and can be written again", () => {
      writeFolder(folder, files);
      const before = stateOf(folder);
      new StagedExport(folder, changed);

      expect(leftOvers(folder)).toEqual([join(folder, ".edx-analytics-partial")]);
      rmSync(join(folder, ".edx-analytics-partial"), { recursive: true });
      expect(stateOf(folder)).toEqual(before);
      new StagedExport(folder, changed);
      expect(obstacles(folder, next)).toEqual([]);
      writeFolder(folder, next);
      expect(Object.keys(stateOf(folder))).toEqual([manifest, "network.tf"]);
    });

    // Folders and links of three former files, four renames, two removals, and the list of the files there are now.
    const steps = [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17];

    it.each(steps)("at step %i has files of one export, or what has Terraform refuse them", (step) => {
      writeFolder(folder, files);
      const staged = new StagedExport(folder, changed);
      stopDiskAfter(step, "is killed");
      expect(() => staged.finish()).toThrow("the disk has stopped");
      jest.restoreAllMocks();

      const { [manifest]: _, ".edx-analytics-partial": __, [incomplete.name]: mark, ...left } = stateOf(folder);
      const isOf = (one: typeof files) => JSON.stringify(left) === JSON.stringify(textsOf(one));
      expect(mark === incomplete.content || isOf(files) || isOf(changed)).toBe(true);
    });

    it.each(steps)("at step %i can be written again, by an export of something else too", (step) => {
      writeFolder(folder, files);
      const staged = new StagedExport(folder, changed);
      stopDiskAfter(step, "is killed");
      expect(() => staged.finish()).toThrow("the disk has stopped");
      jest.restoreAllMocks();
      expect(existsSync(join(folder, manifest))).toBe(true);

      expect(obstacles(folder, next)).toEqual([]);
      writeFolder(folder, next);
      expect(Object.keys(stateOf(folder))).toEqual([manifest, "network.tf"]);
      expect(obstacles(folder, files)).toEqual([]);
    });
  });
});

/** Texts of a folder's files by name. */
function stateOf(path: string): Record<string, string> {
  return textsOf(
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => ({ name, content: readFileSync(join(path, name), "utf8") })),
  );
}

function textsOf(some: readonly { readonly name: string; readonly content: string }[]): Record<string, string> {
  return Object.fromEntries(some.map(({ name, content }) => [name, content] as const).sort());
}

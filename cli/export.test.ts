import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadFleet } from "../config/load/load";
import { type ModuleFile, moduleFiles } from "../handoff/terraform/module-files";
import { fakeTerminal } from "../test/fake-terminal";
import { exportFleet } from "./export";
import { main } from "./main";

let out: string;

beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "export-command-"));
});

afterEach(() => rmSync(out, { recursive: true }));

describe("edx-analytics export", () => {
  it("writes a root module for each stack, and says which files", async () => {
    const terminal = fakeTerminal();

    expect(await main(["export", "olive", "--out", out], terminal)).toBe(0);

    const folder = join(out, "olive");
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining(["README.md", "backend.tf", "network.tf", "outputs.tf", "providers.tf", "versions.tf"]),
    );
    const said = terminal.results.join("\n").split("\n");
    const written = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(said[0]).toBe(`olive: ${written.length - 1} files in ${folder}`);
    expect(said.map((line) => line.replaceAll(/ {2,}/g, " "))).toContain(" versions.tf 12 lines");
    expect(terminal.errors).toEqual([]);
  });

  it("writes a shared stack by its name", async () => {
    const name = "shared-210987654321-eu-central-1";

    expect(await main(["export", name, "--out", out], fakeTerminal())).toBe(0);

    expect(readFileSync(join(out, name, "emr-roles.tf"), "utf8")).toContain('resource "aws_iam_role" "emr_roles_ec2"');
  });

  it("lets each README name the folders beside it, in the order of their applies", async () => {
    await main(["export", "olive", "--out", out], fakeTerminal());

    const readme = readFileSync(join(out, "olive-databases", "README.md"), "utf8");
    const links = [...readme.matchAll(/\]\(\.\.\/(.+)\/README\.md\)/g)].map(([, folder]) => folder as string);
    expect(links).toEqual(["olive-ci", "olive", "olive-databases"]);
    expect(readdirSync(out)).toEqual(expect.arrayContaining(links));
  });

  it("loses nobody's edits: it names the file, writes nothing, and ends with 1", async () => {
    const terminal = fakeTerminal();
    await main(["export", "olive", "--out", out], fakeTerminal());
    const file = join(out, "olive", "network.tf");
    appendFileSync(file, "# mine\n");

    expect(await main(["export", "olive", "--out", out], terminal)).toBe(1);

    expect(terminal.errors.join("\n")).toBe(
      `${file} is not as an export left it.\n\nNothing was written. Move these files away, or name another folder with --out.`,
    );
    expect(readFileSync(file, "utf8")).toMatch(/# mine\n$/);
  });

  it("says which folder cannot be written", async () => {
    const terminal = fakeTerminal();
    writeFileSync(join(out, "file"), "");

    expect(await main(["export", "olive", "--out", join(out, "file")], terminal)).toBe(1);

    expect(terminal.errors.join("\n")).toBe(
      `${join(out, "file", "olive")} cannot be written (ENOTDIR). Name a folder that can with --out, or export again once it can.`,
    );
  });

  it("writes nothing where an empty name would be the folder that it is called in", async () => {
    const terminal = fakeTerminal();

    expect(await main(["export", "olive", "--out", ""], terminal)).toBe(1);

    expect(terminal.errors).toEqual(["--out is empty. Name a folder, or leave it out for `exported`."]);
  });

  it("says of every stack at once what cannot be written as HCL", () => {
    const files = moduleFiles as ModuleFile[];
    const known = files.splice(0);
    let message = "";
    try {
      exportFleet(loadFleet("example"), out);
    } catch (error) {
      message = (error as Error).message;
    } finally {
      files.push(...known);
    }

    const stacks = [...message.matchAll(/^(\S+) cannot be written as HCL; nothing was written\.$/gm)];
    expect(stacks.map(([, stack]) => stack)).toEqual(["example", "example-databases"]);
    expect(readdirSync(out)).toEqual([]);
  });

  it("names the client that was meant", async () => {
    const terminal = fakeTerminal();

    expect(await main(["export", "oliv", "--out", out], terminal)).toBe(1);

    expect(terminal.errors[0]).toContain("Did you mean `olive`?");
    expect(existsSync(join(out, "oliv"))).toBe(false);
  });
});

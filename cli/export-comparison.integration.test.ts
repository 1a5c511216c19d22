import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeTerminal } from "../test/fake-terminal";
import { main } from "./main";

let out: string;

beforeEach(async () => {
  out = mkdtempSync(join(tmpdir(), "export-check-"));
  await main(["export", "example", "--out", out], fakeTerminal());
});

afterEach(() => rmSync(out, { recursive: true }));

const at = (file: string) => join(out, "example", file);
const edit = (file: string, from: string | RegExp, to: string) =>
  writeFileSync(at(file), readFileSync(at(file), "utf8").replace(from, to));

/** What the check says, blanks between columns as one. */
async function check(): Promise<{ status: number; said: string; errors: string }> {
  const terminal = fakeTerminal();
  const status = await main(["export", "example", "--out", out, "--check"], terminal);
  const said = terminal.results.join("\n").replaceAll(/ {2,}/g, " ");
  return { status, said, errors: terminal.errors.join("\n") };
}

describe("edx-analytics export --check", () => {
  it("has nothing to say of a folder as it was exported", async () => {
    const { status, said } = await check();

    expect(said).toContain("example: 0 other values, 0 edited files");
    expect(said).toContain("clients/example.ts says what the folders say.");
    expect(status).toBe(0);
  });

  it("names the field of each value that the team has set, wherever it did", async () => {
    writeFileSync(at("terraform.tfvars"), 'director_instance_type = "t3.small"\nweb_cidr = "0.0.0.0/0"\n');
    writeFileSync(at("more.auto.tfvars.json"), '{ "tags": { "Team": "data" } }');
    edit("variables.tf", /default( +)= 50$/m, "default$1= 80");

    const { status, said, errors } = await check();

    expect(said).toContain("example: 3 other values, 0 edited files");
    expect(said).toContain(' director.instanceType "t3.micro" "t3.small" terraform.tfvars, director_instance_type\n');
    expect(said).toContain(' tags {} {"Team":"data"} more.auto.tfvars.json, tags\n');
    expect(said).toContain(" hosts.iterations.1.diskGiB 50 80 variables.tf, analytics_1_root_volume_size\n");
    expect(errors).toMatch(/^3 differences\. Write the values into clients\/example\.ts/);
    expect(status).toBe(1);
  });

  it("takes a number in quotes for the number, as Terraform does", async () => {
    writeFileSync(at("terraform.tfvars"), 'expire_after_days = "90"\n');

    expect((await check()).status).toBe(0);
  });

  it("names files that were edited, added and removed, with the lines", async () => {
    edit("director.tf", /^( +)disable_api_termination( +)= true$/m, "$1disable_api_termination$2= false");
    appendFileSync(at("variables.tf"), 'variable "team" {\n  default = "data"\n}\n');
    writeFileSync(at("more.tf"), "locals {\n  more = 1\n}\n");
    rmSync(at("outputs.tf"));

    const { status, said } = await check();

    expect(said).toContain("example: 0 other values, 4 edited files");
    expect(said).toMatch(
      /director\.tf: 1 line of the folder's own, 1 line missing\n \+ disable_api_termination = false\n/,
    );
    expect(said).toContain("more.tf: 3 lines of the folder's own, 0 lines missing");
    expect(said).toMatch(/outputs\.tf: 0 lines of the folder's own, \d+ lines missing/);
    expect(said).toContain("variables.tf: 3 lines of the folder's own, 0 lines missing");
    expect(status).toBe(1);
  });

  it("says where a file cannot be read", async () => {
    writeFileSync(at("terraform.tfvars"), "tags = = 1\n");

    const { status, errors } = await check();

    expect(errors).toMatch(/terraform\.tfvars cannot be read: .*terraform\.tfvars:1/s);
    expect(status).toBe(1);
  });
});

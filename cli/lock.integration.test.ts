import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeTerminal } from "../test/fake-terminal";
import { lock, report } from "./lock";
import { main } from "./main";

const folder = mkdtempSync(join(tmpdir(), "lock-test-"));
const locks = join(folder, "locks");
const program = join(folder, "terraform");
const { TERRAFORM_BINARY_NAME } = process.env;

/** A block as Terraform writes it. */
function block(source: string, version: string, hashes: readonly string[], registry = "registry.terraform.io"): string {
  const list = hashes.map((hash) => `    "${hash}",\n`).join("");
  return `\nprovider "${registry}/${source}" {\n  version     = "${version}"\n  constraints = ">= 1.0.0"\n  hashes = [\n${list}  ]\n}\n`;
}

const header =
  '# This file is maintained automatically by "terraform init".\n# Manual edits may be lost in future updates.\n';

/** A program in Terraform's place, which keeps what it was given and locks what `written` says. */
function install(written: string, { version = "Terraform v1.11.4", status = 0 } = {}): void {
  writeFileSync(join(folder, "written"), written);
  writeFileSync(
    program,
    `#!/bin/sh
if [ "$1" = version ]; then echo "${version}"; exit; fi
printf '%s\\n' "$@" >'${join(folder, "args")}'
cp .terraform.lock.hcl '${join(folder, "lock")}'
cp main.tf.json '${join(folder, "main.tf.json")}'
cat '${join(folder, "written")}' >.terraform.lock.hcl
printf '%s\\n' '- Fetching hashicorp/aws 5.100.0 for linux_amd64...' '' 'Success!'
[ ${status} = 0 ] || echo 'Error: Could not retrieve providers for locking' >&2
exit ${status}
`,
    { mode: 0o755 },
  );
}

function given() {
  const text = (file: string) => readFileSync(join(folder, file), "utf8");
  return {
    args: text("args").trimEnd().split("\n"),
    lock: text("lock"),
    required: Object.keys(JSON.parse(text("main.tf.json")).terraform.required_providers),
  };
}

function former(kind: string, text: string): void {
  mkdirSync(locks, { recursive: true });
  writeFileSync(join(locks, `${kind}.terraform.lock.hcl`), header + text);
}

function written(kind: string): string {
  return readFileSync(join(locks, `${kind}.terraform.lock.hcl`), "utf8");
}

const options = { platform: ["linux_amd64", "darwin_arm64"] };
const aws = block("hashicorp/aws", "5.100.0", ["h1:a=", "zh:b"]);
const mysql = block("petoju/mysql", "3.0.94", ["h1:m="]);

beforeEach(() => {
  process.env.TERRAFORM_BINARY_NAME = program;
});

afterEach(() => {
  rmSync(locks, { recursive: true, force: true });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  if (TERRAFORM_BINARY_NAME === undefined) {
    delete process.env.TERRAFORM_BINARY_NAME;
  } else {
    process.env.TERRAFORM_BINARY_NAME = TERRAFORM_BINARY_NAME;
  }
});

describe("edx-analytics lock", () => {
  it("writes a file for each kind, with the providers of that kind alone, from one run", async () => {
    install(header + aws + mysql);
    const terminal = fakeTerminal();

    const changes = await lock(["aws", "databases"], options, terminal, locks);

    expect(written("aws")).toBe(header + aws);
    expect(written("databases")).toBe(header + aws + mysql);
    expect(report(changes)).toContain("registry.terraform.io/petoju/mysql   new: 3.0.94   1 checksum");
    expect(terminal.errors).toContain("  Fetching hashicorp/aws 5.100.0 for linux_amd64...");
    expect(given().args).toEqual(["providers", "lock", "-no-color", "-platform=linux_amd64", "-platform=darwin_arm64"]);
    expect(given().required).toEqual(["aws", "mysql"]);
  });

  it("keeps versions, as Terraform does with the former file", async () => {
    former("aws", aws);
    install(header + aws);

    const changes = await lock(["aws"], options, fakeTerminal(), locks);

    expect(given().lock).toBe(header + aws);
    expect(report(changes)).toMatch(/5\.100\.0 {2}unchanged\nNothing has changed\.$/);
  });

  it("takes the newest versions with --upgrade, and says from which to which", async () => {
    former("aws", aws);
    install(header + block("hashicorp/aws", "6.25.0", ["h1:c="]));

    const changes = await lock(["aws"], { ...options, upgrade: true }, fakeTerminal(), locks);

    expect(given().lock).toBe(header);
    expect(report(changes)).toMatch(/5\.100\.0 → 6\.25\.0 {2}1 checksum\n/);
    expect(written("aws")).toContain("6.25.0");
  });

  it("keeps the checksums of all platforms where an upgrade finds the same version for fewer", async () => {
    former("aws", aws);
    install(header + block("hashicorp/aws", "5.100.0", ["h1:a="]));

    await lock(["aws"], { ...options, upgrade: true }, fakeTerminal(), locks);

    expect(written("aws")).toBe(header + aws);
  });

  it("says where the same version has other checksums, as from a mirror with packages of its own", async () => {
    former("aws", aws);
    install(header + block("hashicorp/aws", "5.100.0", ["h1:a=", "h1:other=", "zh:b"]));

    expect(report(await lock(["aws"], options, fakeTerminal(), locks))).toContain("1 checksum added");
  });

  it("names a mirror to Terraform, a folder by its whole path", async () => {
    install(header + aws);

    await lock(["aws"], { ...options, fsMirror: "mirror" }, fakeTerminal(), locks);
    expect(given().args.at(-1)).toBe(`-fs-mirror=${join(process.cwd(), "mirror")}`);
    await lock(["aws"], { ...options, netMirror: "https://example.com/" }, fakeTerminal(), locks);
    expect(given().args.at(-1)).toBe("-net-mirror=https://example.com/");
  });

  it("locks from OpenTofu's registry with OpenTofu, whose versions Terraform's file does not keep", async () => {
    former("aws", aws);
    const tofu = block("hashicorp/aws", "5.100.0", ["h1:t="], "registry.opentofu.org");
    install(header + tofu, { version: "OpenTofu v1.11.0" });

    const changes = await lock(["aws"], options, fakeTerminal(), locks);

    expect(given().lock).toBe(header);
    expect(written("aws")).toBe(header + tofu);
    expect(report(changes)).toContain("5.100.0 of registry.terraform.io/hashicorp/aws → 5.100.0");
  });

  it("changes no file where Terraform fails, and says what Terraform says", async () => {
    former("aws", aws);
    install(header + mysql, { status: 1 });

    await expect(lock(["aws", "databases"], options, fakeTerminal(), locks)).rejects.toThrow(
      /ended with status 1, and nothing was changed:\n\nError: Could not retrieve providers for locking[\s\S]*--fs-mirror/,
    );
    expect(readdirSync(locks)).toEqual(["aws.terraform.lock.hcl"]);
    expect(written("aws")).toBe(header + aws);
  });

  it("changes no file where a provider of any kind is missing in what was locked", async () => {
    former("aws", block("hashicorp/aws", "5.99.0", ["h1:z="]));
    install(header + aws);

    await expect(lock(["aws", "databases"], options, fakeTerminal(), locks)).rejects.toThrow(
      "registry.terraform.io/petoju/mysql is not in what was locked. Nothing was changed.",
    );
    expect(written("aws")).toContain("5.99.0");
  });

  it("says which folder cannot be written", async () => {
    install(header + aws);
    const inAFile = join(program, "locks");

    await expect(lock(["aws"], options, fakeTerminal(), inAFile)).rejects.toThrow(
      `${inAFile} cannot be written (ENOTDIR). Lock again once it can.`,
    );
  });

  it("says what to install where the program is missing", async () => {
    process.env.TERRAFORM_BINARY_NAME = join(folder, "nowhere");

    await expect(lock(["aws"], options, fakeTerminal(), locks)).rejects.toThrow(/cannot be run .* Install Terraform/);
  });

  it("refuses kinds that it does not know, before anything is run", async () => {
    const terminal = fakeTerminal();

    expect(await main(["lock", "ecs"], terminal)).toBe(1);
    expect(terminal.errors.join("\n")).toContain("Allowed choices are aws, databases");
  });
});

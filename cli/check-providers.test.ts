import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { fakeTerminal } from "../test/fake-terminal";
import { mockClient } from "../test/mock-client";
import { main } from "./main";

const s3 = mockClient(S3Client);
const root = mkdtempSync(join(tmpdir(), "check-providers-"));
const folder = join(root, "acme");
const aws = 'provider["registry.terraform.io/hashicorp/aws"]';
const evil = 'provider["registry.terraform.io/evil/evil"]';

/** A resource of a state. */
function resource(type: string, provider: unknown, more: object = {}) {
  return { mode: "managed", type, name: "x", provider, instances: [], ...more };
}

function stack(providers: Record<string, string>, locked: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  const s3 = { bucket: "acme-state", key: "acme/acme.tfstate", region: "eu-west-1", allowed_account_ids: ["1"] };
  const required = Object.fromEntries(Object.entries(providers).map(([name, source]) => [name, { source }]));
  writeFileSync(
    join(folder, "cdk.tf.json"),
    JSON.stringify({ terraform: { required_providers: required, backend: { s3 } } }),
  );
  writeFileSync(
    join(folder, ".terraform.lock.hcl"),
    locked
      .map((address) => `provider "${address}" {\n  version = "5.100.0"\n  hashes = [\n    "h1:a=",\n  ]\n}\n`)
      .join("\n"),
  );
}

function state(content: unknown): void {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  s3.on(GetObjectCommand).resolves({ Body: { transformToString: async () => text } } as never);
}

/** Runs the command, and returns its exit status with what it says. */
async function check(): Promise<string> {
  const terminal = fakeTerminal();
  const status = await main(["check-providers", folder], terminal);
  return [`exit ${status}`, ...terminal.errors].join("\n");
}

beforeEach(() => {
  s3.reset();
  stack({ aws: "aws" }, ["registry.terraform.io/hashicorp/aws"]);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("edx-analytics check-providers", () => {
  it("lets a stack through whose configuration and state name locked providers alone", async () => {
    state({ version: 4, resources: [resource("aws_instance", aws), resource("aws_vpc", `${aws}.other`)] });

    expect(await check()).toMatch(/^exit 0\nacme: the lock file has every provider/);
    expect(s3.commandCalls(GetObjectCommand)[0]?.args[0].input).toEqual({
      Bucket: "acme-state",
      Key: "acme/acme.tfstate",
      ExpectedBucketOwner: "1",
    });
  });

  it("lets Terraform's built-in provider through, which is never downloaded", async () => {
    state({ version: 4, resources: [resource("terraform_data", 'provider["terraform.io/builtin/terraform"]')] });

    expect(await check()).toMatch(/^exit 0\n/);
  });

  it("lets a stack through that has no state yet", async () => {
    s3.on(GetObjectCommand).rejects(Object.assign(new Error("none"), { name: "NoSuchKey" }));

    expect(await check()).toMatch(/^exit 0\n/);
  });

  it("lets OpenTofu's lock file through beside a state of Terraform's, whose registry OpenTofu takes for its own", async () => {
    stack({ aws: "aws" }, ["registry.opentofu.org/hashicorp/aws"]);
    state({ version: 4, resources: [resource("aws_instance", aws)] });

    expect(await check()).toMatch(/^exit 0\n/);
  });

  it("refuses a state of OpenTofu's beside Terraform's lock file, and says how to lock", async () => {
    state({ version: 4, resources: [resource("aws_instance", 'provider["registry.opentofu.org/hashicorp/aws"]')] });

    const said = await check();

    expect(said).toMatch(/^exit 1\n/);
    expect(said).toContain(
      'names "registry.opentofu.org/hashicorp/aws": aws_instance.x. OpenTofu has written this state',
    );
    expect(said).toContain("`TERRAFORM_BINARY_NAME=tofu npx edx-analytics lock`");
  });

  it("refuses a provider of another name in either registry", async () => {
    stack({ aws: "aws" }, ["registry.opentofu.org/hashicorp/aws"]);
    state({ version: 4, resources: [resource("evil_thing", evil)] });

    expect(await check()).toContain("Terraform would download this provider and run it.");
  });

  it("refuses a state that names another provider, and says which, and of which resources", async () => {
    const resources = [
      resource("aws_instance", aws),
      resource("evil_thing", evil),
      resource("evil_data", evil, { mode: "data", module: "module.m" }),
    ];
    state({ version: 4, resources });

    const said = await check();

    expect(said).toMatch(/^exit 1\nacme: 1 provider not in its dependency lock file/);
    expect(said).toContain("Nothing was downloaded.");
    expect(said).toContain(
      'its state, s3://acme-state/acme/acme.tfstate, names "registry.terraform.io/evil/evil": evil_thing.x, module.m.data.evil_data.x.',
    );
  });

  it.each([
    ["the same name in another registry", 'provider["registry.example.com/hashicorp/aws"]'],
    ["another namespace", 'provider["registry.terraform.io/hash1corp/aws"]'],
    ["a provider of a module", `module.m.${evil}`],
  ])("refuses %s", async (_, provider) => {
    state({ version: 4, resources: [resource("aws_instance", provider)] });

    expect(await check()).toMatch(/^exit 1\n[\s\S]*aws_instance\.x/);
  });

  it("lets versions.tf through as the commit has it, and no other configuration that Terraform reads", async () => {
    s3.on(GetObjectCommand).rejects(Object.assign(new Error("none"), { name: "NoSuchKey" }));
    const versions = join(folder, "versions.tf");
    copyFileSync(join(__dirname, "../providers/locks/versions.tf"), versions);
    expect(await check()).toMatch(/^exit 0\n/);

    const evil = 'terraform {\n  required_providers {\n    evil = { source = "evil/evil" }\n  }\n}\n';
    const names = ["versions.tf", "more.tf", "override.tf.json", "a.tofu", "b.tofu.json"];
    for (const name of names) {
      writeFileSync(join(folder, name), evil);
    }
    const said = await check();
    for (const name of names) {
      expect(said).toContain(`${join(folder, name)} may name any provider. Remove it.`);
      rmSync(join(folder, name));
    }
    expect(said).toMatch(/^exit 1\nacme: Terraform would read more in its folder/);
  });

  it("refuses a provider of a single instance, as OpenTofu writes it", async () => {
    state({ version: 4, resources: [resource("aws_instance", undefined, { instances: [{}, { provider: evil }] })] });

    expect(await check()).toContain("registry.terraform.io/evil/evil");
  });

  it("counts resources after the tenth, and writes no line that CI could take for a command", async () => {
    const resources = Array.from({ length: 12 }, (_, index) => resource(`evil\n::warning::${index}`, evil));
    state({ version: 4, resources });

    const said = await check();

    expect(said).toContain("and 2 more");
    expect(said).not.toMatch(/^::/m);
  });

  it("refuses a configuration whose provider is not locked, and says what to run", async () => {
    stack({ aws: "aws", mysql: "petoju/mysql" }, ["registry.terraform.io/hashicorp/aws"]);
    state({ version: 4, resources: [] });

    expect(await check()).toMatch(
      /^exit 1\n[\s\S]*its configuration needs petoju\/mysql\. Lock it: `npx edx-analytics lock`/,
    );
  });

  // Terraform's reader takes keys in any case, upgrades older formats, and merges what stands under one key twice.
  it.each([
    ["no JSON", "{", "it is no JSON"],
    ["an older format", { version: 3, modules: [] }, "it has version 3"],
    ["no version", { resources: [] }, "it has version null"],
    ["a key in capitals", { version: 4, resources: [], Resources: [resource("a", evil)] }, 'the key "Resources"'],
    ["a key with a long s", { version: 4, reſources: [resource("a", evil)] }, 'the key "reſources"'],
    [
      "an instance's in capitals",
      { version: 4, resources: [resource("a", aws, { instances: [{ PROVIDER: evil }] })] },
      '"PROVIDER"',
    ],
    ["a provider's key in capitals", { version: 4, resources: [resource("a", aws, { Provider: evil })] }, '"Provider"'],
    ["a provider that is no text", { version: 4, resources: [resource("a", [aws])] }, "a.x has the provider"],
    ["a provider of an old form", { version: 4, resources: [resource("a", "provider.aws")] }, '"provider.aws"'],
    ["an escape in a provider", { version: 4, resources: [resource("a", 'provider["\\u0065"]')] }, "a.x has"],
    ["no provider", { version: 4, resources: [resource("a", undefined)] }, "a.x names no provider"],
    ["resources that are no list", { version: 4, resources: {} }, "`resources` is no list"],
    ["a resource that is no object", { version: 4, resources: [null] }, "a resource is no object"],
  ])("refuses a state with %s, of which providers cannot be told", async (_, content, reason) => {
    state(content);

    const said = await check();

    expect(said).toMatch(/^exit 1\n/);
    expect(said).toContain(`is not as Terraform writes it: `);
    expect(said).toContain(reason);
  });

  const named = JSON.stringify(resource("aws_instance", evil));
  const unnamed = JSON.stringify(resource("aws_instance", undefined, { instances: [{ provider: aws }] }));
  const harmless = JSON.stringify(resource("aws_instance", aws));

  // Of two lists Terraform reads the second into the first's elements: a provider that only the first names stays.
  it.each([
    ["two lists of resources", `{"version":4,"resources":[${named}],"resources":[${unnamed}]}`, "resources"],
    ["the second one escaped", `{"version":4,"resources":[${named}],"resource\\u0073":[${unnamed}]}`, "resources"],
    ["a space before a colon", `{"version":4,"resources" :[${named}],"resources"\n:[${unnamed}]}`, "resources"],
    ["the version twice", `{"version":3,"version":4,"resources":[]}`, "version"],
    [
      "two providers",
      `{"version":4,"resources":[${harmless.replace("{", `{"provider":${JSON.stringify(evil)},`)}]}`,
      "provider",
    ],
    [
      "two providers of an instance",
      `{"version":4,"resources":[${harmless.replace("[]", `[{"provider":${JSON.stringify(evil)},"provider":null}]`)}]}`,
      "provider",
    ],
    [
      "a key twice in a place that names no provider",
      `{"version":4,"resources":[],"outputs":{"a":{"b":1,"b":2}}}`,
      "b",
    ],
  ])("refuses a state with %s, of which JSON.parse would read one alone", async (_, text, key) => {
    state(text);

    expect(await check()).toMatch(new RegExp(`^exit 1\\n.*an object has the key "${key}" twice`));
  });

  it.each([
    ["two spellings of a key in attributes, where case counts", { tags: { Name: "a", name: "b" } }],
    ["a text that looks like keys", { policy: '{"a":1,"a":2}', note: ['a"', "a", "{", '"b":'] }],
    ["the same key in other objects", { a: { x: 1 }, b: [{ x: 1 }, { x: { x: 1 } }], x: 1 }],
  ])("lets %s through", async (_, attributes) => {
    state({ version: 4, resources: [resource("aws_instance", aws, { instances: [{ attributes }, { attributes }] })] });

    expect(await check()).toMatch(/^exit 0\n/);
  });

  it("goes no further where the state cannot be read", async () => {
    s3.on(GetObjectCommand).rejects(
      Object.assign(new Error("no"), { name: "AccessDenied", $metadata: { httpStatusCode: 403 } }),
    );

    expect(await check()).toMatch(/^exit 1\n[\s\S]*s3:GetObject/);
  });

  it("says what to do where the stack is not synthesised", async () => {
    rmSync(folder, { recursive: true });

    expect(await check()).toMatch(/^exit 1\n.*acme\/cdk\.tf\.json cannot be read \(ENOENT\)\..*npm run synth/);
  });
});

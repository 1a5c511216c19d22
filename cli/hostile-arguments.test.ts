import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsError } from "../resources/aws/errors";
import { fakeTerminal } from "../test/fake-terminal";
import { checkDirector } from "./director-address";
import { registryFault } from "./init/package-source";
import { main } from "./main";

const folder = mkdtempSync(join(tmpdir(), "hostile-arguments-"));
const file = join(folder, "file");

afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]) {
  const terminal = fakeTerminal();
  const status = await main(args, terminal);
  return { status, errors: terminal.errors.join("\n") };
}

function stack(text: string): string {
  const place = join(folder, "acme");
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "cdk.tf.json"), text);
  writeFileSync(join(place, ".terraform.lock.hcl"), "");
  return place;
}

describe("what a terminal would obey", () => {
  it.each([
    ["a file's name", ["plan-summary", "/nowhere/\u001b[31mx\u001b]0;t\u0007"]],
    ["an option's value", ["plan-summary", "x", "--format", "\u001b[31mx"]],
    ["a command's name", ["\u001b[31mx"]],
  ])("is written as its code points, in %s", async (_, args) => {
    const { status, errors } = await run(...args);

    expect(status).toBe(1);
    expect(errors).toContain("\\u{1b}[31mx");
    expect(errors).not.toContain("\u001b");
  });

  it("breaks no line of what is said of a director", () => {
    expect(() => checkDirector("x\ny")).toThrow('--director is "x\\ny"; a host name');
  });
});

describe("a place that cannot be one", () => {
  beforeEach(() => writeFileSync(file, ""));

  it.each([
    ["init", ["init", file], `${file} is no folder. Name an empty folder, or one that does not exist.`],
    [
      "config-files",
      ["config-files", "complete", "--folder", join(file, "below")],
      `${join(file, "below")} cannot be reached (ENOTDIR). Name a place below folders alone.`,
    ],
  ])("is refused by %s without a stack", async (_, args, words) => {
    const { status, errors } = await run(...args);

    expect(status).toBe(1);
    expect(errors).toContain(words);
  });
});

describe("check-providers", () => {
  const why = "is not as a synth writes it: ";

  it.each([
    ["half a file", '{\n  "password": hunter2', `${why}it is no JSON at line 2, column 15. Synthesise the stack`],
    ["another text", 'half{"password": hunter2', `${why}it is no JSON at line 1`],
    ["no stack", '{"terraform":{}}', `${why}it has no \`terraform.required_providers\``],
    ["null", "null", why],
    [
      "another backend",
      '{"terraform":{"required_providers":{},"backend":{"local":{"path":"hunter2"}}}}',
      `${why}it has no \`terraform.backend.s3\` of a stack of this project.`,
    ],
  ])("shows nothing of a cdk.tf.json that is %s", async (_, text, words) => {
    const { status, errors } = await run("check-providers", stack(text));

    expect(status).toBe(1);
    expect(errors).toContain(words);
    expect(errors).not.toContain("hunter2");
  });
});

describe("URLs", () => {
  it.each(["https://hunter2@mirror.example/", "https://me:hunter2@mirror.example/"])(
    "may not give `lock` a token, which Terraform's messages would show: %s",
    async (url) => {
      const { status, errors } = await run("lock", "aws", "--net-mirror", url);

      expect(status).toBe(1);
      expect(errors).toMatch(/^--net-mirror has a password or token/);
      expect(errors).not.toContain("hunter2");
    },
  );

  it("are not taken for others, as where a URL's reader drops a line end", () => {
    expect(registryFault("https://npm.example/\n//npm.example/:_authToken=x")).toContain("a URL is allowed");
    expect(registryFault("https://npm.example/a b")).toContain("a URL is allowed");
    expect(registryFault("https://npm.example/a/")).toBeUndefined();
  });

  it("that the environment has are named where they are none", () => {
    const former = process.env.AWS_ENDPOINT_URL;
    process.env.AWS_ENDPOINT_URL = "localhost 4566";
    try {
      const asker = { name: "acme", accountId: "123456789012", deployRoleArn: undefined };
      const error = new AwsError(asker, "sts:GetCallerIdentity", new TypeError("Invalid URL"));

      expect(error.message).toMatch(/^acme: AWS_ENDPOINT_URL is no URL, and requests go to it\. Correct it/);
    } finally {
      process.env.AWS_ENDPOINT_URL = former;
      if (former === undefined) {
        delete process.env.AWS_ENDPOINT_URL;
      }
    }
  });
});

import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetObjectCommand, HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { clientOf } from "../../test/client-files";
import { fakeTerminal } from "../../test/fake-terminal";
import { mockClient } from "../../test/mock-client";
import { withoutPrograms } from "../../test/no-programs";
import { outputJson } from "../../test/outputs";
import { configFiles } from "../config-files";

const top = mkdtempSync(join(tmpdir(), "edx-analytics-folder-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));

mockClient(STSClient).on(GetCallerIdentityCommand).resolves({ Account: "123456789012", Arn: "arn:aws:iam::1:user/x" });
mockClient(SSMClient).on(GetParametersCommand).resolves({ Parameters: [] });
const absent = Object.assign(new Error("no such object"), { name: "NotFound", $metadata: { httpStatusCode: 404 } });
mockClient(S3Client).on(GetObjectCommand).rejects(absent).on(HeadObjectCommand).rejects(absent);

let folder: string;

beforeEach(() => {
  withoutPrograms();
  folder = mkdtempSync(join(top, "folder-"));
});

/** Runs the command for the example on the folder; what it said. */
async function run(options: { readonly check?: boolean } = {}): Promise<string> {
  const outputs = join(top, "outputs.json");
  writeFileSync(outputs, outputJson(clientOf()));
  const terminal = fakeTerminal();
  await configFiles(clientOf(), { outputs, folder, ...options }, terminal).catch(() => undefined);
  return [...terminal.results, ...terminal.errors].join("\n");
}

describe("npx edx-analytics config-files", () => {
  it("leaves the mode of folders that it did not make", async () => {
    mkdirSync(join(folder, "analytics-tasks"));
    const modes = { ".": 0o1777, "analytics-tasks": 0o755 };
    for (const [path, mode] of Object.entries(modes)) {
      chmodSync(join(folder, path), mode);
    }
    await run();

    for (const [path, mode] of Object.entries(modes)) {
      expect(statSync(join(folder, path)).mode & 0o7777).toBe(mode);
    }
    expect(statSync(join(folder, "analytics-tasks/edxapp_creds")).mode & 0o777).toBe(0o600);
  });

  it("removes what a run that was killed has left, and with --check only says so", async () => {
    const left = join(folder, ".edx-analytics-partial");
    mkdirSync(join(left, "staged"), { recursive: true });
    writeFileSync(join(left, "staged", "vars-analytics.yml"), "hidden");

    expect(await run({ check: true })).toContain(`${left} is left by a run that was killed`);
    expect(existsSync(left)).toBe(true);
    expect(await run()).toContain(`${left} was left by a run that was killed`);
    expect(existsSync(left)).toBe(false);
  });

  it("says of another git repository that it writes there", async () => {
    mkdirSync(join(folder, ".git"));
    withoutPrograms((_, { cwd }) => (cwd === folder ? { status: 0, stdout: ".git\n" } : {}));

    expect(await run()).toContain(`${folder} is in the git repository ${folder}: let it be the client's`);
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetParametersCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { type ConfigFilesOptions, configFiles } from "../cli/config-files";
import { clientOf, type Overrides } from "./client-files";
import { fakeTerminal } from "./fake-terminal";
import { mockClient } from "./mock-client";
import { withoutPrograms } from "./no-programs";
import { outputJson } from "./outputs";

interface State {
  /** Where the files are written, a new folder for each test. */
  folder: string;
  /** What SSM has, by the names behind the client's prefix. */
  parameters: Record<string, string>;
  /** What the two buckets have. */
  objects: Record<string, string>;
}

/** `npx edx-analytics config-files` for the example, on a folder and an AWS of each test's own. */
export function configFilesRun() {
  const s3 = mockClient(S3Client);
  const ssm = mockClient(SSMClient);
  const sts = mockClient(STSClient);
  const top = mkdtempSync(join(tmpdir(), "edx-analytics-config-files-"));
  const state: State = { folder: "", parameters: {}, objects: {} };

  afterAll(() => rmSync(top, { recursive: true, force: true }));

  beforeEach(() => {
    withoutPrograms();
    state.folder = mkdtempSync(join(top, "folder-"));
    state.parameters = { "mysql/analytics": "hidden-analytics", "mysql/edxapp_ro": "hidden-edxapp_ro" };
    state.objects = {};
    for (const mock of [s3, ssm, sts]) {
      mock.reset();
    }
    sts.on(GetCallerIdentityCommand).resolves({ Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/ops" });
    ssm.on(GetParametersCommand).callsFake(({ Names }: { Names: string[] }) => ({
      Parameters: Names.map((Name) => ({
        Name,
        Value: state.parameters[Name.replace("/edx-analytics/example/", "")],
      })).filter(({ Value }) => Value !== undefined),
    }));
    ssm.on(PutParameterCommand).callsFake(({ Name, Value }) => {
      state.parameters[Name.replace("/edx-analytics/example/", "")] = Value;
      return {};
    });
    const found = ({ Bucket, Key }: { Bucket: string; Key: string }) => {
      const text = state.objects[`${Bucket}/${Key}`];
      if (text === undefined) {
        throw Object.assign(new Error("no such object"), { name: "NotFound", $metadata: { httpStatusCode: 404 } });
      }
      return { Body: { transformToString: async () => text } };
    };
    s3.on(GetObjectCommand).callsFake(found);
    s3.on(HeadObjectCommand).callsFake(found);
    s3.on(PutObjectCommand).callsFake(({ Bucket, Key, Body }) => {
      state.objects[`${Bucket}/${Key}`] = Body;
      return {};
    });
  });

  /** Runs the command for the example; what it said, and what it failed with. */
  async function run(options: ConfigFilesOptions = {}, overrides: Overrides = {}) {
    const client = clientOf(overrides);
    const outputs = join(top, "outputs.json");
    writeFileSync(outputs, outputJson(client));
    const terminal = fakeTerminal();
    const error = await configFiles(client, { outputs, folder: state.folder, ...options }, terminal).then(
      () => undefined,
      (reason: Error) => reason.message.trim(),
    );
    return { error, said: [...terminal.results, ...terminal.errors].join("\n") };
  }

  const read = (path: string) => readFileSync(join(state.folder, path), "utf8");
  const edit = (path: string, from: string | RegExp, to: string) =>
    writeFileSync(join(state.folder, path), read(path).replace(from, to));

  return { state, s3, ssm, sts, top, run, read, edit };
}

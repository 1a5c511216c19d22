import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetParametersCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { mockClient } from "aws-sdk-client-mock";
import { clientOf, type Overrides } from "../test/client-files";
import { fakeTerminal } from "../test/fake-terminal";
import { outputJson } from "../test/outputs";
import { type ConfigFilesOptions, configFiles } from "./config-files";
import { main } from "./main";

const s3 = mockClient(S3Client);
const ssm = mockClient(SSMClient);
const sts = mockClient(STSClient);

const top = mkdtempSync(join(tmpdir(), "edx-analytics-config-files-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));

let folder: string;
/** What SSM has, by the names behind the client's prefix. */
let parameters: Record<string, string>;
/** What the two buckets have. */
let objects: Record<string, string>;

beforeEach(() => {
  folder = mkdtempSync(join(top, "folder-"));
  parameters = { "mysql/analytics": "hidden-analytics", "mysql/edxapp_ro": "hidden-edxapp_ro" };
  objects = {};
  for (const mock of [s3, ssm, sts]) {
    mock.reset();
  }
  sts.on(GetCallerIdentityCommand).resolves({ Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/ops" });
  ssm.on(GetParametersCommand).callsFake(({ Names }: { Names: string[] }) => ({
    Parameters: Names.map((Name) => ({ Name, Value: parameters[Name.replace("/edx-analytics/example/", "")] })).filter(
      ({ Value }) => Value !== undefined,
    ),
  }));
  ssm.on(PutParameterCommand).callsFake(({ Name, Value }) => {
    parameters[Name.replace("/edx-analytics/example/", "")] = Value;
    return {};
  });
  const found = ({ Bucket, Key }: { Bucket: string; Key: string }) => {
    const text = objects[`${Bucket}/${Key}`];
    if (text === undefined) {
      throw Object.assign(new Error("no such object"), { name: "NotFound", $metadata: { httpStatusCode: 404 } });
    }
    return { Body: { transformToString: async () => text } };
  };
  s3.on(GetObjectCommand).callsFake(found);
  s3.on(HeadObjectCommand).callsFake(found);
  s3.on(PutObjectCommand).callsFake(({ Bucket, Key, Body }) => {
    objects[`${Bucket}/${Key}`] = Body;
    return {};
  });
});

/** Runs the command for the example; what it said, and what it failed with. */
async function run(options: ConfigFilesOptions = {}, overrides: Overrides = {}) {
  const client = clientOf(overrides);
  const outputs = join(top, "outputs.json");
  writeFileSync(outputs, outputJson(client));
  const terminal = fakeTerminal();
  const error = await configFiles(client, { outputs, folder, ...options }, terminal).then(
    () => undefined,
    (reason: Error) => reason.message.trim(),
  );
  return { error, said: [...terminal.results, ...terminal.errors].join("\n") };
}

const read = (path: string) => readFileSync(join(folder, path), "utf8");
const edit = (path: string, from: string | RegExp, to: string) =>
  writeFileSync(join(folder, path), read(path).replace(from, to));

describe("npx edx-analytics config-files", () => {
  it("writes the six files for their owner alone", async () => {
    const { error, said } = await run({ folder: join(folder, "new") });

    expect(error).toBeUndefined();
    expect(said.match(/^ {2}new /gm)).toHaveLength(7);
    expect(readdirSync(join(folder, "new"), { recursive: true }).sort()).toEqual([
      "analytics-tasks",
      "analytics-tasks/analytics-override.cfg",
      "analytics-tasks/edxanalytics_creds",
      "analytics-tasks/edxapp_creds",
      "analytics-tasks/emr-vars.yml",
      "analytics-tasks/jenkins_env",
      "inventory",
      "vars-analytics.yml",
    ]);
    const modes = [".", "analytics-tasks", "vars-analytics.yml", "analytics-tasks/edxapp_creds"].map(
      (path) => statSync(join(folder, "new", path)).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o700, 0o600, 0o600]);
    expect(JSON.parse(read("new/analytics-tasks/edxapp_creds"))).toEqual({
      host: "edxapp.example.org",
      port: "3306",
      username: "edxapp_ro",
      password: "hidden-edxapp_ro",
    });
  });

  it("lists what is missing, and what to do", async () => {
    const { said } = await run();

    expect(said).toMatch(/\d+ values are missing, and stand as <MISSING: …> in the files:/);
    expect(said).toMatch(/In clients\/example\.ts, under `configurationFiles`.*\n +lmsUrl +EDXAPP_LMS_BASE_SCHEME/);
    expect(said).toMatch(/--make-secrets`\n.*\/edx-analytics\/example\/analytics-api\/auth-token/);
    expect(said).toMatch(/--name NAME --type SecureString.*\n +\/edx-analytics\/example\/mysql\/migration /);
    expect(said).toMatch(/--name \/edx-analytics\/example\/jenkins\/private-key .* file:\/\/KEY\.pem/);
    expect(read("vars-analytics.yml")).toContain(
      "COMMON_MYSQL_MIGRATE_PASS: '<MISSING: SSM parameter /edx-analytics/example/mysql/migration>'",
    );
  });

  it("asks for the secret of an access key that was imported, and leaves it where its operator has written it", async () => {
    const { elasticsearch_secret_access_key: _, ...others } = JSON.parse(outputJson(clientOf()));
    const outputs = join(top, "imported.json");
    writeFileSync(outputs, JSON.stringify(others));

    expect((await run({ outputs })).said).toMatch(
      /In the file itself, written by you: .*\n +AKIA-elasticsearch +ANALYTICS_API_ELASTICSEARCH_AWS_SECRET_ACCESS_KEY/,
    );
    edit("vars-analytics.yml", "<MISSING: secret access key of AKIA-elasticsearch>", "hidden-one");
    expect((await run({ outputs })).said).not.toMatch(/AKIA-elasticsearch|hidden-/);
    expect(read("vars-analytics.yml")).toContain("ELASTICSEARCH_AWS_SECRET_ACCESS_KEY: 'hidden-one'");
  });

  it("shows no secret", async () => {
    await run();
    parameters = { ...parameters, "mysql/analytics": "hidden-rotated" };
    const { said } = await run({ yes: true });

    expect(said).toContain("ANALYTICS_MYSQL_PASSWORD  becomes  another secret");
    expect(said).not.toMatch(/hidden-|secret-elasticsearch/);
  });

  it("changes nothing at a second time", async () => {
    await run();
    const before = statSync(join(folder, "vars-analytics.yml")).mtimeMs;
    const { error, said } = await run();

    expect(error).toBeUndefined();
    expect(said.match(/^ {2}unchanged /gm)).toHaveLength(7);
    expect(statSync(join(folder, "vars-analytics.yml")).mtimeMs).toBe(before);
  });

  it("changes values of an existing file with --yes alone, and writes nothing else without it", async () => {
    await run();
    edit("analytics-tasks/emr-vars.yml", /vpc_subnet_id: .*/, "vpc_subnet_id: 'subnet-other'");
    rmSync(join(folder, "vars-analytics.yml"));
    const { error, said } = await run();

    expect(said).toContain('vpc_subnet_id  becomes  "subnet-0a1b2c3d4e5f60718", was "subnet-other"');
    expect(error).toBe(
      "example: 1 value in 1 file would change, as shown above. Repeat the command with --yes if that is right. Nothing was written.",
    );
    expect(readdirSync(folder)).toEqual(["analytics-tasks", "inventory"]);
    await run({ yes: true });
    expect(read("analytics-tasks/emr-vars.yml")).toContain("vpc_subnet_id: 'subnet-0a1b2c3d4e5f60718'");
  });

  it("keeps keys and values that were added by hand, and says so", async () => {
    await run();
    edit("analytics-tasks/jenkins_env", /$/, 'export PYTHON_VERSION="2.7"\n');
    edit("vars-analytics.yml", /EDXAPP_CONTACT_EMAIL: .*/, "EDXAPP_CONTACT_EMAIL: 'a@example.org'");
    edit("analytics-tasks/emr-vars.yml", /vpc_subnet_id: .*/, "vpc_subnet_id: 'subnet-other'\nuser_info: []");
    const { said } = await run({ yes: true });

    for (const key of ["PYTHON_VERSION", "EDXAPP_CONTACT_EMAIL", "user_info"]) {
      expect(said).toContain(`${key} is not managed here, and is kept`);
    }
    expect(read("analytics-tasks/emr-vars.yml")).toContain("# Added by hand, and kept\nuser_info: []\n");
    expect(read("vars-analytics.yml")).toContain("EDXAPP_CONTACT_EMAIL: 'a@example.org'");
  });

  it("names each file that cannot be read, and writes nothing", async () => {
    await run();
    edit("analytics-tasks/jenkins_env", /$/, "if true; then\n");
    writeFileSync(join(folder, "analytics-tasks/edxapp_creds"), "{");
    const { error } = await run({ yes: true });

    expect(error).toMatch(/jenkins_env: line 34 is no assignment.*\n.*edxapp_creds: it is no JSON/);
    expect(error).toContain("Mend that, or move the file away. Nothing was written.");
  });

  it("makes secrets once", async () => {
    const { said } = await run({ makeSecrets: true });
    const made = { ...parameters };

    expect(said.match(/^made .*$/gm)).toEqual([
      "made /edx-analytics/example/analytics-api/secret-key",
      "made /edx-analytics/example/analytics-api/auth-token",
      "made /edx-analytics/example/insights/secret-key",
    ]);
    expect(made["insights/secret-key"]).toMatch(/^[A-Za-z0-9]{50}$/);
    expect(ssm.commandCalls(PutParameterCommand)[0]?.args[0].input).toMatchObject({
      Type: "SecureString",
      Overwrite: false,
    });
    expect(read("vars-analytics.yml")).toContain(`INSIGHTS_SECRET_KEY: '${made["insights/secret-key"]}'`);
    await run({ makeSecrets: true });
    expect(parameters).toEqual(made);
  });

  it("stays out of what git sees", async () => {
    const { error } = await run({ folder: join(__dirname, "..", "clients", "acme") });

    expect(error).toContain("is in this project, where git would see the secrets in it");
    expect((await run({ outputs: join(__dirname, "..", "outputs.json") })).error).toContain("where git would see");
  });

  it("refuses credentials of another account", async () => {
    sts.on(GetCallerIdentityCommand).resolves({ Account: "999999999999", Arn: "arn:aws:iam::999999999999:user/x" });

    expect((await run()).error).toContain("these credentials are of account 999999999999");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("says what to do where the outputs are not there", async () => {
    expect((await run({ outputs: join(top, "none.json") })).error).toBe(
      `example: ${join(top, "none.json")} cannot be read (ENOENT). Write it with \`terraform output -json > ${join(top, "none.json")}\`.`,
    );
    expect((await run({ outputs: undefined }, { name: "nobody" })).error).toMatch(
      /^nobody: there is no cdktf\.out\/stacks\/nobody\/cdk\.tf\.json\. Run `CLIENT=nobody npm run synth`/,
    );
    expect((await run({ iteration: "7" })).error).toMatch(/^example: iteration 7 is not deployed/);
  });

  it("has nothing for a shared stack", async () => {
    const terminal = fakeTerminal();

    expect(await main(["config-files", "shared-210987654321-eu-central-1"], terminal)).toBe(1);
    expect(terminal.errors.join()).toContain("a shared stack has no configuration files. Name a client.");
  });
});

describe("--upload and --check", () => {
  const others = [
    "example-analytics-emr/install-sqoop",
    "example-analytics-emr/mysql-connector-java-5.1.47.tar.gz",
    "example-analytics-emr/edx-analytics-hadoop-util.jar",
    "example-edxanalytics/GeoIP.dat",
    "example-edxanalytics/enrollments-blacklist/",
  ];

  it("puts the creds into the pipeline bucket, encrypted, and says what is not there", async () => {
    const { error, said } = await run({ upload: true });

    expect(error).toBeUndefined();
    expect(Object.keys(objects)).toEqual([
      "example-edxanalytics/edxapp_creds",
      "example-edxanalytics/edxanalytics_creds",
    ]);
    expect(objects["example-edxanalytics/edxapp_creds"]).toBe(read("analytics-tasks/edxapp_creds"));
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
      ServerSideEncryption: "AES256",
      ExpectedBucketOwner: "123456789012",
    });
    expect(said).toContain("5 objects that the pipeline expects do not exist:");
    for (const object of others) {
      expect(said).toContain(`s3://${object} `);
    }
  });

  it("compares, and changes an object with --yes alone", async () => {
    await run({ upload: true });
    for (const object of others) {
      objects[object] = "there";
    }
    expect((await run({ check: true })).error).toBeUndefined();
    objects["example-edxanalytics/edxapp_creds"] = '{"host":"elsewhere","port":"3306","username":"edxapp_ro"}';
    const checked = await run({ check: true });

    expect(checked.said).toMatch(/changes +s3:\/\/example-edxanalytics\/edxapp_creds\n +host .* was "elsewhere"/);
    expect(checked.error).toMatch(/^example: 1 file would be written, 0 objects of the pipeline's missing/);
    expect((await run({ upload: true })).error).toContain("2 values in 1 file would change");
    expect((await run({ upload: true, yes: true })).error).toBeUndefined();
    expect((await run({ check: true })).error).toBeUndefined();
  });

  it("checks without writing", async () => {
    expect((await run({ check: true })).error).toMatch(/^example: 9 files would be written, 5 objects/);
    expect([readdirSync(folder), objects]).toEqual([[], {}]);
  });

  it("gives the pipeline no file without a password", async () => {
    parameters = {};
    const { error } = await run({ upload: true });

    expect(error).toContain("s3://example-edxanalytics/edxapp_creds and s3://example-edxanalytics/edxanalytics_creds");
    expect([readdirSync(folder), objects]).toEqual([[], {}]);
  });
});

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
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
    expect(said.match(/^ {2}new /gm)).toHaveLength(6);
    expect(readdirSync(join(folder, "new"), { recursive: true }).sort()).toEqual([
      ".config-files.json",
      "analytics-tasks",
      "analytics-tasks/analytics-override.cfg",
      "analytics-tasks/edxanalytics_creds",
      "analytics-tasks/edxapp_creds",
      "analytics-tasks/emr-vars.yml",
      "analytics-tasks/jenkins_env",
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

  it("asks for the secret of an access key that was imported, which SSM keeps from then on", async () => {
    const { elasticsearch_secret_access_key: _, ...others } = JSON.parse(outputJson(clientOf()));
    const outputs = join(top, "imported.json");
    writeFileSync(outputs, JSON.stringify(others));
    const parameter = "/edx-analytics/example/elasticsearch/secret-access-key";

    const { said } = await run({ outputs });
    expect(said).toMatch(
      new RegExp(`--name NAME --type SecureString.*(\\n.*)*\\n +${parameter} +of the imported access key`),
    );
    expect(said).not.toContain("reports-user/secret-access-key");
    parameters["elasticsearch/secret-access-key"] = "hidden-one";
    expect((await run({ outputs, yes: true })).said).not.toMatch(/elasticsearch\/secret|hidden-/);
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
    expect(said.match(/^ {2}unchanged /gm)).toHaveLength(6);
    expect(statSync(join(folder, "vars-analytics.yml")).mtimeMs).toBe(before);
  });

  it("changes values of its own files with --yes alone, and writes nothing else without it", async () => {
    await run();
    rmSync(join(folder, "vars-analytics.yml"));
    const acme = { configurationFiles: { clusterName: "Acme" } };
    const { error, said } = await run({}, acme);

    expect(said).toContain('CLUSTER_NAME  becomes  "Acme", was "example Analytics Cluster"');
    expect(error).toBe(
      "example: 1 value in 1 file would change, as shown above. Repeat the command with --yes if that is right. Nothing was written.",
    );
    expect(readdirSync(folder)).not.toContain("vars-analytics.yml");
    expect((await run({ yes: true }, acme)).error).toBeUndefined();
    expect(read("analytics-tasks/jenkins_env")).toContain('CLUSTER_NAME="Acme"');
  });

  it("rewrites no file that was edited, whatever it may change", async () => {
    await run();
    edit("analytics-tasks/emr-vars.yml", /vpc_subnet_id: .*/, "vpc_subnet_id: 'subnet-other'\nuser_info: []");
    edit("analytics-tasks/edxapp_creds", "edxapp_ro", "root");
    edit("analytics-tasks/jenkins_env", "# The tasks", "# My tasks");
    const before = ["analytics-tasks/emr-vars.yml", "analytics-tasks/edxapp_creds"].map(read);
    const { error, said } = await run({ yes: true });

    expect(said).toMatch(
      /edited +\S+emr-vars\.yml\n +vpc_subnet_id +becomes +"subnet-0a1b2c3d4e5f60718", was "subnet-other"\n +user_info is not rendered\n/,
    );
    expect(said).toMatch(/edited +\S+edxapp_creds\n +username +becomes +"edxapp_ro", was "root"/);
    expect(said).toMatch(/edited +\S+jenkins_env\n +nothing but comments, order or quotes differ/);
    expect(error).toMatch(
      /^example: 3 files are not as this command wrote them, as shown above\. Nothing was written\.\n/,
    );
    expect(error).toContain("change it where it comes from, clients/example.ts or SSM.");
    expect(error).toContain("`npx edx-analytics config-files example --import-extra` moves it, word for word,");
    expect(["analytics-tasks/emr-vars.yml", "analytics-tasks/edxapp_creds"].map(read)).toEqual(before);
    expect((await run({ check: true })).error).toMatch(/^example: 5 files would be written/);
  });

  it("takes its own files for what they are where the list of them is lost, if they say what they would", async () => {
    await run();
    rmSync(join(folder, ".config-files.json"));
    expect((await run()).said.match(/^ {2}unchanged /gm)).toHaveLength(6);
    writeFileSync(join(folder, ".config-files.json"), "<<<<<<< HEAD\n");
    edit("analytics-tasks/jenkins_env", "# The tasks", "# My tasks");
    expect((await run()).said).toMatch(/foreign +\S+jenkins_env/);
  });

  it("takes over what a former version wrote, if nobody added to it", async () => {
    await run();
    rmSync(join(folder, ".config-files.json"));
    const header = /# Generated by.*\n.*\n/;
    edit("analytics-tasks/jenkins_env", header, "# Made by `npx edx-analytics config-files example`, …\n# Change …\n");
    writeFileSync(
      join(folder, "analytics-tasks/edxapp_creds"),
      JSON.stringify(JSON.parse(read("analytics-tasks/edxapp_creds"))),
    );

    const { error, said } = await run();
    expect([error, said.match(/^ {2}changes /gm)?.length]).toEqual([undefined, 2]);
    expect(read("analytics-tasks/jenkins_env")).toContain("# Generated by");
  });

  it("names each file that cannot be read, and writes nothing", async () => {
    await run();
    edit("analytics-tasks/jenkins_env", /$/, "if true; then\n");
    writeFileSync(join(folder, "analytics-tasks/edxapp_creds"), "{");
    const { error } = await run({ yes: true });

    expect(error).toMatch(/jenkins_env: line 36 is neither an assignment.*\n.*edxapp_creds: it is no JSON/);
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

describe("--import-extra", () => {
  const own = {
    "vars-analytics.yml":
      "# our fork\nCOMMIT: 6063e25\nTOKEN: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6433\nACCOUNT: 012\n",
    "analytics-tasks/jenkins_env": "# for the fork\nexport PYTHON_VERSION=2.7   # not 3\n",
    "analytics-tasks/emr-vars.yml": "user_info: [ ]\nebs_root_volume_size: 0100\n",
    "analytics-tasks/analytics-override.cfg": "[acme]\nformat = %Y-%m-%dT%H\n",
  };
  const extra = {
    "vars-analytics.yml": "vars-analytics.extra.yml",
    "analytics-tasks/jenkins_env": "analytics-tasks/jenkins_env.extra",
    "analytics-tasks/emr-vars.yml": "analytics-tasks/emr-vars.extra.yml",
    "analytics-tasks/analytics-override.cfg": "analytics-tasks/analytics-override.extra.cfg",
  };
  const written = () => Object.values(extra).map((path) => (existsSync(join(folder, path)) ? read(path) : undefined));
  const byHand = (texts: Readonly<Record<string, string>>) => {
    mkdirSync(join(folder, "analytics-tasks"), { recursive: true });
    for (const [path, text] of Object.entries(texts)) {
      writeFileSync(join(folder, path), text);
    }
  };

  it("moves what is not rendered, word for word, and says so", async () => {
    byHand({ ...own, "analytics-tasks/emr-vars.yml": `${own["analytics-tasks/emr-vars.yml"]}region: eu-west-1\n` });
    const refused = await run();

    expect(refused.said).toMatch(/foreign +\S+vars-analytics\.yml\n(.*\n)* +COMMIT is not rendered/);
    expect(refused.error).toMatch(/^example: 4 files are not as this command wrote them/);
    expect(written()).toEqual([undefined, undefined, undefined, undefined]);
    const { error, said } = await run({ importExtra: true, yes: true });

    expect(error).toBeUndefined();
    expect(said).toContain("COMMIT is moved to vars-analytics.extra.yml");
    expect(written()).toEqual(Object.values(own));
    expect(statSync(join(folder, "vars-analytics.extra.yml")).mode & 0o777).toBe(0o600);
    expect(read("analytics-tasks/emr-vars.yml")).toMatch(/\nuser_info: \[ \]\nebs_root_volume_size: 0100\n$/);
    expect((await run()).said.match(/^ {2}unchanged /gm)).toHaveLength(6);
  });

  it("keeps nothing of what differs, unless it is in a file of the operator's, and asks first", async () => {
    byHand({ "analytics-tasks/emr-vars.yml": "role: Acme\nkeypair_name: old\nuser_info: []\n" });
    const { error } = await run({ importExtra: true });

    expect(error).toContain("in 1 file would change, as shown above. Repeat the command with --yes if that is right.");
    expect(error).toContain(
      "To keep one of yours, move its lines to analytics-tasks/emr-vars.extra.yml first: they win there.",
    );
    expect(written()).toEqual([undefined, undefined, undefined, undefined]);
    byHand({
      "analytics-tasks/emr-vars.yml": "keypair_name: old\nuser_info: []\n",
      "analytics-tasks/emr-vars.extra.yml": "role: Acme\n",
    });
    const { said } = await run({ importExtra: true, yes: true });

    expect(said).toMatch(/user_info is moved to \S+\n +role is taken from analytics-tasks\/emr-vars\.extra\.yml/);
    expect(read("analytics-tasks/emr-vars.extra.yml")).toBe("role: Acme\nuser_info: []\n");
    expect(read("analytics-tasks/emr-vars.yml")).toMatch(
      /keypair_name: 'example-analytics'\n(.*\n)*\nrole: Acme\nuser_info: \[\]\n$/,
    );
  });

  it("moves values that nobody has supplied yet, and misses them no more", async () => {
    byHand({
      "vars-analytics.yml":
        "JENKINS_ANALYTICS_CREDENTIALS: [{ privatekey: hidden-key }]\nEDXAPP_LMS_BASE: example.org\n",
    });
    const { said } = await run({ importExtra: true, yes: true });

    expect(read("vars-analytics.extra.yml")).toBe(
      "JENKINS_ANALYTICS_CREDENTIALS: [{ privatekey: hidden-key }]\nEDXAPP_LMS_BASE: example.org\n",
    );
    expect(said).not.toMatch(/hidden-|jenkins\/private-key/);
    expect((await run()).said).toContain("EDXAPP_LMS_BASE is taken from vars-analytics.extra.yml");
  });

  it("goes on after a run that was killed, and moves nothing twice", async () => {
    byHand({
      ...own,
      ...Object.fromEntries(Object.entries(extra).map(([path, name]) => [name, own[path as keyof typeof own]])),
    });

    expect((await run({ importExtra: true, yes: true })).error).toBeUndefined();
    expect(written()[0]).toBe(own["vars-analytics.yml"]);
    expect(written()[2]).toBe(own["analytics-tasks/emr-vars.yml"]);
  });

  it("says of a file that cannot be taken apart where, and writes nothing", async () => {
    byHand({
      "vars-analytics.yml": "A: &a hidden-a\nINSIGHTS_VERSION: *a\nB: *a\n",
      "analytics-tasks/jenkins_env": "for x in hidden-a; do\n",
    });
    const { error } = await run({ importExtra: true, yes: true });

    expect(error).toMatch(/jenkins_env: line 1 is neither/);
    expect(error).not.toContain("hidden-a");
    byHand({ "vars-analytics.yml": "COMMON_GIT_PATH: &a hidden-a\nB: *a\n" });
    rmSync(join(folder, "analytics-tasks/jenkins_env"));
    expect((await run({ importExtra: true, yes: true })).error).toMatch(
      /vars-analytics\.yml: an alias .* cannot be resolved: write out/,
    );
    expect(written()).toEqual([undefined, undefined, undefined, undefined]);
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
    expect((await run({ check: true })).error).toMatch(/^example: 8 files would be written, 5 objects/);
    expect([readdirSync(folder), objects]).toEqual([[], {}]);
  });

  it("gives the pipeline no file without a password", async () => {
    parameters = {};
    const { error } = await run({ upload: true });

    expect(error).toContain("s3://example-edxanalytics/edxapp_creds and s3://example-edxanalytics/edxanalytics_creds");
    expect([readdirSync(folder), objects]).toEqual([[], {}]);
  });
});

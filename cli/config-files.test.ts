import { readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { clientOf } from "../test/client-files";
import { configFilesRun } from "../test/config-files-run";
import { fakeTerminal } from "../test/fake-terminal";
import { outputJson } from "../test/outputs";
import { main } from "./main";

const { state, s3, sts, top, run, read, edit } = configFilesRun();

describe("npx edx-analytics config-files", () => {
  it("writes the files for their owner alone", async () => {
    const { error, said } = await run({ folder: join(state.folder, "new") });

    expect(error).toBeUndefined();
    expect(said.match(/^ {2}new /gm)).toHaveLength(10);
    expect(readdirSync(join(state.folder, "new"), { recursive: true }).sort()).toEqual([
      ".config-files.json",
      "RUN.md",
      "analytics-tasks",
      "analytics-tasks/analytics-override.cfg",
      "analytics-tasks/edxanalytics_creds",
      "analytics-tasks/edxapp_creds",
      "analytics-tasks/emr-vars.yml",
      "analytics-tasks/jenkins_env",
      "inventory",
      "jenkins-home.yml",
      "jenkins-jobs.yml",
      "vars-analytics.yml",
    ]);
    const modes = [".", "analytics-tasks", "vars-analytics.yml", "analytics-tasks/edxapp_creds"].map(
      (path) => statSync(join(state.folder, "new", path)).mode & 0o777,
    );
    expect(modes).toEqual([0o700, 0o700, 0o600, 0o600]);
    expect(JSON.parse(read("new/analytics-tasks/edxapp_creds"))).toEqual({
      host: "edxapp.example.org",
      port: "3306",
      username: "edxapp_ro",
      password: "hidden-edxapp_ro",
    });
  });

  it("takes the address of a director that exists outside of the stack", async () => {
    const existing = { director: { existing: "sg-0a1b2c3d4e5f60718" } };
    await run({}, existing);

    expect(read("RUN.md")).toContain("<MISSING: --director ADDRESS, of the existing director>");
    expect(read("inventory")).not.toContain("ProxyCommand");
    await run({ director: "192.0.2.9" }, existing);

    expect(read("RUN.md")).toContain("npx edx-analytics verify example --director 192.0.2.9");
    expect(read("inventory")).toContain("ubuntu@192.0.2.9");
    expect(await main(["config-files", "example", "--director=-oProxyCommand=id"], fakeTerminal())).toBe(1);
  });

  it("lists what is missing, and what to do", async () => {
    const { said } = await run();

    expect(said).toMatch(/\d+ values are missing, and stand as <MISSING: …> in the files:/);
    expect(said).toMatch(/In clients\/example\.ts, under `configurationFiles`.*\n +lmsUrl +EDXAPP_LMS_BASE_SCHEME/);
    expect(said).toMatch(/--make-secrets`\n.*\/edx-analytics\/example\/analytics-api\/auth-token/);
    expect(said).toMatch(
      /\n {4}(\/edx-analytics\/example\/mysql\/migration) {2}password of edxapp's MySQL user\n {6}\(printf .* --name \1 --type/,
    );
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
      new RegExp(`\\n +${parameter} {2}of the imported access key.*\\n.* --name ${parameter} --type`),
    );
    expect(said).not.toContain("reports-user/secret-access-key");
    state.parameters["elasticsearch/secret-access-key"] = "hidden-one";
    expect((await run({ outputs, yes: true })).said).not.toMatch(/elasticsearch\/secret|hidden-/);
    expect(read("vars-analytics.yml")).toContain("ELASTICSEARCH_AWS_SECRET_ACCESS_KEY: 'hidden-one'");
  });

  it("shows no secret", async () => {
    await run();
    state.parameters = { ...state.parameters, "mysql/analytics": "hidden-rotated" };
    const { said } = await run({ yes: true });

    expect(said).toContain("ANALYTICS_MYSQL_PASSWORD  becomes  another secret");
    expect(said).not.toMatch(/hidden-|secret-elasticsearch/);
  });

  it("changes nothing at a second time", async () => {
    await run();
    const before = statSync(join(state.folder, "vars-analytics.yml")).mtimeMs;
    const { error, said } = await run();

    expect(error).toBeUndefined();
    expect(said.match(/^ {2}unchanged /gm)).toHaveLength(10);
    expect(statSync(join(state.folder, "vars-analytics.yml")).mtimeMs).toBe(before);
  });

  it("changes values of its own files with --yes alone, and writes nothing else without it", async () => {
    await run();
    rmSync(join(state.folder, "vars-analytics.yml"));
    const acme = { configurationFiles: { clusterName: "Acme" } };
    const { error, said } = await run({}, acme);

    expect(said).toContain('CLUSTER_NAME  becomes  "Acme", was "example Analytics Cluster"');
    expect(error).toBe(
      "example: 1 value in 1 file would change, as shown above. Repeat the command with --yes if that is right. Nothing was written.",
    );
    expect(readdirSync(state.folder)).not.toContain("vars-analytics.yml");
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

  it("writes RUN.md and its like anew by itself, but not over one that was edited, which has no keys to move", async () => {
    await run();
    const acme = { configurationFiles: { lmsUrl: "https://lms.example.org" } };
    expect((await run({ yes: true }, acme)).said).toMatch(/changes +\S+RUN\.md/);
    edit("RUN.md", "# From", "# Our way from");
    const { error, said } = await run({ importExtra: true, yes: true }, acme);

    expect(said).toMatch(/edited +\S+RUN\.md/);
    expect(error).toMatch(/RUN\.md is written whole: move it away\./);
    expect(error).not.toContain("--import-extra");
    expect(read("RUN.md")).toContain("# Our way from");
  });

  it("takes its own files for what they are where the list of them is lost, if they say what they would", async () => {
    await run();
    rmSync(join(state.folder, ".config-files.json"));
    expect((await run()).said.match(/^ {2}unchanged /gm)).toHaveLength(10);
    writeFileSync(join(state.folder, ".config-files.json"), "<<<<<<< HEAD\n");
    edit("analytics-tasks/jenkins_env", "# The tasks", "# My tasks");
    expect((await run()).said).toMatch(/foreign +\S+jenkins_env/);
  });

  it("replaces what a former version wrote, if it has no added lines", async () => {
    await run();
    rmSync(join(state.folder, ".config-files.json"));
    const header = /# Generated by.*\n.*\n/;
    edit("analytics-tasks/jenkins_env", header, "# Made by `npx edx-analytics config-files example`, …\n# Change …\n");
    writeFileSync(
      join(state.folder, "analytics-tasks/edxapp_creds"),
      JSON.stringify(JSON.parse(read("analytics-tasks/edxapp_creds"))),
    );

    const { error, said } = await run();
    expect([error, said.match(/^ {2}changes /gm)?.length]).toEqual([undefined, 2]);
    expect(read("analytics-tasks/jenkins_env")).toContain("# Generated by");
  });

  it("names each file that cannot be read, and writes nothing", async () => {
    await run();
    edit("analytics-tasks/jenkins_env", /$/, "if true; then\n");
    writeFileSync(join(state.folder, "analytics-tasks/edxapp_creds"), "{");
    const { error } = await run({ yes: true });

    expect(error).toMatch(/jenkins_env: line 36 is neither an assignment.*\n.*edxapp_creds: it is no JSON/);
    expect(error).toContain("Correct that, or move the file away. Nothing was written.");
  });

  it("stays out of what git sees", async () => {
    const { error } = await run({ folder: join(__dirname, "..", "clients", "acme") });

    expect(error).toContain("is in this project, where git would see the secrets in it");
    expect((await run({ outputs: join(__dirname, "..", "outputs.json") })).error).toContain("where git would see");
  });

  it("refuses credentials of another account", async () => {
    sts.on(GetCallerIdentityCommand).resolves({ Account: "999999999999", Arn: "arn:aws:iam::999999999999:user/x" });

    expect((await run()).error).toContain("these credentials are of account 999999999999");
    expect(readdirSync(state.folder)).toEqual([]);
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
    expect(Object.keys(state.objects)).toEqual([
      "example-edxanalytics/edxapp_creds",
      "example-edxanalytics/edxanalytics_creds",
    ]);
    expect(state.objects["example-edxanalytics/edxapp_creds"]).toBe(read("analytics-tasks/edxapp_creds"));
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
      ExpectedBucketOwner: "123456789012",
    });
    expect(said).toContain("5 objects that the pipeline expects do not exist:");
    expect(said).toContain("repeat the command with --from FOLDER");
    for (const object of others) {
      expect(said).toContain(`s3://${object} `);
    }
  });

  it("compares, and changes an object with --yes alone", async () => {
    await run({ upload: true });
    for (const object of others) {
      state.objects[object] = "there";
    }
    expect((await run({ check: true })).error).toBeUndefined();
    state.objects["example-edxanalytics/edxapp_creds"] = '{"host":"elsewhere","port":"3306","username":"edxapp_ro"}';
    const checked = await run({ check: true });

    expect(checked.said).toMatch(/changes +s3:\/\/example-edxanalytics\/edxapp_creds\n +host .* was "elsewhere"/);
    expect(checked.error).toMatch(/^example: 1 file would be written, 0 objects of the pipeline's missing/);
    expect((await run({ upload: true })).error).toContain("2 values in 1 file would change");
    expect((await run({ upload: true, yes: true })).error).toBeUndefined();
    expect((await run({ check: true })).error).toBeUndefined();
  });

  it("checks without writing", async () => {
    expect((await run({ check: true })).error).toMatch(/^example: 12 files would be written, 5 objects/);
    expect([readdirSync(state.folder), state.objects]).toEqual([[], {}]);
  });

  it("gives the pipeline no file without a password", async () => {
    state.parameters = {};
    const { error } = await run({ upload: true });

    expect(error).toContain("s3://example-edxanalytics/edxapp_creds and s3://example-edxanalytics/edxanalytics_creds");
    expect([readdirSync(state.folder), state.objects]).toEqual([[], {}]);
  });
});

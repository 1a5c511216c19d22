import { rmSync } from "node:fs";
import { join } from "node:path";
import { PutParameterCommand } from "@aws-sdk/client-ssm";
import { configFilesRun } from "../../test/config-files-run";

const { state, ssm, run, read, edit } = configFilesRun();

describe("what was missing, and is supplied", () => {
  it("is written without --yes, where secrets are made as the report says", async () => {
    await run();
    const { error, said } = await run({ makeSecrets: true });

    expect(error).toBeUndefined();
    expect(said).toMatch(/^ +ANALYTICS_API_AUTH_TOKEN +becomes +a secret, was missing$/m);
    expect(read("vars-analytics.yml")).toContain(`'${state.parameters["analytics-api/auth-token"]}'`);
  });

  it("is written without --yes, where a field is set", async () => {
    await run();
    const { error, said } = await run({}, { configurationFiles: { lmsUrl: "https://lms.example.org" } });

    expect(error).toBeUndefined();
    expect(said).toMatch(/^ +EDXAPP_LMS_BASE +becomes +"lms\.example\.org", was missing$/m);
  });

  it("is written without --yes in a list, beside what stays", async () => {
    await run();
    state.parameters["jenkins/private-key"] = "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----\n";
    const { error, said } = await run();

    expect(error).toBeUndefined();
    expect(said).toMatch(/^ +JENKINS_ANALYTICS_CREDENTIALS +becomes +a secret, was incomplete$/m);
  });

  it("asks for --yes where a value beside it changes, and says of how many", async () => {
    await run();
    const { error, said } = await run({ makeSecrets: true }, { configurationFiles: { clusterName: "Acme" } });

    expect(said).toContain("becomes  a secret, was missing");
    expect(error).toMatch(/^example: 1 value in 1 file would change, .* Nothing was written\.$/);
  });

  it("asks for --yes where a secret is gone, which it does not show", async () => {
    await run();
    const { "mysql/analytics": _, ...others } = state.parameters;
    state.parameters = others;
    const { error, said } = await run();

    expect(said).toMatch(/ANALYTICS_MYSQL_PASSWORD +becomes +"<MISSING: .*>", was a secret$/m);
    expect(error).toContain("would change");
  });
});

describe("secrets that are made", () => {
  it("are put into SSM only when the files with them are written", async () => {
    await run();
    edit("analytics-tasks/emr-vars.yml", /vpc_subnet_id: .*/, "vpc_subnet_id: 'subnet-other'");
    const refused = await run({ makeSecrets: true });

    expect(refused.error).toContain("Nothing was written.");
    expect(refused.said).not.toMatch(/^made /m);
    expect(ssm.commandCalls(PutParameterCommand)).toEqual([]);
    rmSync(join(state.folder, "analytics-tasks/emr-vars.yml"));
    expect((await run({ makeSecrets: true })).said.match(/^made /gm)).toHaveLength(3);
  });
});

describe("the list of what is missing", () => {
  it("has what RUN.md alone needs", async () => {
    const { said } = await run({}, { director: { existing: "sg-0a1b2c3d4e5f60718" } });

    expect(said).toMatch(/^ {4}secureRepository +RUN\.md$/m);
    expect(said).toMatch(/ {2}As an option of this command, which RUN\.md needs\n {4}--director ADDRESS {2}of the/);
    for (const [, path = "", name = ""] of read("RUN.md").matchAll(
      /<MISSING: (?:configurationFiles\.(\S+)|(--\w+))/g,
    )) {
      expect(said).toMatch(new RegExp(`^ {4}${path || name} `, "m"));
    }
  });
});

import { PutParameterCommand } from "@aws-sdk/client-ssm";
import { configFilesRun } from "../../test/config-files-run";

const { state, ssm, run, read } = configFilesRun();

describe("edx-analytics config-files, of secrets in SSM", () => {
  it("names the account, and the role that it deploys with, whose credentials a command takes", async () => {
    const arn = "arn:aws:iam::123456789012:role/deploy";

    expect((await run()).said).toContain("put there by you with credentials of account 123456789012: the command");
    expect((await run({}, { deployRoleArn: arn })).said).toContain(
      `put there by you with credentials of account 123456789012, of its role ${arn}: the command`,
    );
    expect(read("RUN.md")).toContain(`* AWS credentials of account 123456789012, of its role ${arn}.\n`);
  });

  it("makes secrets once", async () => {
    const { said } = await run({ makeSecrets: true });
    const made = { ...state.parameters };

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
    expect(state.parameters).toEqual(made);
  });

  it("makes secrets with the tags of everything else of the client's", async () => {
    await run({ makeSecrets: true }, { tags: { CostCentre: "learning" } });

    expect(ssm.commandCalls(PutParameterCommand)[0]?.args[0].input.Tags).toEqual([
      { Key: "Client", Value: "example" },
      { Key: "CostCentre", Value: "learning" },
      { Key: "Project", Value: "edx-analytics" },
    ]);
  });
});

import example from "../../../clients/example";
import { commands, sourcesFor } from "../../../test/run-steps";
import { runFile, stepsOf } from "./run-file";

const run = (...overrides: Parameters<typeof sourcesFor>) => runFile(sourcesFor(...overrides)).text;

describe("a step of RUN.md", () => {
  it("brings the director's files up to date before each use, with modes that SSH takes the key by", () => {
    const using = stepsOf(sourcesFor()).filter(
      ({ where, commands: each }) => where === "director" && each.join().includes("$HOME/secure-config/"),
    );

    expect(using).toHaveLength(3);
    for (const step of using) {
      expect(step.commands.slice(0, 2)).toEqual([
        "git -C ~/secure-config pull --ff-only",
        "chmod -R go= ~/secure-config",
      ]);
    }
  });

  it("begins with what others have pushed, and stops at a tag, which nothing can be pushed to", () => {
    expect(commands().split("\n")[2]).toBe("git -C ../example-secure symbolic-ref HEAD");
    expect(commands().split("\n")[3]).toMatch(/; then git -C \.\.\/example-secure pull --ff-only; fi$/);
    expect(run()).toContain("`secureRepository.version`, main, has to be a branch");
  });

  it("puts the empty enrollments-blacklist/ into an existing bucket alone: the stack has it in its own", () => {
    const existing = commands({ buckets: { edxanalytics: { existing: "example-edxanalytics" } } });

    expect(existing).toMatch(/^aws s3api head-object .* \|\| aws s3api put-object .* --key enrollments-blacklist\/$/m);
    expect(commands()).not.toContain("enrollments-blacklist");
  });

  it("says which group lets the director reach the database", () => {
    const { network } = example;

    expect(run()).toContain("The security group `example-EMR RDS` of the database lets the director in on 3306.");
    expect(run({ emr: { rdsSecurityGroup: { existing: "sg-0a1b2c3d4e5f60718" } } })).toContain(
      "The security group sg-0a1b2c3d4e5f60718 of the database has to let the director in on 3306.",
    );
    expect(run({ network: { ...network, defaultSecurityGroup: true } as typeof network })).toContain(
      "The director reaches the database as a member of the VPC's default security group.",
    );
  });

  it("names the LMS's settings of the release", () => {
    expect(run()).toContain("`ANALYTICS_DASHBOARD_URL` `https://insights.example.org`, without `/courses`");
    expect(run()).toContain("`https://insights.example.org/logout/` in `IDA_LOGOUT_URI_LIST`");
    expect(run({ release: "ironwood" })).toContain("`OAUTH_OIDC_ISSUER` `https://courses.example.org/oauth2`");
    expect(commands({ release: "ironwood" })).toContain(
      'logout_uri="https://insights.example.org/accounts/logout/", client_secret=',
    );
  });
});

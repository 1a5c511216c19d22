import example from "../../../clients/example";
import { clientOf } from "../../../test/client-files";
import { outputsOf, sourcesOf } from "../../../test/outputs";
import { commands, files, sourcesFor } from "../../../test/run-steps";
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
    expect(run()).toContain('`EDXAPP_ANALYTICS_DASHBOARD_URL: "https://insights.example.org"`, without `/courses`');
    expect(run()).toContain("`https://insights.example.org/logout/` in the list `EDXAPP_IDA_LOGOUT_URI_LIST`");
    expect(run({ release: "ironwood" })).toContain('`EDXAPP_LMS_ISSUER: "https://courses.example.org/oauth2"`');
    expect(commands({ release: "ironwood" })).toContain(
      'logout_uri="https://insights.example.org/accounts/logout/", client_secret=',
    );
  });

  it("says under the block of the jobs what to do with them, and what comes before their other runs", () => {
    const [, below = ""] = /## 13\. .*?\n```\n\n(.*?)\n\n## 14/s.exec(run()) ?? [];

    expect(below).toContain("an SMTP server. Then run, each when the one before has succeeded: ");
    expect(below).toContain("As soon as the second has, do *After the first run of Enrollments*");
    expect(below).toContain("its cluster are in `s3://example-analytics-emr/logs/`");
    expect(run({ release: "ficus" })).not.toContain("After the first run of Enrollments");
  });

  it("commits the private key also where .gitignore has its name", () => {
    expect(commands()).toContain("git -C ../example-secure add --force analytics.pem\n");
  });

  it("names the keys that each log-in takes, the director's also where it exists", () => {
    const existing = run({ director: { existing: "sg-0a1b2c3d4e5f60718" } });

    expect(run()).toMatch(/^ {2}\* the one that git knows you by, .*\n {2}\* that of the LMS's host$/m);
    expect(existing).toContain(
      "lists them:\n  * that of the existing director\n  * `~/.ssh/example-analytics.pem` of the hosts\n",
    );
    expect(existing).toContain(
      "It has to be in the security group sg-0a1b2c3d4e5f60718, which has to let you in on 22",
    );
  });

  it("lists each setting of the LMS, and names the line by which the files of the pipeline are skipped", () => {
    expect(run()).toMatch(/^\* `EDXAPP_ENABLE_OAUTH2_PROVIDER: true`$/m);
    expect(run()).toMatch(/^\* `ssh ubuntu@courses\.example\.org` has to log in to the LMS's host\.$/m);
    expect(run()).toContain("has said `The other objects that the pipeline expects exist.`");
  });

  it("names a new director by its id in each command that asks for it, where Session Manager reaches it by that alone", () => {
    const client = clientOf({ configurationFiles: files, sessionManager: true });
    const { text } = runFile(
      sourcesOf(client, { outputs: { ...outputsOf(client), director_public_ip: "i-0a1b2c3d4e5f60718" } }),
    );

    expect(text).toContain("ssh -A ubuntu@i-0a1b2c3d4e5f60718");
    expect(text.match(/npx edx-analytics (?:config-files|verify) .*$/gm)).toEqual([
      expect.stringMatching(/ --upload --director i-0a1b2c3d4e5f60718$/),
      expect.stringMatching(/ --from \S+ --director i-0a1b2c3d4e5f60718$/),
      "npx edx-analytics verify example --director i-0a1b2c3d4e5f60718",
    ]);
    expect(runFile(sourcesOf(client)).text).not.toContain("--director");
  });

  it("does not clone edx/configuration where the agent lacks git's key: the block can be pasted again", () => {
    const [director] = stepsOf(sourcesFor()).filter(({ title }) => title.startsWith("Director"));
    const [first, second] = (director?.commands ?? []).filter((command) => command.startsWith("git clone"));

    expect([first, second]).toEqual([
      expect.stringContaining("acme/secure.git ~/secure-config"),
      expect.stringContaining("/configuration.git ~/configuration"),
    ]);
  });

  it("asks for git's key only where git uses one", () => {
    const https = { ...files, secureRepository: { url: "https://git.example.org/acme/secure.git", version: "main" } };

    expect(run({ configurationFiles: https })).toContain(
      "Git asks for your user and token at each clone, pull and push",
    );
    expect(run({ configurationFiles: https })).not.toContain("that git knows you by");
    expect(run()).not.toContain("user and token");
  });

  it("says that nothing answers https where nothing terminates TLS", () => {
    const open = { ...files, insightsUrl: "http://insights.example.org" };

    expect(run()).toContain("Nothing answers https://insights.example.org: the client file has no `tls`.");
    expect(run({ tls: { on: "load-balancer", existing: true } })).not.toContain("Nothing answers");
    expect(run({ configurationFiles: open })).not.toContain("Nothing answers");
  });
});

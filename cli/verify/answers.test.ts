import { DescribeInstancesCommand } from "@aws-sdk/client-ec2";
import type { Overrides } from "../../test/client-files";
import {
  ec2,
  files,
  knowingAws,
  loginUrl,
  refusedConnection,
  separate,
  silence,
  verified,
} from "../../test/verified-insights";

beforeEach(knowingAws);

describe("Jenkins, from outside", () => {
  const jenkins = { status: 403, headers: { "x-jenkins": "2.176" } };

  it.each([80, 443, 8080, 8081])("is found at port %d", async (port) => {
    const scheme = port === 443 ? "https" : "http";
    const { notOk } = await verified({ http: { [`192.0.2.1 ${scheme}://192.0.2.1:${port}/`]: jenkins } });

    expect(notOk).toEqual([
      expect.stringMatching(new RegExp(`^refused Jenkins at 192\\.0\\.2\\.1:${port} is Jenkins, without a log-in`)),
    ]);
  });

  it("is found by the name that nginx knows it by, the role's or another", async () => {
    const http = (name: string) => ({ http: { [`192.0.2.1 http://${name}:80/`]: jenkins } });
    const extra = { varsAnalytics: { jenkins_server_name: "jenkins.acme" } };

    expect((await verified(http("jenkins.testeng.edx.org"))).notOk).toHaveLength(1);
    expect((await verified(http("jenkins.acme"), { configurationFiles: { ...files, extra } })).notOk).toHaveLength(1);
  });

  it("is closed where the port refuses, and anything else there is refused", async () => {
    expect((await verified({ http: { "192.0.2.1 http://192.0.2.1:8080/": refusedConnection() } })).notOk).toEqual([]);
    expect((await verified({ http: { "192.0.2.1 http://192.0.2.1:8080/": { status: 404 } } })).notOk).toEqual([
      expect.stringContaining("answers with 404, and should be closed"),
    ]);
  });

  it("is not called closed where nothing is reached at all", async () => {
    const { notOk, status } = await verified({ http: { "192.0.2.1 ": silence() } });

    expect(notOk.map((row) => row.split(" could")[0])).toEqual(
      [80, 443, 8080, 8081].map((port) => `unasked Jenkins at 192.0.2.1:${port}`),
    );
    expect(status).toBe(2);
  });

  it("is looked for on the public addresses of the other hosts too", async () => {
    const http = { "198.51.100.7 http://198.51.100.7:80/": jenkins };

    expect((await verified({}, separate)).rows).toContain("ok host of jenkins 198.51.100.7 is closed");
    expect((await verified({ http }, separate)).notOk).toEqual(
      ["api", "jenkins"].map((service) => expect.stringMatching(`^refused host of ${service} 198.51.100.7 is Jenkins`)),
    );
    ec2.on(DescribeInstancesCommand).resolves({ Reservations: [{ Instances: [{}] }] });
    expect((await verified({}, separate)).rows).toContain("ok host of api has no public address");
    ec2.on(DescribeInstancesCommand).rejects(Object.assign(new Error("no"), { name: "UnauthorizedOperation" }));
    expect((await verified({}, separate)).notOk[0]).toMatch(/^unasked host of api could not be asked/);
  });
});

describe("the Analytics API, through the director", () => {
  it("is asked on the host of Insights, as Insights asks it", async () => {
    const ssh = async (overrides: Overrides) =>
      (await verified({}, overrides)).asked.filter((line) => line.startsWith("ssh ") && line.includes("authenticated"));

    expect(await ssh({})).toEqual([
      "ssh -o BatchMode=yes -o ConnectTimeout=10 -o ConnectionAttempts=1 -J ubuntu@192.0.2.2 ubuntu@1.private curl -sS -o /dev/null -m 10 -w '%{http_code}' http://127.0.0.1:8100/authenticated/",
    ]);
    expect(await ssh(separate)).toEqual([
      expect.stringMatching(/ubuntu@1-insights\.private .* http:\/\/1-api\.private\/authenticated\/$/),
    ]);
  });

  it.each([
    [
      "/authenticated/",
      { stdout: "200" },
      "refused Analytics API without the token answers http://127.0.0.1:8100/authenticated/ with 200; 401 is right.",
    ],
    [
      "curl -K -",
      { stdout: "401" },
      "refused Analytics API with the token answers http://127.0.0.1:8100/authenticated/ with 401; 200 is right.",
    ],
    [
      "/authenticated/",
      { status: 7, stderr: "curl: (7) Failed to connect\n" },
      "refused Analytics API without the token does not answer on 1.private: curl: (7) Failed to connect.",
    ],
    ["/login", { stdout: "502" }, "refused Jenkins answers with 502 on 1.private."],
  ])("has to take its token, and no other: %s", async (command, result, said) => {
    expect((await verified({ commands: { [command]: result } })).notOk).toEqual([expect.stringContaining(said)]);
  });

  it.each([
    [{ status: 255, stderr: "Host key verification failed.\n" }, "Host key verification failed."],
    [{ status: undefined }, "ssh did not end."],
    [
      {
        status: 255,
        stderr: "Connection timed out during banner exchange\nConnection to UNKNOWN port 65535 timed out\n",
      },
      "the director, 192.0.2.2, does not answer, or does not reach 1.private.",
    ],
    [
      {
        status: 255,
        stderr:
          "ssh: connect to host 192.0.2.2 port 22: Connection refused\r\nkex_exchange_identification: Connection closed by remote host\r\nConnection closed by UNKNOWN port 65535\r\n",
      },
      "ssh: connect to host 192.0.2.2 port 22: Connection refused.",
    ],
    [{ status: 255 }, "the director, 192.0.2.2, does not answer, or does not reach 1.private."],
  ])("is not asked where SSH does not get there, and says what to do", async (result, said) => {
    const { notOk, status } = await verified({ commands: { "ssh -o": result } });

    expect(notOk).toHaveLength(3);
    expect(notOk[0]).toContain(`could not be asked: ${said}`);
    expect(notOk[0]).toContain("Try `ssh -J ubuntu@192.0.2.2 ubuntu@1.private`.");
    expect(status).toBe(2);
  });

  it("is asked through a director that exists where somebody names it", async () => {
    const existing: Overrides = { director: { existing: "sg-0a1b2c3d4e5f60718" } };

    expect((await verified({}, existing)).notOk[0]).toContain("`npx edx-analytics verify example --director ADDRESS`");
    const { notOk, asked } = await verified({}, existing, { director: "bastion.example.org" });
    expect(notOk).toEqual([]);
    expect(asked.join("\n")).toContain("-J ubuntu@bastion.example.org");
  });
});

describe("the LMS", () => {
  const endpoint = "https://courses.example.org/oauth2/access_token/";

  it.each([
    [
      { status: 404 },
      'refused OAuth of courses.example.org answers https://courses.example.org/oauth2/access_token/ with 404. Set FEATURES["ENABLE_OAUTH2_PROVIDER"] to true',
    ],
    [
      { status: 302, headers: { location: "https://elsewhere/" } },
      "warning OAuth of courses.example.org leads to https://elsewhere/.",
    ],
    [silence(), "unasked OAuth of courses.example.org could not be asked: nothing came within 8 s."],
  ])("has to have OAuth", async (answer, said) => {
    expect((await verified({ http: { [endpoint]: answer } })).notOk).toEqual([expect.stringContaining(said)]);
  });

  it("has to give Insights' own client a token, with the secret of SSM", async () => {
    expect((await verified({ http: { [`POST ${endpoint}`]: { status: 401 } } })).notOk).toEqual([
      "refused OAuth client insights-backend gets 401 in the place of a token. Make it as RUN.md says, with the secret that SSM has.",
    ]);
  });

  it("is told no secret in clear, and none by a release whose Insights has no client of its own", async () => {
    const plain = { configurationFiles: { ...files, lmsUrl: "http://courses.example.org" } };
    const posts = async (overrides: Overrides) =>
      (await verified({}, overrides)).asked.filter((question) => question.startsWith("POST"));

    expect(await posts({})).toHaveLength(1);
    expect(await posts(plain)).toEqual([]);
    const http = {
      "https://insights.example.org/login/": { status: 302, headers: { location: loginUrl.replace("s:", ":") } },
    };
    expect((await verified({ http }, plain)).notOk).toEqual([expect.stringContaining("a secret is not sent in clear")]);
    expect(await posts({ release: "ironwood", allowDiscontinued: true })).toEqual([]);
  });
});

describe("git", () => {
  it("has to have every branch that the client file names", async () => {
    const { notOk, asked } = await verified({ commands: { "pipeline.git": { status: 2 } } });

    expect(notOk).toEqual([
      "refused pipelineRepository https://git.example.org/pipeline.git has no branch or tag acme. Correct the client file, or push it.",
    ]);
    expect(asked).toContain(
      "git ls-remote --exit-code -- git@git.example.org:acme/secure.git refs/heads/main refs/tags/main",
    );
  });

  it("is not asked where it does not answer, or refuses the log-in", async () => {
    const commands = { "secure.git": { status: 128, stderr: "git@git.example.org: Permission denied (publickey).\n" } };

    expect((await verified({ commands })).notOk).toEqual([
      expect.stringMatching(
        /^unasked secureRepository could not be asked: .*Permission denied \(publickey\)\. Try `git ls-remote/,
      ),
    ]);
  });
});

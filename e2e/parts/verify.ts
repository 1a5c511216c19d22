import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PutParameterCommand } from "@aws-sdk/client-ssm";
import type { ClientInput } from "../../config/schema/client";
import { secretName } from "../../handoff/config-files/secrets";
import { clientOf } from "../../test/client-files";
import { outputJson } from "../../test/outputs";
import { equal, holds, says } from "../expectations/equal";
import type { Described } from "../harness/described";
import { FakeInsights } from "../harness/fake-insights";
import { Project } from "../harness/project";
import type { Steps } from "../harness/steps";
import type { World } from "../harness/world";

const token = 'a "token" \\ of SSM\'s';
const clientSecret = "a client's secret & more";

/** `verify` against servers of this machine: each question is answered well once, and ill once. */
export async function verified(steps: Steps, world: World, example: Described): Promise<void> {
  const step: Steps["step"] = (title, play) => steps.step(title, play);
  const { name } = example;
  const fake = new FakeInsights(join(world.tools.folder, "fake-insights"), token, clientSecret);
  await fake.start();
  try {
    const project = new Project(world, "verify");
    const input = (insightsUrl = fake.insightsUrl): ClientInput => ({
      ...example.input,
      configurationFiles: {
        lmsUrl: fake.lmsUrl,
        insightsUrl,
        oauth2: { loginKey: "insights-sso", backendKey: "insights-backend" },
        secureRepository: { url: "https://git.example.org/secure.git", version: "main" },
        configurationRepository: { url: "https://git.example.org/configuration-fork.git", version: "acme" },
        pipelineRepository: { url: "https://git.example.org/pipeline.git", version: "acme" },
      },
    });
    project.client(name, input());
    const outputs = join(fake.folder, "outputs.json");
    const printed = JSON.parse(outputJson(clientOf({ ...example.input, name }))) as Record<string, { value: unknown }>;
    writeFileSync(outputs, JSON.stringify({ ...printed, elastic_ip: { value: fake.address } }));
    // A busy machine answers late.
    const verify = (env: Record<string, string> = {}, timeout = 120) =>
      project.run("node", ["cli/edx-analytics.js", "verify", name, "--outputs", outputs, `--timeout=${timeout}`], {
        env: { ...fake.environment(), ...env },
      });
    const judged = async (status: number, expected: RegExp, env?: Record<string, string>, timeout?: number) => {
      const { code, output } = await verify(env, timeout);
      says(output, expected);
      equal("exit status", code, status);
      for (const secret of [token, clientSecret]) {
        holds("no secret is shown", !output.includes(secret));
      }
      return output;
    };

    await step("the secrets are in SSM, the branches in git", async () => {
      for (const [key, Value] of [
        ["apiAuthToken", token],
        ["backendOauth2Secret", clientSecret],
      ] as const) {
        await world.ssm.send(new PutParameterCommand({ Name: secretName(name, key), Value, Type: "SecureString" }));
      }
      const { release } = example.client;
      const branch = `open-release/${release}.master`;
      fake.repositories({
        "configuration.git": branch,
        "edx-analytics-dashboard.git": branch,
        "edx-analytics-data-api.git": branch,
        "secure.git": "main",
        "configuration-fork.git": "acme",
        "pipeline.git": "acme",
      });
    });
    await step("nothing is found against an Insights that works; ssh's command lines have no secret", async () => {
      const output = await judged(0, /19 ok, 0 warnings, 0 refused, 0 not asked\./);
      says(output, /ok +DNS of 127\.0\.0\.77 +leads to the Elastic IP, 127\.0\.0\.77/);
      says(output, /ok +Analytics API with the token +answers/);
      holds(
        "the director is the jump",
        fake.sshCalls.every((call) => call.includes("-J ubuntu@192.0.2.2 ubuntu@1.private")),
      );
      holds("no secret on a command line", !fake.sshCalls.join().includes("token"));
    });

    const { said } = fake;
    const ill: [string, Exclude<keyof typeof said, "loginClient">, number, RegExp][] = [
      ["Insights that is not well", "health", 502, /refused +https:\/\/127\.0\.0\.77:\d+ +answers \/health\/ with 502/],
      ["an API that lets in without the token", "apiWithout", 200, /refused +Analytics API without the token/],
      ["an API that refuses the token", "apiWith", 401, /refused +Analytics API with the token/],
      ["Jenkins that is down", "jenkins", 502, /refused +Jenkins +answers with 502/],
      ["an LMS without OAuth", "oauth", 404, /refused +OAuth of localhost/],
      ["an OAuth client that the LMS does not know", "token", 401, /refused +OAuth client insights-backend/],
    ];
    for (const [what, key, status, expected] of ill) {
      await step(`${what} is found`, async () => {
        const well = said[key];
        said[key] = status;
        await judged(1, expected);
        said[key] = well;
      });
    }
    await step("Insights that never answers is found", async () => {
      const well = said.health;
      said.health = 0;
      await judged(1, /refused .*does not answer: nothing came within 3 s\./, {}, 3);
      said.health = well;
    });
    await step("an Insights that the LMS does not know is found", async () => {
      said.loginClient = "YOUR_OAUTH2_KEY";
      await judged(1, /refused +log-in of Insights +names the OAuth client YOUR_OAUTH2_KEY, not insights-sso\./);
      said.loginClient = "insights-sso";
    });
    await step("a certificate of an unknown authority, and one that ends soon, are found", async () => {
      await judged(1, /refused +certificate +is not accepted: /, { NODE_EXTRA_CA_CERTS: "" });
      fake.renew(5);
      await judged(0, /warning +certificate +ends on \d{4}-\d\d-\d\d, in [45] days/);
      fake.renew(90);
    });
    await step("a name that leads elsewhere is found", async () => {
      project.client(name, input(fake.insightsUrl.replace(fake.address, "localhost")));
      await judged(1, /refused +DNS of localhost +leads to 127\.0\.0\.1, not to the Elastic IP alone/);
      project.client(name, input());
    });
    await step("Jenkins that answers the world at 8080, 8081 or, by name, at 80 is found", async () => {
      for (const port of process.getuid?.() === 0 ? [80, 8080, 8081] : [8080, 8081]) {
        const close = await fake.openJenkins(port);
        await judged(1, new RegExp(`refused +Jenkins at 127\\.0\\.0\\.77:${port} +is Jenkins, without a log-in`));
        close();
      }
    });
    await step("a branch that git does not have is found", async () => {
      const repository = join(fake.folder, "git", "pipeline.git");
      rmSync(repository, { recursive: true });
      fake.repositories({ "pipeline.git": "other" });
      await judged(1, /refused +pipelineRepository .*has no branch or tag acme/);
      rmSync(repository, { recursive: true });
      await judged(2, /unasked +pipelineRepository +could not be asked: /);
      fake.repositories({ "pipeline.git": "acme" });
    });
    await step("SSH that gets nowhere is said, with the command to try", async () => {
      writeFileSync(join(fake.folder, "ssh.refuses"), "");
      await judged(
        2,
        /Host key verification failed\. Your ssh agent needs .* Try `ssh -J ubuntu@192\.0\.2\.2 ubuntu@1\.private`/,
      );
      rmSync(join(fake.folder, "ssh.refuses"));
    });
    await step("AWS that does not answer is said, and hinders nothing else", async () => {
      await judged(2, /2 not asked\./, { AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_MAX_ATTEMPTS: "1" });
    });
  } finally {
    fake.stop();
  }
}

import example from "../../../clients/example";
import type { ClientInput } from "../../../config/schema/client";
import type { ReleaseName } from "../../../config/tables/versions-by-release";
import { clientOf, type Overrides } from "../../../test/client-files";
import { behindLoadBalancer, externalDns, inRoute53 } from "../../../test/https-client";
import { outputsOf, sourcesOf } from "../../../test/outputs";
import { commands, files, sourcesFor, titles } from "../../../test/run-steps";
import { jenkinsJobs } from "../jenkins-jobs/jenkins-jobs";
import { pipelineObjects } from "../pipeline-objects";
import { runFile, runFileMark, stepsOf } from "./run-file";

const run = (overrides: Overrides = {}) => runFile(sourcesFor(overrides)).text;

describe("RUN.md", () => {
  it("has the steps in their order, each with its place and its commands", () => {
    expect(run().match(/^## .*$/gm)).toEqual([
      "## 1. Configuration files (here)",
      "## 2. Secure repository (here)",
      "## 3. DNS (here)",
      "## 4. Director with Ansible 2.8.20 (on the director)",
      "## 5. Analytics API and Insights (on the director)",
      "## 6. OAuth clients in the LMS (here)",
      "## 7. What Insights shows (here)",
      "## 8. Java for Jenkins (here)",
      "## 9. Jenkins (on the director)",
      "## 10. Files of the pipeline (on the director)",
      "## 11. Files of the pipeline in S3 (here)",
      "## 12. Tunnel to Jenkins (here)",
      "## 13. Jenkins' jobs (here)",
      "## 14. After the first run of Enrollments (on the director)",
      "## 15. Check (here)",
    ]);
    expect(run().startsWith(`${runFileMark}\n\n# From the deployed stack of example to a working Insights\n`)).toBe(
      true,
    );
  });

  it("is read in a few minutes: no more than thirteen lines a step, blank ones left out", () => {
    expect(run().match(/^.+$/gm)?.length).toBeLessThan(13 * titles().length);
  });

  it("holds no secret, and reads each from SSM by its name", () => {
    expect(run()).not.toMatch(/secret-(?!access|config|key)/);
    expect(commands()).toContain("--name /edx-analytics/example/insights/login-oauth2-secret --with-decryption");
    expect(commands()).toContain("--name /edx-analytics/example/insights/backend-oauth2-secret --with-decryption");
  });

  it("hands a secret to printf alone, which is no process of its own", () => {
    const uses = commands()
      .split("\n")
      .filter((line) => line.includes("$secret"));

    expect(uses).toHaveLength(2);
    expect(uses.filter((line) => !line.trim().startsWith("printf "))).toEqual([]);
  });

  it("logs in to hosts through the director alone, as 22 is open to it alone", () => {
    expect(commands()).toContain("ssh -J ubuntu@192.0.2.2 ubuntu@1.private ");
    expect(commands()).toContain(
      "ssh -J ubuntu@192.0.2.2 -f -o ExitOnForwardFailure=yes -L 8080:localhost:8080 ubuntu@1.private",
    );
  });

  it("names hosts of their own where each service has one", () => {
    const overrides: Overrides = {
      hosts: { ...example.hosts, iterations: { "1": { layout: "separate" } } },
    };

    expect(run(overrides)).toContain(
      "Insights on 1-insights.private, the API on 1-api.private, Jenkins on 1-jenkins.private",
    );
    expect(commands(overrides)).toMatch(/-L 8080:localhost:8080 ubuntu@1-jenkins\.private/);
    expect(run(overrides)).toContain(
      "  * `~/.ssh/example-director.pem` of the director\n  * `~/.ssh/example-analytics.pem` of the hosts\n  * the one that git",
    );
  });

  it("leads DNS to the Elastic IP, or to the load balancer that ends TLS", () => {
    const behind = { tls: { on: "load-balancer", existing: true } } as const;

    expect(run()).toContain("an A record with the Elastic IP 192.0.2.1");
    expect(run(behind)).toContain("an alias of the load balancer, whose target is port 80 of 1.private");
    expect(run(behind)).not.toContain("192.0.2.1.");
  });

  it("says where the deploy has led the name, or which records to make for the stack's load balancer", () => {
    expect(run({ ...inRoute53 })).toContain("The deploy has led `insights.example.org` to the Elastic IP 192.0.2.1.");
    expect(run({ ...behindLoadBalancer })).toContain(
      "to the load balancer `example-insights-1234.eu-west-1.elb.amazonaws.com`.",
    );
    expect(run({ ...externalDns })).toMatch(
      /gets a CNAME record with `example-insights-1234\S+`, .*`_a1\.insights\.example\.com\.`, CNAME, `_b2\.acm-validations\.aws\.`/,
    );
  });

  it("looks for the certificate on the director where nginx ends TLS", () => {
    const tls = { on: "host", certificate: "/etc/tls/it's.pem", privateKey: "/etc/tls/key.pem" } as const;

    // As the user that Ansible reads them as.
    expect(commands({ tls })).toMatch(/^cat '\/etc\/tls\/it'\\''s.pem' \/etc\/tls\/key.pem > \/dev\/null$/m);
    expect(run({ tls })).toContain(
      "Put the certificate as `/etc/tls/it's.pem` and its key as `/etc/tls/key.pem` onto the director",
    );
    expect(commands()).not.toMatch(/^cat /m);
  });

  it("renders once all secrets exist, and says what else the pipeline expects", () => {
    expect(commands()).toMatch(
      /^npx edx-analytics config-files example --folder \.\.\/example-secure --make-secrets --upload$/m,
    );
    expect(run()).toContain("Repeat the block until `config-files` says `No value is missing.`");
  });

  it("ends a block with the first command that fails, also one before `&&`", () => {
    const blocks = [...run().matchAll(/^```bash\n(.*?)\n```$/gms)].map(([, block = ""]) => block);
    const several = blocks.filter((block) => block.startsWith("("));

    expect(several.length).toBeGreaterThan(5);
    for (const block of several) {
      expect(block).toMatch(/^\(\nset -e\n.*\n\)$/s);
    }
    for (const { commands: each } of stepsOf(sourcesFor()).filter((step) => step.commands.length > 1)) {
      // What another shell is given, and what stands in a shell of its own, fails as a whole.
      const own = each
        .filter((command) => !command.startsWith("("))
        .join("\n")
        .replaceAll(/'(?:[^']|'\\'')*'/g, "");
      expect(own).not.toContain("&&");
    }
    expect(blocks.filter((block) => !block.startsWith("(")).map((block) => block.split(" ")[0])).toEqual(
      expect.arrayContaining(["nslookup", "scp", "npx"]),
    );
  });

  it("goes no further with values that are missing, nor with a key that Jenkins leaves out", () => {
    const [secure] = stepsOf(sourcesFor()).filter(({ title }) => title === "Secure repository");

    expect(secure?.commands.slice(0, 4)).toEqual([
      "if grep -rl --exclude-dir=.git --exclude=RUN.md '[<]MISSING: ' ../example-secure; then false; fi",
      "grep -E '^-----BEGIN (RSA|EC) PRIVATE KEY-----' ~/.ssh/example-analytics.pem",
      "ssh-keygen -y -P '' -f ~/.ssh/example-analytics.pem > /dev/null",
      "cp -f ~/.ssh/example-analytics.pem ../example-secure/analytics.pem",
    ]);
  });

  it("brings the pipeline's files to where `config-files` looks into them, by their names there", () => {
    const brought = ["install-sqoop", "GeoIP.dat", "mysql-connector-java-5.1.47.jar", "edx-analytics-hadoop-util.jar"];

    expect(
      pipelineObjects(sourcesFor())
        .flatMap(({ key, file = key }) => (key.endsWith("/") ? [] : [file]))
        .sort(),
    ).toEqual([...brought].sort());
    for (const file of brought) {
      expect(commands()).toContain(file);
    }
    expect(commands()).toContain(
      "git clone --branch acme https://git.example.org/configuration.git analytics-configuration",
    );
    expect(commands()).toContain("config-files example --folder ../example-secure --from ../example-pipeline-files");
  });

  it("overwrites nothing of another client's on a director that several have", () => {
    const [director] = stepsOf(sourcesFor()).filter(({ title }) => title.startsWith("Director"));
    const made = [...(director?.commands.join("\n") ?? "").matchAll(/(?:git clone .*|venv) (~\/\S+)$/gm)].map(
      ([, at]) => at,
    );

    expect(made).toEqual(["~/secure-config", "~/configuration", "~/ansible"]);
    expect(director?.commands[0]).toContain(`for folder in ${made.join(" ")}; do if test -e`);
  });

  it("takes a secure repository that is empty, and keeps what stands in it from others on the director", () => {
    const [clone, branch] = commands().split("\n");

    expect(clone).toBe("test -d ../example-secure || git clone git@git.example.org:acme/secure.git ../example-secure");
    expect(branch).toBe("git -C ../example-secure checkout main || git -C ../example-secure checkout -b main");
    expect(commands()).toContain("git -C ../example-secure push -u origin HEAD");
    expect(commands()).toContain("chmod -R go= ~/secure-config");
  });

  it("has the operator's variables in the repository, where the director's clone gets them from", () => {
    const made = stepsOf(sourcesFor()).filter((step) =>
      step.commands.some((command) => command.includes("> ../example-secure/vars-analytics.extra.yml")),
    );

    expect(made.map(({ title }) => title)).toEqual(["Secure repository"]);
    expect(commands()).not.toContain("> ~/secure-config");
  });

  it("names each program that its commands here begin with", () => {
    const here = stepsOf(sourcesFor({ release: "nutmeg" })).filter(({ where }) => where === "here");
    const lines = here.flatMap((step) => step.commands.flatMap((command) => command.split("\n")));
    const programs = new Set(lines.map((line) => /^\s*(?:\(secret=\$\()?(\S+)/.exec(line)?.[1] as string));
    // Those of POSIX and bash go without saying; npx is Node.js', ssh, ssh-keygen and scp OpenSSH's.
    const [listed = ""] = /^\* In bash: .*$/m.exec(run()) ?? [];
    const others = ["if", "test", "grep", "cp", "mkdir", "printf", "npx", "ssh", "ssh-keygen", "scp"];

    expect(listed).toContain("`node`, `terraform` or `tofu`");
    for (const program of [...programs].filter((each) => !others.includes(each) && !each.startsWith("~/"))) {
      expect(listed).toContain(`\`${program}\``);
    }
  });

  it("has the key where `jenkins.emrPrivateKey` says", () => {
    const withKey = (emrPrivateKey: string) => ({ configurationFiles: { ...files, jenkins: { emrPrivateKey } } });
    const [inRepository, elsewhere] = [withKey("/home/ubuntu/secure-config/keys/emr.pem"), withKey("/keys/it's.pem")];

    expect(commands()).toContain("cp -f ~/.ssh/example-analytics.pem ../example-secure/analytics.pem");
    expect(commands(inRepository)).toContain("cp -f ~/.ssh/example-analytics.pem ../example-secure/keys/emr.pem");
    expect(commands(inRepository)).toContain("--private-key /home/ubuntu/secure-config/keys/emr.pem ");
    expect(commands(elsewhere)).not.toContain("cp -f ~/.ssh");
    expect(commands(elsewhere)).toContain("--private-key '/keys/it'\\''s.pem' ");
    expect(run(elsewhere)).toContain("has to be on the director, as `/keys/it's.pem`");
  });

  it("runs the histories once, enrollments first, as the others read what they write", () => {
    expect(run()).toContain(
      "Then run, each when the one before has succeeded: *insights.example.org Enrollments history*, *insights.example.org Enrollments*, " +
        "*insights.example.org Enrollments by country history*, ",
    );
    const named = [...run().matchAll(/\*(insights\.example\.org [^*]+)\*/g)].map(([, name]) => name);
    const inJenkins = [
      ...jenkinsJobs(sourcesFor()).text.matchAll(/name['"]?: ['"]?(insights\.example\.org [^'"\n]+)/g),
    ];
    expect(inJenkins.map(([, name]) => name)).toEqual(expect.arrayContaining(named));
    expect(run({ jenkinsJobs: { enrollments: false, geography: false } })).toContain(
      "succeeded: *insights.example.org Engagement history*,",
    );
    expect(run({ jenkinsJobs: { enrollments: false } })).not.toContain("passing_users");
  });

  it("names the mail server that Jenkins is to use, and the parameter of its password", () => {
    const email = { host: "smtp.example.org", user: "mailer" };

    expect(run({ configurationFiles: { ...files, email } })).toContain(
      "the SMTP server `smtp.example.org` with the user `mailer` and the password in SSM's `/edx-analytics/example/email/password`",
    );
  });

  it("says of Jenkins' port that it is closed where the stack has closed it", () => {
    const securityGroup = { existing: "sg-0a1b2c3d4e5f60718" };

    expect(run()).toContain("which every security group keeps closed");
    const { hosts } = example;
    const open = "which have to be closed to the world in the existing security groups";
    const separate = { "1": { layout: "separate" } } as const;
    expect(run({ hosts: { ...hosts, securityGroup } })).toContain(open);
    expect(run({ hosts: { ...hosts, securityGroup, iterations: separate } })).not.toContain(open);
    expect(
      run({ hosts: { ...hosts, iterations: { "1": { additionalSecurityGroupIds: [securityGroup.existing] } } } }),
    ).toContain(open);
  });

  it("names an existing director in each command that asks for it", () => {
    const client = clientOf({ configurationFiles: files, director: { existing: "sg-0a1b2c3d4e5f60718" } });
    const { text } = runFile(sourcesOf(client, { outputs: { ...outputsOf(client), director_public_ip: "192.0.2.9" } }));

    expect(text).not.toContain("<MISSING");
    expect(text).toContain("ssh -A ubuntu@192.0.2.9");
    expect(text).toContain("--upload --director 192.0.2.9\n");
    expect(text).toContain("npx edx-analytics verify example --director 192.0.2.9\n");
    expect(run()).not.toContain("--director");
  });

  it("turns on learners with Elasticsearch alone, and problem responses with their bucket alone", () => {
    expect(commands()).toContain("waffle_flag display_learner_analytics");
    expect(commands({ elasticsearch: false })).not.toContain("learner");
    expect(run({ elasticsearch: false })).toContain("Without Elasticsearch there are no pages about learners.");
    expect(commands()).not.toContain("enable_problem_response_download");
    expect(commands({ buckets: { apiReports: {} } })).toContain("enable_problem_response_download on");
  });

  it("makes a client for the pipeline on older releases where it makes reports, and none where Insights has one", () => {
    const clients = (release: ReleaseName, buckets: ClientInput["buckets"]) =>
      commands({ release, buckets }).match(/call_command\("/g)?.length;

    expect(clients("ficus", { apiReports: {} })).toBe(1);
    expect(clients("ironwood", {})).toBe(1);
    expect(clients("ironwood", { apiReports: {} })).toBe(2);
    expect(clients("nutmeg", { apiReports: {} })).toBe(2);
  });

  it("lists what is missing at its top, and nowhere else has a placeholder", () => {
    const text = run({ configurationFiles: {}, director: { existing: "sg-0a1b2c3d4e5f60718" } });
    const listed = [...text.matchAll(/^\* `(<[^>]*>)`$/gm)].map(([, each]) => each);

    expect(listed).toEqual([
      "<MISSING: --director ADDRESS, of the existing director>",
      "<MISSING: configurationFiles.secureRepository in clients/example.ts>",
      "<MISSING: configurationFiles.insightsUrl in clients/example.ts>",
      "<MISSING: configurationFiles.lmsUrl in clients/example.ts>",
      "<MISSING: configurationFiles.oauth2 in clients/example.ts>",
      "<MISSING: configurationFiles.oauth2.backendKey in clients/example.ts>",
      "<MISSING: configurationFiles.configurationRepository in clients/example.ts>",
    ]);
    expect([...new Set(text.match(/<(?!!--)[A-Z][^>]*>/g))].sort()).toEqual([...listed].sort());
    expect(run()).not.toMatch(/<MISSING/);
  });
});

import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { readAccessKeys } from "../../cli/config-files/access-keys";
import { loadFleet } from "../../config/load/load";
import type { ClientInput } from "../../config/schema/client";
import { configFilePaths, renderConfigFile } from "../../handoff/config-files/config-files";
import { pipelineObjects } from "../../handoff/config-files/pipeline-objects";
import { putParameterCommand } from "../../handoff/config-files/put-parameter";
import { type SecretKey, secretEntries, secretName } from "../../handoff/config-files/secrets";
import type { Sources } from "../../handoff/config-files/sources";
import { absent, Expression, isValues, plain, type Value } from "../../handoff/config-files/value";
import { clientOf } from "../../test/client-files";
import { outputsOf, privateKey, sourcesOf } from "../../test/outputs";
import { equal, holds, says } from "../expectations/equal";
import { expectFollowed } from "../expectations/followed";
import { edxappSide } from "../harness/before";
import { readFiles } from "../harness/config-files";
import { changed, type Described } from "../harness/described";
import { awsPath, putPassword } from "../harness/mysql-passwords";
import { run, succeed, tail } from "../harness/processes";
import { Project } from "../harness/project";
import type { Steps } from "../harness/steps";
import { writeOverride } from "../harness/workspace";
import type { World } from "../harness/world";
import { readByAnsible } from "./ansible";
import { operatorsLines } from "./operators-lines";

/** What a careless quotation breaks at, in each of the languages that the files are written in. */
const adversarial = 'it\'s "Acme" \\ $HOME `id` %s 100% {{ x }} {% y %} #ü: ${AWS_REGION}';

/** The role insights gives this one to a shell between single quotes. */
const adversarialPassword = adversarial.replaceAll("'", "");

/** What the operator supplies, in the client's file. */
const supplied: ClientInput["configurationFiles"] = {
  lmsUrl: "https://courses.example.org",
  cmsUrl: "https://studio.example.org",
  insightsUrl: "https://insights.example.org",
  contactEmail: "contact@example.org",
  email: { host: "smtp.example.org", user: "mailer" },
  s3Logs: {
    bucket: "acme-analytics-logs",
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    notifyEmail: "ops@example.org",
    fromEmail: "logs@example.org",
  },
  oauth2: { loginKey: "insights-sso", backendKey: "insights-backend" },
  jwt: { audience: "lms-key" },
  jenkins: { version: "2.176.4" },
  secureRepository: { url: "git@git.example.org:acme/secure.git", version: "main" },
  jobsDslRepository: { url: "git@git.example.org:acme/jobs.git", version: "main" },
  configurationRepository: { url: "https://git.example.org/configuration.git", version: "acme" },
  pipelineRepository: { url: "https://git.example.org/pipeline.git", version: "acme" },
  startDate: "2016-01-01",
};

/** The six files of a deployed client: rendered, read by their readers, followed into AWS, uploaded, checked. */
export async function configFiles(steps: Steps, world: World, example: Described): Promise<void> {
  const step: Steps["step"] = (title, play) => steps.step(title, play);
  await step("each file's own reader finds what was meant, for all clients and for adversarial strings", () =>
    readsAll(world),
  );
  await readByAnsible(step, world);
  await decryption(step, world);

  const project = new Project(world, "config-files");
  const { name } = example;
  const input: ClientInput = { ...example.input, buckets: { apiReports: {} }, configurationFiles: supplied };
  const command = ["cli/edx-analytics.js", "config-files", name];
  const render = async (...options: string[]) => (await project.succeed("node", [...command, ...options])).output;
  const refused = (expected: RegExp, ...options: string[]) =>
    project.refused("node", [...command, ...options], expected);
  const stack = join(project.folder, "cdktf.out", "stacks", name);
  const folder = join(project.folder, "secrets", name);
  const terraform = (...args: string[]) => project.succeed("terraform", args, { cwd: stack });

  const { client } = await step("the edxapp side exists, and the state's bucket", async () => {
    project.client(name, input);
    await project.succeed("node", ["cli/edx-analytics.js", "state", name]);
    return edxappSide(world, changed(example, { buckets: { apiReports: {} } }));
  });
  await step("before the deploy it says what to do: synth, init, deploy", async () => {
    await refused(/there is no cdktf\.out\/stacks\/example\/cdk\.tf\.json\. Run `CLIENT=example npm run synth`/);
    await project.succeed("npm", ["run", "synth"], { env: { CLIENT: name } });
    writeOverride(stack);
    await refused(/Run `terraform init` in cdktf\.out\/stacks\/example, then repeat the command/);
    await terraform("init", "-input=false", "-no-color");
    await refused(/no outputs were found: nothing is deployed, or it is another state\. Deploy example/);
    await project.refused("node", command, /`nowhere` is not on the PATH\. Install Terraform/, {
      env: { TERRAFORM_BINARY_NAME: "nowhere" },
    });
  });
  await step("the client is deployed", () => terraform("apply", "-auto-approve", "-input=false", "-no-color"));

  await step("npx edx-analytics config-files example writes the files, and lists what is missing", async () => {
    const said = await render();
    says(said, /^Configuration files of example: database 1, hosts 1, account 123456789012, eu-west-1$/m);
    equal("new files", said.match(/^ {2}new +secrets\/example\//gm)?.length, 10);
    says(said, /^10 values are missing/m);
    for (const path of configFilePaths) {
      equal(`mode of ${path}`, statSync(join(folder, path)).mode & 0o777, 0o600);
    }
    equal("mode of the folder", statSync(folder).mode & 0o777, 0o700);
  });
  await step("with the secrets in SSM, by the documented commands and --make-secrets, nothing is missing", async () => {
    await putPassword(world, name, "migration", adversarial);
    await refused(/mysql\/migration has a ' in it, at which the role insights breaks/);
    await putPassword(world, name, "migration", adversarialPassword);
    for (const [key, { maker, optional }] of secretEntries) {
      if (maker === "operator" && !optional && !["migrationPassword", "jenkinsPrivateKey"].includes(key)) {
        await put(world, name, key, `of ${key}: ${adversarial}`);
      }
    }
    await succeed("ssh-keygen", ["-q", "-t", "rsa", "-N", "", "-f", keyFile(world)]);
    await putFile(world, name);
    await refused(/BEGIN OPENSSH PRIVATE KEY.* Convert a copy with `ssh-keygen -p -m PEM -N '' -f COPY`/);
    await succeed("ssh-keygen", ["-p", "-m", "PEM", "-N", "", "-f", keyFile(world)]);
    await putFile(world, name);
    const said = await render("--make-secrets");
    says(said, /ANALYTICS_API_AUTH_TOKEN +becomes +a secret, was missing/);
    says(said, /^No value is missing\.$/m);
    holds("no secret is shown", !said.includes("Acme") && !said.includes("PRIVATE KEY"));
  });
  await step("each file is read, and each value followed into AWS", async () => {
    const files = await readFiles(world, folder);
    await expectFollowed(world, client, files);
    const vars = files["vars-analytics.yml evaluated"];
    const [git, emr] = vars.JENKINS_ANALYTICS_CREDENTIALS;
    equal("the private key", git.privatekey, readFileSync(keyFile(world), "utf8"));
    equal(
      "EMR's private key",
      [emr.username, emr.privatekey],
      ["hadoop", "<file /home/ubuntu/secure-config/analytics.pem>\n"],
    );
    equal(
      "a secret with Jinja in it",
      vars.INSIGHTS_SOCIAL_AUTH_EDX_OAUTH2_SECRET,
      `of loginOauth2Secret: ${adversarial}`,
    );
    equal("the API's user", vars.ANALYTICS_API_USERS.insights, vars.INSIGHTS_DATA_API_AUTH_TOKEN);
    equal("the LMS", vars.INSIGHTS_LMS_BASE, "https://courses.example.org");
  });
  await operatorsLines({ step, world, folder, render, refused });
  await step("--upload puts the creds there, encrypted, and --check says what else the pipeline misses", async () => {
    says(await render("--upload"), /^4 objects that the pipeline expects do not exist:$/m);
    const { outputs } = sourcesOf(client);
    for (const key of ["edxapp_creds", "edxanalytics_creds"]) {
      const { ServerSideEncryption } = await world.s3.send(
        new HeadObjectCommand({ Bucket: outputs.edxanalytics_bucket, Key: key }),
      );
      equal(`encryption of ${key}`, ServerSideEncryption, "AES256");
    }
    await refused(/0 files would be written, 4 objects of the pipeline's missing/, "--check");
    for (const { bucket, key } of pipelineObjects(sourcesOf(client))) {
      await world.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: "content" }));
    }
    says(await render("--check"), /The other objects that the pipeline expects exist/);
    await world.s3.send(new PutObjectCommand({ Bucket: outputs.edxanalytics_bucket, Key: "edxapp_creds", Body: "{}" }));
    await refused(/1 file would be written, 0 objects of the pipeline's missing/, "--check");
    await refused(/would change, as shown above|is added/, "--upload");
    await render("--upload", "--yes");
    await render("--check");
  });
}

/** Renders all clients' files, and one with adversarial strings wherever text may be, and reads them back. */
async function readsAll(world: World): Promise<void> {
  const secrets = {
    ...Object.fromEntries(secretEntries.map(([key]) => [key, `${key} ${adversarial}`])),
    migrationPassword: adversarialPassword,
  };
  const odd = clientOf({
    configurationFiles: {
      clusterName: adversarial,
      email: { host: "yes", user: "0777" },
      oauth2: { loginKey: "12:30", backendKey: adversarial },
      jenkins: {
        version: "2.10",
        gitUser: "~",
        credentialId: "null",
        emrPrivateKey: adversarial.replaceAll("`", ""),
        commonVars: "@file: {a}",
      },
      pipelineRepository: { url: "https://git.example.org/!tag.git", version: "1_000" },
      startDate: "2016-01-01",
      extra: {
        varsAnalytics: { ON: "on", DEEP: { list: ["no", "!tag", 1, null, true], "key: #": "- a" } },
        jenkinsEnv: { PLAIN: 'it\'s "$5" `id` \\ 100%' },
        analyticsOverride: { odd: { value: 'it\'s "100%" of $5 #1' } },
      },
    },
  });
  const all: Sources[] = [
    ...loadFleet().clients.map((client) => sourcesOf(client)),
    sourcesOf(odd, { secrets: { ...secrets, jenkinsPrivateKey: privateKey } }),
  ];
  for (const [index, sources] of all.entries()) {
    const folder = join(world.tools.folder, `${world.name}-read-${index}`);
    const rendered = configFilePaths.map((path) => ({ ...renderConfigFile(path, sources), path }));
    for (const { path, text } of rendered) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const files = await readFiles(world, folder);
    for (const { path, values } of rendered) {
      const { client, outputs } = sources;
      for (const [key, value] of Object.entries(values)) {
        const wanted = path.endsWith("_env") ? expanded(value as Value, outputs.region) : meant(value as Value);
        equal(`${client.name}: ${path}: ${key}`, files[path][key], wanted);
      }
      holds(
        `${path} has no other section`,
        path.endsWith("_env") || Object.keys(files[path]).length === Object.keys(values).length,
      );
    }
  }
}

/** A value as its reader is to find it, its expressions as they are. */
function meant(value: Value): unknown {
  if (value instanceof Expression) {
    return value.text;
  }
  if (Array.isArray(value)) {
    return value.map(meant);
  }
  return isValues(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, inner]) => (inner === absent ? [] : [[key, meant(inner)]])),
      )
    : plain(value);
}

/** A value after bash, which has its own expressions evaluated when it is read. */
function expanded(value: Value, region: string): unknown {
  return value instanceof Expression ? value.text.replace("${AWS_REGION}", region) : meant(value);
}

/** A key that the state holds encrypted, with a real gpg. */
async function decryption(step: Steps["step"], world: World): Promise<void> {
  const home = join(world.tools.folder, `${world.name}-gnupg`);
  mkdirSync(home, { mode: 0o700 });
  const env = { GNUPGHOME: home };
  if ((await run("gpg", ["--version"]).catch(() => undefined))?.code !== 0) {
    await step(
      "gpg is missing here: keys encrypted with pgpKey are decrypted in `npm test` alone, by a fake",
      async () => {},
    );
    return;
  }
  await step("a key that the state holds encrypted goes through gpg", async () => {
    await succeed("gpg", ["--batch", "--quiet", "--passphrase", "", "--quick-generate-key", "acme"], { env });
    const script = `printf %s "$SECRET" | gpg --batch --quiet --trust-model always --encrypt --recipient acme | base64 -w0`;
    const { stdout } = await succeed("bash", ["-c", script], { env: { ...env, SECRET: adversarial } });
    const outputs = { ...outputsOf(clientOf()), elasticsearch_encrypted_secret_access_key: stdout };
    process.env.GNUPGHOME = home;
    equal("the key", (await readAccessKeys("example", outputs)).elasticsearch, adversarial);
  });
}

/** Puts a secret into SSM with the command that is printed. */
async function put(world: World, client: string, key: SecretKey, text: string): Promise<void> {
  await shell(world, putParameterCommand(secretName(client, key), world.region), `${text}\n`);
}

async function putFile(world: World, client: string): Promise<void> {
  const name = secretName(client, "jenkinsPrivateKey");
  await shell(
    world,
    `aws ssm put-parameter --region ${world.region} --name ${name} --type SecureString --overwrite --value file://${keyFile(world)}`,
    "",
  );
}

/** Where Jenkins' private key is, as an operator has it. */
function keyFile(world: World): string {
  return join(world.tools.folder, `${world.name}-key.pem`);
}

async function shell(world: World, command: string, input: string): Promise<void> {
  const { code, output } = await run("bash", ["-c", command], {
    env: { ...world.environment(), PATH: awsPath(world) },
    onStart: (child) => child.stdin?.end(input),
  });
  equal(`status of \`${command}\`: ${tail(output)}`, code, 0);
}

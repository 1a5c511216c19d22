import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { CreateDBInstanceCommand } from "@aws-sdk/client-rds";
import type { DatabaseIteration } from "../../config/client";
import { equal, holds, says } from "../expectations/equal";
import { contentsOf, expectNoLogin, expectOwner, expectReader } from "../expectations/logins";
import { expectNowhere } from "../expectations/nowhere";
import { edxappSide } from "../harness/before";
import { commands } from "../harness/commands";
import { DatabasesWorkspace } from "../harness/databases-workspace";
import { changed, type Described } from "../harness/described";
import { type Certificates, MariaDb } from "../harness/mariadb";
import { masterPassword, passwordOf, putPassword } from "../harness/mysql-passwords";
import { MysqlScript } from "../harness/mysql-script";
import { run, succeed } from "../harness/processes";
import type { Steps } from "../harness/steps";
import { Workspace } from "../harness/workspace";
import type { World } from "../harness/world";
import { oddNames } from "./odd-names";

/** What an operator puts into SSM, with everything that a careless quotation breaks at. */
const edxappPassword = 'it\'s "edxapp" \\ $HOME %s_`id` ünï';
const adminPassword = "admin of #edxapp";

/** Address of the passwords' parameters in the client's stack, up to the login. */
const passwords = "aws_ssm_parameter.mysql_passwords";

/** Databases, users and grants: passwords in an emulated AWS, SQL on real servers, and what the users then may do. */
export async function databases(steps: Steps, world: World, example: Described): Promise<void> {
  const step: Steps["step"] = (title, run) => steps.step(title, run);
  const { name, client } = example;
  const { identifier } = client.database.iterations[0] as DatabaseIteration;
  const files = (folder: string) => join(world.tools.folder, `${world.name}-${folder}`);

  const certificates = await step("the servers' certificate is created", () =>
    makeCertificates(world, files("certificates")),
  );
  const described = await step("the edxapp side and the analytics RDS exist", async () => {
    await commands(world).succeed(["state", name]);
    await makeRds(world, identifier);
    return changed(await edxappSide(world, example), { mysql: { edxappAdmin: "root" } });
  });

  const stack = new Workspace(world, name);
  await step("the client's stack puts random passwords into SSM", async () => {
    await stack.client(described);
    await deployPasswords(stack);
    const made = [await passwordOf(world, name, "analytics"), await passwordOf(world, name, "edxapp_ro")];
    holds(
      "32 letters and digits each",
      made.every((password) => /^[A-Za-z0-9]{32}$/.test(password)),
    );
    holds("they differ", made[0] !== made[1]);
  });
  await step("the operator puts the others there, with the documented command", async () => {
    await putPassword(world, name, "migration", edxappPassword);
    await putPassword(world, name, "edxapp_admin", adminPassword);
    equal("edxapp's password", await passwordOf(world, name, "migration"), edxappPassword);
  });
  if ((await run("zsh", ["--version"]).catch(() => undefined))?.code === 0) {
    await step("which works in zsh too", async () => {
      await putPassword(world, name, "migration", `${edxappPassword} of zsh`, "zsh");
      equal("edxapp's password", await passwordOf(world, name, "migration"), `${edxappPassword} of zsh`);
      await putPassword(world, name, "migration", edxappPassword, "zsh");
    });
  } else {
    await step("zsh is missing here: the documented command was run in bash alone", async () => {});
  }

  const root = await step("RDS keeps the master password in Secrets Manager", async () => ({
    user: "root",
    password: await masterPassword(world, identifier),
  }));
  const admin = { user: "root", password: adminPassword };
  const start = (folder: string, edxappFolder: string) =>
    step("two MariaDB servers run, which take TLS alone", async () => ({
      analytics: await analyticsServer(files(folder), root.password, certificates),
      edxapp: await edxappServer(files(edxappFolder), admin.password, certificates),
    }));
  const servers = await start("analytics", "edxapp");
  const { analytics, edxapp } = servers;
  const logins = async () => ({
    analytics: { user: "analytics", password: await passwordOf(world, name, "analytics") },
    migration: { user: client.edxapp.database.user, password: edxappPassword },
    reader: { user: "edxapp_ro", password: await passwordOf(world, name, "edxapp_ro") },
  });
  const secrets = async () => [...Object.values(await logins()), root, admin].map(({ password }) => password);
  const probe = async (on: typeof servers) => {
    const users = await logins();
    await expectOwner(on.analytics, users.analytics);
    await expectOwner(on.analytics, users.migration);
    await expectReader(on.edxapp, users.reader);
  };

  const databasesStack = new DatabasesWorkspace(world, example);
  await step("the databases stack reads each password where it is, and shows none", async () => {
    await databasesStack.standIn(described);
    await applied(databasesStack);
    const users = await logins();
    equal("what the servers would get", await databasesStack.received(), {
      login_analytics_1: root.password,
      login_edxapp: admin.password,
      analytics_1_analytics: users.analytics.password,
      analytics_1_migration: users.migration.password,
      edxapp_edxapp_ro: users.reader.password,
    });
    await expectNowhere(await secrets(), [stack, databasesStack]);
  });

  const { stdout } = await step("npx edx-analytics sql writes the script", () =>
    commands(world).succeed(["sql", name]),
  );
  const script = new MysqlScript(world, name, stdout);
  const runScript = async () => [
    await script.succeed("analytics", analytics, [root.password]),
    await script.succeed("edxapp", edxapp, [admin.password]),
  ];
  const contents = async () => [await contentsOf(analytics, root), await contentsOf(edxapp, admin)];
  // Before the script has been taken, so that a change would show.
  await step("a server that cannot prove who it is gets no password, and is not changed", async () => {
    const outputs = await refusesImpostors(script, analytics, files("plain"), root.password);
    await expectNowhere(await secrets(), [], outputs);
  });
  await step("the servers take the script, with passwords from SSM", async () => {
    const outputs = (await runScript()).map(({ output }) => output);
    await expectNowhere(await secrets(), [], [stdout, script.seen(), ...outputs]);
    says((await contents())[0] as string, /^analytics-api\tutf8mb3\tutf8mb3_general_ci$/m);
  });
  await step("a second time, it changes nothing", async () => {
    const before = await contents();
    await runScript();
    equal("contents", await contents(), before);
  });
  await step("each user may do what the runbook gives it, and nothing else", () => probe(servers));
  await step("a server that refuses a statement does not make the client print it", async () => {
    const { reader } = await logins();
    const { code, output } = await script.run(["edxapp", "localhost", String(edxapp.port)], [reader.password], {
      MYSQL_SSL_CA: certificates.ca,
      MYSQL_LOGIN: reader.user,
    });
    holds("the script fails", code !== 0);
    says(output, /ERROR 1227/);
    await expectNowhere(await secrets(), [], [output]);
  });

  const rotated = changed(described, { mysql: { edxappAdmin: "root", passwords: { analytics: { version: 2 } } } });
  const old = await logins();
  await step("a version of a password that is not deployed yet is refused at plan", async () => {
    await databasesStack.standIn(rotated);
    await databasesStack.refused(
      ["plan", "-input=false", "-no-color"],
      /Version 2 of the password of analytics is not in SSM\. Apply `example` first/,
    );
  });
  await step("deployed, it is another one, of this user alone", async () => {
    await stack.client(rotated);
    await deployPasswords(stack);
    await applied(databasesStack);
    const { analytics: rotatedLogin, reader } = await logins();
    holds("it is another", rotatedLogin.password !== old.analytics.password);
    equal("edxapp_ro's", reader, old.reader);
    equal("what the server would get", (await databasesStack.received()).analytics_1_analytics, rotatedLogin.password);
    await expectNowhere([...(await secrets()), old.analytics.password], [stack, databasesStack]);
  });
  await step("the script sets it, and the old one opens nothing", async () => {
    await runScript();
    await expectNoLogin(analytics, old.analytics);
    await probe(servers);
  });
  await step("odd names and passwords do no harm", () => oddNames(world, analytics, root));
  await step("a password that its operator keeps from now on is removed from the state, and stays in SSM", async () => {
    const { analytics: before } = await logins();
    await stack.client(
      changed(rotated, { mysql: { edxappAdmin: "root", passwords: { analytics: { existing: true, version: 2 } } } }),
    );
    await deployPasswords(stack, "-target=aws_ssm_parameter.mysql_passwords_analytics");
    equal("the password", (await logins()).analytics, before);
    holds("the state has no parameter of it", !(await stack.resources()).includes(`${passwords}_analytics`));
  });
  await step("it and an instance's own master password are read from SSM", async () => {
    await putPassword(world, name, "analytics", "analytics' own");
    await putPassword(world, name, "master_1", "root's own");
    await databasesStack.standIn(
      changed(rotated, {
        mysql: { edxappAdmin: "root", passwords: { analytics: { existing: true, version: 3 } } },
        database: { iterations: { "1": { masterPassword: { existing: true } } } },
      }),
    );
    // Write-only, and of no version of its own: it is sent when it is created anew.
    await databasesStack.succeed(["taint", "aws_ssm_parameter.login_analytics_1"]);
    await applied(databasesStack);
    const received = await databasesStack.received();
    equal("what the server would get", received.analytics_1_analytics, "analytics' own");
    equal("what it would be logged in to with", received.login_analytics_1, "root's own");
    await expectNowhere(["analytics' own", "root's own"], [stack, databasesStack]);
  });

  if (await databasesStack.whole(rotated)) {
    const fresh = await start("analytics-fresh", "edxapp-fresh");
    const endpoints = { analytics_1: `localhost:${fresh.analytics.port}`, edxapp: `localhost:${fresh.edxapp.port}` };
    await databasesStack.whole(rotated, { endpoints, ca: certificates.ca });
    await step("petoju/mysql is had from the registry: the stack is applied, and a second plan is empty", async () => {
      await applied(databasesStack);
      await databasesStack.unchanged();
    });
    await step("each user may do what the runbook gives it, and nothing else", () => probe(fresh));
    await step("no password is shown", async () => expectNowhere(await secrets(), [databasesStack]));
  } else {
    await step("petoju/mysql cannot be had here: of the stack, `npm test` alone checks the MySQL side", async () => {});
  }
}

async function makeCertificates(world: World, folder: string): Promise<Certificates> {
  mkdirSync(folder);
  await succeed(world.tools.python, [join(__dirname, "..", "emulator", "certificates.py"), folder]);
  const file = (name: string) => join(folder, `${name}.pem`);
  return { ca: file("ca"), certificate: file("server"), key: file("server-key") };
}

/** The analytics RDS as the client's stack creates it, but at once. */
async function makeRds(world: World, identifier: string): Promise<void> {
  await world.rds.send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: identifier,
      DBInstanceClass: "db.t3.medium",
      Engine: "mysql",
      AllocatedStorage: 20,
      MasterUsername: "root",
      ManageMasterUserPassword: true,
    }),
  );
}

/** Of the client's stack, the passwords: the rest takes minutes, and other parts. */
async function deployPasswords(stack: Workspace, ...others: string[]): Promise<void> {
  const targets = [`-target=${passwords}_versions`, ...others];
  await stack.succeed(["plan", "-input=false", "-no-color", "-out=plan", ...targets]);
  await stack.apply();
  await stack.succeed(["plan", "-input=false", "-no-color", "-detailed-exitcode", ...targets]);
}

async function applied(workspace: Workspace): Promise<void> {
  await workspace.plan();
  await workspace.apply();
}

/** A server with something that is not analytics'. */
async function analyticsServer(folder: string, password: string, certificates: Certificates): Promise<MariaDb> {
  const server = await MariaDb.start(folder, password, certificates);
  const root = { user: "root", password };
  await server.succeed(root, "CREATE DATABASE foreign_database; CREATE TABLE foreign_database.secrets (id INT)");
  return server;
}

/** A server with edxapp's databases. */
async function edxappServer(folder: string, password: string, certificates: Certificates): Promise<MariaDb> {
  const server = await MariaDb.start(folder, password, certificates);
  const root = { user: "root", password };
  for (const [database, table] of Object.entries({ edxapp: "courses", ecommerce: "orders" })) {
    const name = `${database}.${table}`;
    await server.succeed(
      root,
      `CREATE DATABASE ${database}; CREATE TABLE ${name} (id INT); INSERT INTO ${name} VALUES (1)`,
    );
  }
  return server;
}

/**
 * Another authority, another name, and no TLS at all: each ends the script before it has changed anything.
 * @returns what the script has printed
 */
async function refusesImpostors(
  script: MysqlScript,
  server: MariaDb,
  folder: string,
  password: string,
): Promise<string[]> {
  const root = { user: "root", password };
  const plain = await MariaDb.start(folder, password);
  const contents = async () => [await contentsOf(server, root), await contentsOf(plain, root)];
  const before = await contents();
  const outputs: string[] = [];
  const ca = server.certificates?.ca as string;
  const attempts: { host: string; port: number; env: Record<string, string> }[] = [
    { host: "localhost", port: server.port, env: {} },
    { host: "127.0.0.1", port: server.port, env: { MYSQL_SSL_CA: ca } },
    { host: "localhost", port: plain.port, env: { MYSQL_SSL_CA: ca } },
  ];
  for (const { host, port, env } of attempts) {
    const { code, output } = await script.run(["analytics", host, String(port)], [password], env);
    holds(`${host}:${port} is refused`, code !== 0);
    says(output, /ERROR 2026 \(HY000\): (TLS\/)?SSL (connection )?error/);
    equal(`contents after ${host}:${port}`, await contents(), before);
    outputs.push(output);
  }
  plain.stop();
  return outputs;
}

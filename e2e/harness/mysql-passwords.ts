import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { passwordParameter } from "../../config/names";
import type { MysqlLogin } from "../../config/tables/mysql-passwords";
import { putParameterCommand } from "../../handoff/config-files/put-parameter";
import { run, succeed, tail } from "./processes";
import type { World } from "./world";

/** The clear text of a parameter in SSM. */
export async function parameter(world: World, name: string): Promise<string> {
  const { Parameter } = await world.ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
  return Parameter?.Value as string;
}

/** A login's password, as SSM has it. */
export function passwordOf(world: World, client: string, login: MysqlLogin): Promise<string> {
  return parameter(world, passwordParameter(client, login));
}

/** Puts a login's password into SSM as an operator does, with the documented command, in a shell. */
export async function putPassword(
  world: World,
  client: string,
  login: MysqlLogin,
  password: string,
  shell: "bash" | "zsh" = "bash",
): Promise<void> {
  const { code, output } = await run(
    shell,
    ["-c", putParameterCommand(passwordParameter(client, login), world.region)],
    {
      env: { ...world.environment(), PATH: awsPath(world) },
      onStart: (child) => child.stdin?.end(`${password}\n`),
    },
  );
  if (code !== 0 || output.includes(password)) {
    throw new Error(`the command ended with ${code}, or showed the password:\n${tail(output)}`);
  }
}

/** The master password that RDS has created for an instance. */
export async function masterPassword(world: World, identifier: string): Promise<string> {
  const aws = async (...args: string[]) => {
    const { stdout } = await succeed(
      world.tools.python,
      ["-m", "awscli", ...args, "--region", world.region, "--output", "text"],
      {
        env: world.environment(),
      },
    );
    return stdout.trim();
  };
  const describe = ["rds", "describe-db-instances", "--db-instance-identifier", identifier];
  const arn = await aws(...describe, "--query", "DBInstances[0].MasterUserSecret.SecretArn");
  const secret = await aws("secretsmanager", "get-secret-value", "--secret-id", arn, "--query", "SecretString");
  return (JSON.parse(secret) as { password: string }).password;
}

/** A PATH on which `aws` is that of the emulator's own environment. */
export function awsPath(world: World): string {
  const folder = join(world.tools.folder, `${world.name}-bin`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "aws"), `#!/usr/bin/env bash\nexec '${world.tools.python}' -m awscli "$@"\n`, {
    mode: 0o755,
  });
  return `${folder}:${process.env.PATH}`;
}

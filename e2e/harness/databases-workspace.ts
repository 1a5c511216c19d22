import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetParametersByPathCommand } from "@aws-sdk/client-ssm";
import { DatabasesStack } from "../../stacks/databases-stack";
import type { Described } from "./described";
import { tail } from "./processes";
import { init, Workspace } from "./workspace";
import type { World } from "./world";

// biome-ignore lint/suspicious/noExplicitAny: Terraform JSON is taken apart by its keys.
type Json = Record<string, any>;

/** Seconds that Terraform waits for a registry that cannot be reached. */
export const impatient = { TF_REGISTRY_CLIENT_TIMEOUT: "5", TF_REGISTRY_DISCOVERY_RETRY: "0" };

/** The databases stack of a client, with Terraform run in its folder. */
export class DatabasesWorkspace extends Workspace {
  constructor(world: World, { client }: Described) {
    super(world, client.stacks.databases.name);
  }

  /**
   * Writes the whole stack.
   * @param servers host and port by the provider's alias, and the file of their certificate authority
   * @returns whether petoju/mysql could be had from the registry
   */
  async whole(
    { client }: Described,
    servers?: { readonly endpoints: Readonly<Record<string, string>>; readonly ca: string },
  ): Promise<boolean> {
    this.synthesize((app) => new DatabasesStack(app, client));
    if (servers !== undefined) {
      const override = join(this.folder, "zz_override.tf.json");
      const { provider, ...rest } = JSON.parse(readFileSync(override, "utf8")) as Json;
      const mysql = Object.entries(servers.endpoints).map(([alias, endpoint]) => ({ alias, endpoint }));
      writeFileSync(override, JSON.stringify({ ...rest, provider: { ...provider, mysql } }));
      writeFileSync(join(this.folder, "terraform.tfvars.json"), JSON.stringify({ rds_ca: servers.ca }));
    }
    const { code, output } = await this.terraform(init, { env: impatient });
    if (code !== 0 && !/petoju\/mysql/.test(output)) {
      throw new Error(`terraform init ended with ${code}:\n${tail(output)}`);
    }
    return code === 0;
  }

  /**
   * Writes the stack without its MySQL side: each password that a MySQL server would get is written to a parameter
   * `/received/<whose>`, write-only as well, to see that it is the right one.
   */
  async standIn({ client }: Described): Promise<void> {
    this.synthesize((app) => new DatabasesStack(app, client));
    const file = join(this.folder, "cdk.tf.json");
    const { provider, terraform, resource, data, removed: _, ...rest } = JSON.parse(readFileSync(file, "utf8")) as Json;
    const { mysql: __, ...providers } = terraform.required_providers;
    const { mysql_databases: ___, ...awsData } = data;
    const passwords = [
      ...(provider.mysql as Json[])
        .filter(({ password }) => password !== undefined)
        .map(({ alias, password }) => ({ whose: `login_${alias}`, value: password, version: 1 })),
      ...Object.entries(resource.mysql_user as Record<string, Json>).map(([name, user]) => ({
        whose: name,
        value: user.password_wo,
        version: user.password_wo_version,
      })),
    ];
    const received = passwords.map(({ whose, value, version }) => [
      whose,
      { name: `/received/${whose}`, type: "SecureString", value_wo: value, value_wo_version: version },
    ]);
    writeFileSync(
      file,
      JSON.stringify({
        ...rest,
        data: awsData,
        terraform: { ...terraform, required_providers: providers },
        provider: { aws: provider.aws },
        resource: { aws_ssm_parameter: Object.fromEntries(received) },
      }),
    );
    await this.succeed(init);
  }

  /** What the stand-in was given, by whose password it is. */
  async received(): Promise<Record<string, string>> {
    const { Parameters = [] } = await this.world.ssm.send(
      new GetParametersByPathCommand({ Path: "/received", WithDecryption: true }),
    );
    return Object.fromEntries(Parameters.map(({ Name = "", Value = "" }) => [Name.split("/")[2], Value]));
  }
}

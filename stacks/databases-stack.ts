import { DataAwsDbInstance } from "@cdktf/provider-aws/lib/data-aws-db-instance";
import { DataAwsSsmParametersByPath } from "@cdktf/provider-aws/lib/data-aws-ssm-parameters-by-path";
import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import type { Client, DatabaseIteration } from "../config/client";
import { parameterArn } from "../config/names";
import type { MysqlLogin } from "../config/tables/mysql-passwords";
import { Ephemeral } from "../modules/ephemeral";
import { analyticsServer, edxappServer } from "../modules/mysql-databases-and-users";
import { type MysqlConnection, type MysqlPassword, MysqlServer, RemovedMysqlServer } from "../modules/mysql-server";
import { rdsCertificates, rdsRegion } from "../modules/rds-certificates";
import { ClientStack } from "./client-stack";
import { providers } from "./provider-locks";

/**
 * MySQL databases, users and grants of one client (runbook, RDS): on each iteration of the analytics RDS and, where the
 * client file names who may, on the edxapp server. Deployed after the client's stack, from where MySQL can be reached.
 */
export class DatabasesStack extends ClientStack {
  override readonly lock = "databases";
  private readonly client: Client;
  private readonly proxy: TerraformVariable;
  private readonly rdsCa: TerraformVariable;

  constructor(scope: Construct, client: Client) {
    super(scope, client.stacks.databases, client);
    this.client = client;
    this.addOverride("terraform.required_providers.mysql.version", providers.mysql.version);
    this.proxy = new TerraformVariable(this, "mysql-proxy", {
      description: "SOCKS proxy on the way to MySQL, as in socks5://localhost:1080; none by default",
      type: "string",
    });
    // cdktf takes no null as a default.
    this.proxy.addOverride("default", null);
    this.rdsCa = new TerraformVariable(this, "rds-ca", {
      description: `Certificate authorities of RDS in ${client.region}, PEM or the path of a file`,
      type: "string",
      default: rdsCertificates(client.region),
    });
    this.refuseUndeployedPasswords();

    const analytics = analyticsServer(client.edxapp.database.user);
    const passwords = { analytics: this.password("analytics"), migration: this.password("migration") };
    for (const iteration of client.database.iterations) {
      new MysqlServer(this, `analytics-${iteration.key}`, {
        ...analytics,
        ...iteration.characterSet,
        connection: this.analyticsConnection(iteration),
        passwords,
        protected: iteration.protected,
      });
    }
    for (const key of client.database.retired) {
      new RemovedMysqlServer(this, `analytics-${key}`, analytics);
    }

    const { edxappAdmin } = client.mysql;
    if (edxappAdmin === undefined) {
      new RemovedMysqlServer(this, "edxapp", edxappServer);
    } else {
      new MysqlServer(this, "edxapp", {
        ...edxappServer,
        connection: this.edxappConnection(edxappAdmin),
        passwords: { edxapp_ro: this.password("edxapp_ro") },
        protected: client.protected,
      });
    }
  }

  /** A password of a version that is not in SSM yet would be the old one; the operator's are of none. */
  private refuseUndeployedPasswords(): void {
    const { name, mysql } = this.client;
    // The user of an edxapp server that this stack does not log in to gets its password there.
    const logins = mysql.generated.filter((login) => login !== "edxapp_ro" || mysql.edxappAdmin !== undefined);
    if (logins.length === 0) {
      return;
    }
    new DataAwsSsmParametersByPath(this, "deployed-versions", {
      path: mysql.versionsFolder,
      lifecycle: {
        postcondition: logins.map((login) => ({
          condition: `\${try(jsondecode(one(self.values)).${login}, 0) == ${mysql.passwordVersions[login]}}`,
          errorMessage: `Version ${mysql.passwordVersions[login]} of the password of ${login} is not in SSM. Apply \`${name}\` first, then \`${this.node.id}\`.`,
        })),
      },
    });
  }

  private analyticsConnection(iteration: DatabaseIteration): MysqlConnection {
    const scope = new Construct(this, `rds-${iteration.key}`);
    const instance = new DataAwsDbInstance(scope, "Instance", { dbInstanceIdentifier: iteration.identifier });
    const { masterLogin } = iteration;
    return {
      ...this.throughProxy(instance.endpoint),
      username: instance.masterUsername,
      password: masterLogin === undefined ? managedPassword(scope, instance) : this.passwordValue(masterLogin),
      customTls: [{ caCert: this.rdsCa.stringValue }],
    };
  }

  private edxappConnection(username: string): MysqlConnection {
    const { identifier, address, port } = this.client.edxapp.database;
    const common = { username, password: this.passwordValue("edxapp_admin") };
    if (identifier !== undefined) {
      const { endpoint } = new DataAwsDbInstance(this, "rds-edxapp", { dbInstanceIdentifier: identifier });
      return { ...common, ...this.throughProxy(endpoint), customTls: [{ caCert: this.rdsCa.stringValue }] };
    }
    const caCert = rdsCertificates(rdsRegion(address as string) ?? "");
    return {
      ...common,
      ...this.throughProxy(`${address}:${port}`),
      ...(caCert === undefined ? { tls: "true" } : { customTls: [{ caCert }] }),
    };
  }

  private throughProxy(endpoint: string): Pick<MysqlConnection, "endpoint" | "proxy"> {
    return { endpoint, proxy: this.proxy.stringValue };
  }

  private password(login: keyof Client["mysql"]["passwordVersions"]): MysqlPassword {
    return { value: this.passwordValue(login), version: this.client.mysql.passwordVersions[login] };
  }

  private passwordValue(login: MysqlLogin): string {
    const parameter = new Ephemeral(this, `password-of-${login.replaceAll("_", "-")}`, {
      type: "aws_ssm_parameter",
      arguments: { arn: parameterArn(this.client, this.client.mysql.parameters[login] as string) },
    });
    return `\${${parameter.attribute("value")}}`;
  }
}

/** The master user's password as RDS manages it, which changes it every seven days. */
function managedPassword(scope: Construct, instance: DataAwsDbInstance): string {
  const secret = new Ephemeral(scope, "MasterPassword", {
    type: "aws_secretsmanager_secret_version",
    arguments: { secret_id: `\${one(${instance.fqn}.master_user_secret).secret_arn}` },
  });
  return `\${jsondecode(${secret.attribute("secret_string")}).password}`;
}

import { DataAwsDbInstance } from "@cdktf/provider-aws/lib/data-aws-db-instance";
import { DataAwsSsmParametersByPath } from "@cdktf/provider-aws/lib/data-aws-ssm-parameters-by-path";
import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import type { ClientConfig } from "../clients/config/client";
import type { MysqlConfig } from "../clients/config/mysql";
import {
  analyticsServer,
  characterSet,
  edxappServer,
  everyDatabase,
  type MysqlServer as ServerConfig,
} from "../clients/config/mysql-servers";
import { type MysqlLogin, parameterArn, passwordParameter, passwordVersionsFolder } from "../clients/config/parameters";
import {
  type DatabaseIteration,
  databaseIterationsOf,
  databasesStackName,
  generatedLoginsOf,
  masterLoginOf,
} from "../clients/config/resolve";
import { Ephemeral } from "../modules/ephemeral";
import {
  type MysqlConnection,
  type MysqlContents,
  type MysqlPassword,
  MysqlServer,
  RemovedMysqlServer,
} from "../modules/mysql-server";
import { rdsCertificates, rdsRegion } from "../modules/rds-certificates";
import { ClientStack } from "./client-stack";

/** From the release whose schema the bindings are made of: decision 0012. */
const mysqlProviderRange = ">= 3.0.94, < 4.0.0";

/**
 * MySQL databases, users and grants of one client (runbook, RDS): on each iteration of the analytics RDS and, where the
 * client file names who may, on the edxapp server. Deployed after the client's stack, from where MySQL can be reached.
 */
export class DatabasesStack extends ClientStack {
  private readonly client: ClientConfig;
  private readonly proxy: TerraformVariable;
  private readonly rdsCa: TerraformVariable;

  constructor(scope: Construct, client: ClientConfig) {
    super(scope, databasesStackName(client), {
      ...client,
      owner: client.name,
      tags: { Client: client.name, ...client.tags },
    });
    this.client = client;
    this.addOverride("terraform.required_providers.mysql.version", mysqlProviderRange);
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

    const analytics = contentsOf(analyticsServer(client));
    const passwords = { analytics: this.password("analytics"), migration: this.password("migration") };
    for (const iteration of databaseIterationsOf(client)) {
      new MysqlServer(this, `analytics-${iteration.key}`, {
        ...analytics,
        ...characterSet(iteration.engineVersion),
        connection: this.analyticsConnection(iteration),
        passwords,
        protected: iteration.protected,
      });
    }
    for (const key of client.database.retired) {
      new RemovedMysqlServer(this, `analytics-${key}`, analytics);
    }

    const edxapp = contentsOf(edxappServer);
    const { edxappAdmin } = client.mysql;
    if (edxappAdmin === undefined) {
      new RemovedMysqlServer(this, "edxapp", edxapp);
    } else {
      new MysqlServer(this, "edxapp", {
        ...edxapp,
        connection: this.edxappConnection(edxappAdmin),
        passwords: { edxapp_ro: this.password("edxapp_ro") },
        protected: client.protected,
      });
    }
  }

  /** A password of a version that is not in SSM yet would be the old one; the operator's are of none. */
  private refuseUndeployedPasswords(): void {
    const { name, mysql } = this.client;
    const logins = generatedLoginsOf(this.client);
    if (logins.length === 0) {
      return;
    }
    new DataAwsSsmParametersByPath(this, "deployed-versions", {
      path: passwordVersionsFolder(name),
      lifecycle: {
        postcondition: logins.map((login) => ({
          condition: `\${try(jsondecode(one(self.values)).${login}, 0) == ${mysql.passwordVersions[login]}}`,
          errorMessage: `Version ${mysql.passwordVersions[login]} of the password of ${login} is not deployed. Deploy \`${name}\` first, then \`${this.node.id}\`.`,
        })),
      },
    });
  }

  private analyticsConnection(iteration: DatabaseIteration): MysqlConnection {
    const scope = new Construct(this, `rds-${iteration.key}`);
    const instance = new DataAwsDbInstance(scope, "Instance", { dbInstanceIdentifier: iteration.identifier });
    const login = masterLoginOf(iteration);
    return {
      ...this.throughProxy(instance.endpoint),
      username: instance.masterUsername,
      password: login === undefined ? managedPassword(scope, instance) : this.passwordValue(login),
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

  private password(login: keyof MysqlConfig["passwordVersions"]): MysqlPassword {
    return { value: this.passwordValue(login), version: this.client.mysql.passwordVersions[login] };
  }

  private passwordValue(login: MysqlLogin): string {
    const parameter = new Ephemeral(this, `password-of-${login.replaceAll("_", "-")}`, {
      type: "aws_ssm_parameter",
      arguments: { arn: parameterArn(this.client, passwordParameter(this.client.name, login)) },
    });
    return `\${${parameter.attribute("value")}}`;
  }
}

/** What the SQL script is made of too, as the construct takes it. */
function contentsOf({ databases, users }: ServerConfig): MysqlContents {
  return {
    databases,
    users: users.map(({ grants, ...user }) => ({
      ...user,
      grants: grants.map(({ privilege, database }) =>
        database === everyDatabase ? { privilege } : { privilege, database: String(database) },
      ),
    })),
  };
}

/** The master user's password as RDS manages it, which changes it every seven days. */
function managedPassword(scope: Construct, instance: DataAwsDbInstance): string {
  const secret = new Ephemeral(scope, "MasterPassword", {
    type: "aws_secretsmanager_secret_version",
    arguments: { secret_id: `\${one(${instance.fqn}.master_user_secret).secret_arn}` },
  });
  return `\${jsondecode(${secret.attribute("secret_string")}).password}`;
}

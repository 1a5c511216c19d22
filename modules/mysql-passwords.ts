import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import type { MysqlConfig } from "../clients/config/mysql";
import {
  type GeneratedLogin,
  generatedLogins,
  passwordParameter,
  passwordVersionsFolder,
} from "../clients/config/parameters";
import { Ephemeral } from "./shared/ephemeral";

export interface MysqlPasswordsProps {
  readonly client: string;
  readonly versions: MysqlConfig["passwordVersions"];
}

/**
 * Random passwords of MySQL users in SSM, from where the databases stack, the SQL script and the configuration files take
 * them. They are write-only: no plan and no state has seen them.
 */
export class MysqlPasswords extends Construct {
  constructor(scope: Construct, id: string, props: MysqlPasswordsProps) {
    super(scope, id);
    const { client, versions } = props;
    const passwords = generatedLogins.map((login) => this.password(login, props));
    new SsmParameter(this, "versions", {
      name: `${passwordVersionsFolder(client)}/passwords`,
      description: "Deployed versions of the MySQL users' passwords, for the databases stack",
      type: "String",
      value: JSON.stringify(Object.fromEntries(generatedLogins.map((login) => [login, versions[login]]))),
      // It says what is there: the passwords first.
      dependsOn: passwords,
    });
  }

  private password(login: GeneratedLogin, { client, versions }: MysqlPasswordsProps): SsmParameter {
    const scope = new Construct(this, login);
    const random = new Ephemeral(scope, "Random", {
      type: "aws_secretsmanager_random_password",
      // Letters and digits alone need no quoting in YAML, INI, JSON, SQL or bash.
      arguments: { password_length: 32, exclude_punctuation: true },
    });
    return new SsmParameter(scope, "Parameter", {
      name: passwordParameter(client, login),
      // A change of it alone would be sent with an empty password.
      description: `Password of the MySQL user ${login}`,
      type: "SecureString",
      valueWo: `\${${random.attribute("random_password")}}`,
      valueWoVersion: versions[login],
    });
  }
}

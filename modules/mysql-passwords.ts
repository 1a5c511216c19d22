import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import type { ClientConfig } from "../clients/config/client";
import {
  type GeneratedLogin,
  generatedLogins,
  passwordParameter,
  passwordVersionsFolder,
} from "../clients/config/parameters";
import { generatedLoginsOf } from "../clients/config/resolve";
import { ClientStack } from "./shared/client-stack";
import { Ephemeral } from "./shared/ephemeral";

export interface MysqlPasswordsProps {
  readonly client: Pick<ClientConfig, "name" | "mysql">;
}

/**
 * Random passwords of MySQL users in SSM, from where the databases stack, the SQL script and the configuration files take
 * them. They are write-only: no plan and no state has seen them.
 */
export class MysqlPasswords extends Construct {
  constructor(scope: Construct, id: string, props: MysqlPasswordsProps) {
    super(scope, id);
    const { name, mysql } = props.client;
    const { passwordVersions: versions, existingPasswords } = mysql;
    const passwords = generatedLoginsOf(props.client).map((login) => this.password(login, props));
    // One that was random before stays in SSM; destroyed with its resource, the password would be lost.
    const stack = ClientStack.of(this);
    stack.forget(
      existingPasswords.map((login) => `aws_ssm_parameter.${stack.getLogicalId(new Construct(this, login).node)}`),
    );
    new SsmParameter(this, "versions", {
      name: `${passwordVersionsFolder(name)}/passwords`,
      description: "Deployed versions of the MySQL users' passwords, for the databases stack",
      type: "String",
      value: JSON.stringify(Object.fromEntries(generatedLogins.map((login) => [login, versions[login]]))),
      // It says what is there: the passwords first.
      dependsOn: passwords,
    });
  }

  private password(login: GeneratedLogin, { client: { name, mysql } }: MysqlPasswordsProps): SsmParameter {
    const scope = new Construct(this, login);
    const random = new Ephemeral(scope, "Random", {
      type: "aws_secretsmanager_random_password",
      // Letters and digits alone need no quoting in YAML, INI, JSON, SQL or bash.
      arguments: { password_length: 32, exclude_punctuation: true },
    });
    return new SsmParameter(scope, "Parameter", {
      name: passwordParameter(name, login),
      // A change of it alone would be sent with an empty password.
      description: `Password of the MySQL user ${login}`,
      type: "SecureString",
      valueWo: `\${${random.attribute("random_password")}}`,
      valueWoVersion: mysql.passwordVersions[login],
    });
  }
}

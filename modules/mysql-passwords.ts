import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { addressBelow } from "./address";
import { Ephemeral } from "./ephemeral";
import { removeFromState } from "./state";

/** The password of one MySQL user. */
export interface MysqlPasswordOptions {
  /** Name of the SSM parameter that holds it. */
  readonly parameterName: string;
  /**
   * A higher number sets a new random password.
   * @default 1
   */
  readonly version?: number;
  /**
   * Whether the operator puts the password into the parameter; one that was random before stays there.
   * @default false
   */
  readonly existing?: boolean;
}

export interface MysqlPasswordsProps {
  /** The passwords by login. */
  readonly passwords: Readonly<Record<string, MysqlPasswordOptions>>;
  /** Name of the SSM parameter that says which versions are deployed; no secret. */
  readonly versionsParameterName: string;
}

/**
 * Random passwords of MySQL users in SSM, from where those who log in or make the users take them. They are write-only:
 * no plan and no state has seen them.
 */
export class MysqlPasswords extends Construct {
  constructor(scope: Construct, id: string, props: MysqlPasswordsProps) {
    super(scope, id);
    const passwords = Object.entries(props.passwords);
    const random = passwords.filter(([, { existing }]) => !existing).map((each) => this.password(...each));
    // Destroyed with its resource, the password would be lost.
    removeFromState(
      this,
      passwords
        .filter(([, { existing }]) => existing)
        .map(([login]) => addressBelow(this, SsmParameter.tfResourceType, login, "Parameter")),
    );
    new SsmParameter(this, "versions", {
      name: props.versionsParameterName,
      description: "Deployed versions of the MySQL users' passwords, for the databases stack",
      type: "String",
      value: JSON.stringify(Object.fromEntries(passwords.map(([login, { version = 1 }]) => [login, version]))),
      // It says what is deployed: the passwords first.
      dependsOn: random,
    });
  }

  private password(login: string, { parameterName, version = 1 }: MysqlPasswordOptions): SsmParameter {
    const scope = new Construct(this, login);
    const random = new Ephemeral(scope, "Random", {
      type: "aws_secretsmanager_random_password",
      // Letters and digits alone need no quoting in YAML, INI, JSON, SQL or bash.
      arguments: { password_length: 32, exclude_punctuation: true },
    });
    return new SsmParameter(scope, "Parameter", {
      name: parameterName,
      // A change of it alone would be sent with an empty password.
      description: `Password of the MySQL user ${login}`,
      type: "SecureString",
      valueWo: `\${${random.attribute("random_password")}}`,
      valueWoVersion: version,
    });
  }
}

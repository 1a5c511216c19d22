import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { addressAt } from "./address";

export interface EphemeralProps {
  /** Terraform's type, as in `aws_ssm_parameter`. */
  readonly type: string;
  /** The arguments by Terraform's names. */
  readonly arguments: Readonly<Record<string, unknown>>;
}

/**
 * An ephemeral resource: what it gives is in no plan and no state, and goes into write-only arguments and providers
 * alone. cdktf 0.21 has no construct for it.
 */
export class Ephemeral extends Construct {
  /** Terraform's address, as in `ephemeral.aws_ssm_parameter.password`. */
  readonly address: string;

  constructor(scope: Construct, id: string, props: EphemeralProps) {
    super(scope, id);
    this.address = addressAt(this, `ephemeral.${props.type}`);
    TerraformStack.of(this).addOverride(this.address, props.arguments);
  }

  /** An attribute, as a part of Terraform expressions. */
  attribute(name: string): string {
    return `${this.address}.${name}`;
  }
}

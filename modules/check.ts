import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { addressAt } from "./address";

export interface Assertion {
  /** Terraform's expression that is true where all is well, as in `${!aws_sns_topic_subscription.ops.pending_confirmation}`. */
  readonly condition: string;
  /** What is said where it is not: what was found, and what to do. */
  readonly errorMessage: string;
}

/**
 * Terraform's `check` block: each plan and apply warns where an assertion does not hold, and goes on
 * (https://developer.hashicorp.com/terraform/language/block/check). cdktf 0.21 has no construct for it.
 */
export class Check extends Construct {
  constructor(scope: Construct, id: string, assertions: readonly Assertion[]) {
    super(scope, id);
    TerraformStack.of(this).addOverride(addressAt(this, "check"), {
      assert: assertions.map(({ condition, errorMessage }) => ({ condition, error_message: errorMessage })),
    });
  }
}
